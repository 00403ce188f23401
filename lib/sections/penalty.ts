import { notBeforeAge } from '#lib/schemas/period.ts'
import { choice, day, formSection, text } from './define.ts'
import { penaltyKinds } from './options.ts'

/** Nobody younger does accounting work that could be penalised. */
const workingAge = 16

/** 行政处罚 (AWD-1), entered by a department: fields of 《会计奖惩信息归集管理办法（试行）》. */
export const penalty = formSection('penalty', {
  fields: {
    penalty: choice('penaltyKind', penaltyKinds, { as: 'select' }),
    basis: text({ max: 200, min: 4, input: 'long' }),
    authority: text({ max: 80, min: 2 }),
    documentNo: text({ max: 60, min: 2 }),
    decidedOn: day(),
  },
  rowRules: [notBeforeAge('decidedOn', workingAge, { decidedOn: '1980-01-01' })],
})
