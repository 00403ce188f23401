import { formSection, slot, text } from './define.ts'

/** 异议 (AWD-1): what is wrong with an entry of 奖惩, and what shows it. The entry stands in the case's `about`. */
export const objection = formSection('objection', {
  fields: { story: text({ max: 500, min: 10, input: 'long' }) },
  slots: { proof: slot('proof', () => 'open') },
})
