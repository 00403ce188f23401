import { issue } from '#lib/domain/result.ts'
import { blockedBy } from './blocking.ts'
import type { CaseKind, CaseKindId, SubmitFacts } from './define.ts'

/** Nothing about 奖惩 before there is a record it belongs to, nor while its department is about to change. */
const ofRecord =
  (kind: CaseKindId) =>
  ({ hasRecord, underReview, declared }: SubmitFacts) => [
    ...(hasRecord ? [] : [issue(null, 'conduct-before-approval')]),
    ...blockedBy(kind, underReview),
    ...(declared ? [] : [issue('declared', 'declaration-required')]),
  ]

const common = {
  department: 'of-record',
  picturesEnd: false,
  refusable: true,
  consent: 'collection',
  isRepeatable: true,
} as const

/** 奖励, declared by the person (AWD-1). */
export const award: CaseKind = {
  ...common,
  id: 'award',
  sections: ['award'],
  openKey: (personId) => `award:${personId}`,
  precondition: ofRecord('award'),
  filedBy: ['applicant'],
  stages: 1,
  onApproval: 'write-conduct',
  returnable: true,
  letter: 'J',
}

/** 处罚, entered by one member of staff and decided by another (AWD-1): who entered it let the first stage pass. */
export const penalty: CaseKind = {
  ...common,
  id: 'penalty',
  sections: ['penalty'],
  openKey: (personId) => `penalty:${personId}`,
  precondition: ofRecord('penalty'),
  filedBy: ['staff'],
  stages: 2,
  onApproval: 'write-conduct',
  // Nobody but the department could mend it: it is entered anew.
  returnable: false,
  letter: 'F',
}

/** 异议 against an entry of 奖惩, by the person; approved, the entry is revoked. */
export const objection: CaseKind = {
  ...common,
  id: 'objection',
  sections: ['objection'],
  openKey: (personId) => `objection:${personId}`,
  precondition: ofRecord('objection'),
  filedBy: ['applicant'],
  stages: 2,
  onApproval: 'revoke-conduct',
  returnable: true,
  letter: 'Y',
}
