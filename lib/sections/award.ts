import { choice, day, formSection, slot, text } from './define.ts'
import { awardLevels } from './options.ts'

/** 奖励 (AWD-1), declared by the person: fields of 《会计奖惩信息归集管理办法（试行）》. */
export const award = formSection('award', {
  fields: {
    title: text({ max: 80, min: 2 }),
    level: choice('awardLevel', awardLevels),
    authority: text({ max: 80, min: 2 }),
    awardedOn: day(),
  },
  slots: { proof: slot('proof', () => 'required') },
})
