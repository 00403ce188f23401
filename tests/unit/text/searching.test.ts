import { expect, it } from 'vitest'
import { auditWords } from '#lib/text/audit.ts'
import { characterWords } from '#lib/text/characters.ts'
import { penaltyWords } from '#lib/text/conduct.ts'
import { queueWords } from '#lib/text/review.ts'
import { staffWords } from '#lib/text/staff.ts'

it('a button that looks for something is called by one word on every page', () => {
  const buttons = [
    queueWords.search,
    staffWords.find,
    auditWords.find,
    auditWords.searchSubmit,
    characterWords.find,
    penaltyWords.search,
  ]
  expect(new Set(buttons)).toEqual(new Set(['查找']))
})
