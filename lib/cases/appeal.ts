import { issue } from '#lib/domain/result.ts'
import type { CaseKind } from './define.ts'

/** 账户申诉: the registered phone is lost (ACC-8), or the number is held by somebody else (ACC-9). */
export const appeal: CaseKind = {
  id: 'appeal',
  sections: ['appeal'],
  openKey: (personId) => `appeal:${personId}`,
  precondition: ({ hasClaim, consented }) => [
    ...(hasClaim ? [] : [issue(null, 'appeal-without-claim')]),
    ...(consented ? [] : [issue('consent', 'consent-required')]),
  ],
  department: 'own-of-city',
  filedBy: ['applicant', 'claimant'],
  stages: 2,
  onApproval: 'grant-appeal',
  isRepeatable: true,
  picturesEnd: true,
  returnable: true,
  refusable: true,
  consent: 'appeal',
  letter: 'S',
}
