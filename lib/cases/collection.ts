import { issue } from '#lib/domain/result.ts'
import type { CaseKind } from './define.ts'

/** 信息采集 (COL-1). */
export const collection: CaseKind = {
  id: 'collection',
  sections: ['department', 'scope', 'basic', 'education', 'employment', 'qualifications'],
  openKey: (personId) => `collection:${personId}`,
  precondition: ({ identityVerified, declared }) => [
    ...(identityVerified ? [] : [issue(null, 'identity-required')]),
    ...(declared ? [] : [issue('declared', 'declaration-required')]),
  ],
  department: 'chosen',
  filedBy: ['applicant'],
  stages: 1,
  onApproval: 'write-record',
  isRepeatable: false,
  picturesEnd: false,
  returnable: true,
  refusable: false,
  consent: 'collection',
  letter: 'C',
}
