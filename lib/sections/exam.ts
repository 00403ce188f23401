import { formSection, text } from './define.ts'

/** 报名信息 (EXM-3), in words as they were chosen and confirmed: what a reviewer judges and what is printed. */
export const exam = formSection('exam', {
  fields: {
    session: text({ max: 60 }),
    site: text({ max: 100 }),
    subjects: text({ max: 100 }),
    fee: text({ max: 20 }),
    verdict: text({ max: 200 }),
  },
})
