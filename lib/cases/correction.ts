import { issue } from '#lib/domain/result.ts'
import type { CaseKind } from './define.ts'

/** 身份信息更正: a wrong name, a renewed document, once somebody is verified; before that they mend it themselves. */
export const correction: CaseKind = {
  id: 'correction',
  sections: ['correction'],
  openKey: (personId) => `correction:${personId}`,
  precondition: ({ identityVerified, consented }) => [
    ...(identityVerified ? [] : [issue(null, 'correction-before-identity')]),
    ...(consented ? [] : [issue('consent', 'consent-required')]),
  ],
  department: 'own-of-city',
  filedBy: ['applicant'],
  stages: 2,
  onApproval: 'correct-identity',
  isRepeatable: true,
  picturesEnd: true,
  returnable: true,
  refusable: true,
  consent: 'correction',
  letter: 'G',
}
