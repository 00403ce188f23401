import { creditFormIds, creditForms, isCreditForm } from '#lib/domain/credits.ts'
import { issue } from '#lib/domain/result.ts'
import { choice, formSection, month, slot, text, valueOf } from './define.ts'

/** 继续教育学分申请 (CRE-1): what was done, how much of it and when, and what proves it. */
export const credit = formSection('credit', {
  fields: {
    form: choice('creditForm', creditFormIds, { as: 'select' }),
    title: text({ max: 80, min: 2 }),
    quantity: text({
      max: 3,
      whole: true,
      normalise: (typed) => typed.normalize('NFKC'),
      rule: (typed) => (/^[1-9]\d{0,2}$/.test(typed) ? [] : [issue('quantity', 'quantity-format')]),
    }),
    obtained: month(),
  },
  slots: { proof: slot('proof', () => 'required') },
  rowRules: [
    {
      code: 'credit-quantity',
      reads: ['form', 'quantity'],
      check: (row) => {
        const form = valueOf(row, 'form')
        const limit = isCreditForm(form) ? creditForms[form].most : 1
        return Number(valueOf(row, 'quantity')) > limit
          ? [issue('quantity', 'credit-quantity', { limit })]
          : []
      },
      fault: { form: 'senior_training', quantity: '2' },
    },
  ],
})
