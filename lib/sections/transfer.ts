import { issue } from '#lib/domain/result.ts'
import { checkCreditCode, normaliseCreditCode } from '#lib/schemas/credit-code.ts'
import {
  choice,
  departmentChoice,
  formSection,
  month,
  type Slot,
  slot,
  text,
  type Values,
  valueOf,
} from './define.ts'
import { residenceKinds, transferReasons } from './options.ts'

type Reason = (typeof transferReasons)[number]
const because = (reason: Reason) => (values: Values) => values.reason === reason
/** Each reason is proven in its own way (guide B 5.1). */
const proofOf = (reason: Reason): Slot =>
  slot('proof', ({ row }) => (row.values.reason === reason ? 'required' : 'closed'))

/** 调转申请 (TRF-2): why somebody moves, where to, and what proves it. */
export const transfer = formSection('transfer', {
  fields: {
    departmentId: departmentChoice(),
    reason: choice('transferReason', transferReasons),
    employer: text({ max: 100, min: 2, when: because('workplace'), autocomplete: 'organization' }),
    creditCode: text({
      max: 18,
      when: because('workplace'),
      normalise: normaliseCreditCode,
      rule: (code) => {
        const result = checkCreditCode(code)
        return result.ok ? [] : result.issues.map(({ code, params }) => issue('creditCode', code, params))
      },
    }),
    joined: month({ when: because('workplace') }),
    school: text({ max: 100, min: 2, when: because('school') }),
    enrolled: month({ when: because('school') }),
    residenceKind: choice('residenceKind', residenceKinds, { when: because('residence') }),
    newAddress: text({ max: 120, min: 4, when: because('residence'), seal: 'address' }),
  },
  slots: {
    workplaceProof: proofOf('workplace'),
    schoolProof: proofOf('school'),
    residenceProof: proofOf('residence'),
  },
  rowRules: [
    {
      code: 'department-incomplete',
      reads: ['departmentId'],
      check: (row, { department }) =>
        valueOf(row, 'departmentId') !== '' && !department?.selectable
          ? [issue('departmentId', 'department-incomplete')]
          : [],
      fault: { departmentId: '440000' },
    },
  ],
})
