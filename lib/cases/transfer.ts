import { issue } from '#lib/domain/result.ts'
import { blockedBy } from './blocking.ts'
import type { CaseKind } from './define.ts'

/** 属地关系调转 (TRF): 调出地 confirms where its province asks for it, 调入地 decides, and the person moves. */
export const transfer: CaseKind = {
  id: 'transfer',
  sections: ['transfer'],
  openKey: (personId) => `transfer:${personId}`,
  // TRF-1: the first two before anything is typed, the last as soon as a department is chosen.
  precondition: ({ hasRecord, underReview, staysHere, declared }) => [
    ...(hasRecord ? [] : [issue(null, 'transfer-before-approval')]),
    ...blockedBy('transfer', underReview),
    ...(staysHere ? [issue('departmentId', 'transfer-same-department')] : []),
    ...(declared ? [] : [issue('declared', 'declaration-required')]),
  ],
  department: 'from-record-to-chosen',
  filedBy: ['applicant'],
  stages: 'by-province',
  onApproval: 'move-person',
  isRepeatable: true,
  picturesEnd: false,
  returnable: true,
  refusable: true,
  consent: 'collection',
  letter: 'D',
}
