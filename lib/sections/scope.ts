import { choice, formSection } from './define.ts'
import { scopes } from './options.ts'

/** 采集须知（采集范围） (SCO-1): the class decides what the later pages require. */
export const scope = formSection('scope', {
  fields: { scope: choice('scope', scopes, { as: 'radio' }) },
})
