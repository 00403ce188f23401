import { issue } from '#lib/domain/result.ts'
import { blockedBy } from './blocking.ts'
import type { CaseKind } from './define.ts'

/** 视同继续教育: a claim of credits for one thing done (CRE-1). */
export const credit: CaseKind = {
  id: 'credit',
  sections: ['credit'],
  openKey: (personId) => `credit:${personId}`,
  precondition: ({ hasRecord, underReview, countedBefore, declared }) => [
    ...(hasRecord ? [] : [issue(null, 'credit-before-approval')]),
    ...blockedBy('credit', underReview),
    ...(countedBefore ? [issue('title', 'credit-counted')] : []),
    ...(declared ? [] : [issue('declared', 'declaration-required')]),
  ],
  department: 'of-record',
  filedBy: ['applicant'],
  stages: 1,
  onApproval: 'add-credits',
  isRepeatable: true,
  picturesEnd: false,
  returnable: true,
  refusable: true,
  consent: 'collection',
  letter: 'X',
}
