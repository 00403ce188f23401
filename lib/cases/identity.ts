import { issue } from '#lib/domain/result.ts'
import type { CaseKind } from './define.ts'

/** 线上实名认证 (IDV-3): pictures looked at by the 市本级 department of a city. */
export const identity: CaseKind = {
  id: 'identity',
  sections: ['identity'],
  openKey: (personId) => `identity:${personId}`,
  precondition: ({ consented, identityVerified }) => [
    ...(identityVerified ? [issue(null, 'identity-already-verified')] : []),
    ...(consented ? [] : [issue('consent', 'consent-required')]),
  ],
  department: 'own-of-city',
  filedBy: ['applicant'],
  stages: 1,
  onApproval: 'verify-identity',
  isRepeatable: false,
  picturesEnd: true,
  returnable: true,
  refusable: true,
  consent: 'identity',
  letter: 'R',
}
