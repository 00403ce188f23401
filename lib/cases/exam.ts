import { issue } from '#lib/domain/result.ts'
import { blockedBy } from './blocking.ts'
import type { CaseKind } from './define.ts'

/** 考试报名 (EXM): judged by the rules of eligibility, by a person only where those cannot decide. Sent by `register-for-exam`, at once. */
export const exam: CaseKind = {
  id: 'exam',
  sections: ['exam'],
  // One for each session: the command sets it.
  openKey: (personId) => `exam:${personId}`,
  precondition: ({ hasRecord, underReview, declared }) => [
    ...(hasRecord ? [] : [issue(null, 'exam-before-approval')]),
    ...blockedBy('exam', underReview),
    ...(declared ? [] : [issue('declared', 'declaration-required')]),
  ],
  department: 'of-record',
  filedBy: [],
  stages: 1,
  onApproval: 'admit-to-exam',
  onEnd: 'give-seat-back',
  isRepeatable: true,
  picturesEnd: false,
  returnable: false,
  refusable: true,
  consent: 'collection',
  letter: 'K',
}
