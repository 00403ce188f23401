import { type ChangeSection, changeKindOf } from '#lib/domain/changes.ts'
import { issue } from '#lib/domain/result.ts'
import { blockedBy } from './blocking.ts'
import type { CaseKind } from './define.ts'

/** 信息变更 of one page of the record (CHG-1, CHG-4): one open case per page, submitted as a whole. */
const change = (section: ChangeSection): CaseKind => ({
  id: changeKindOf(section),
  sections: [section],
  openKey: (personId) => `${changeKindOf(section)}:${personId}`,
  precondition: ({ hasRecord, changesNothing, underReview, declared }) => [
    ...(hasRecord ? [] : [issue(null, 'change-before-approval')]),
    ...blockedBy(changeKindOf(section), underReview),
    ...(changesNothing ? [issue(null, 'change-nothing')] : []),
    ...(declared ? [] : [issue('declared', 'declaration-required')]),
  ],
  department: 'of-record',
  filedBy: ['applicant'],
  stages: 1,
  onApproval: 'apply-change',
  isRepeatable: true,
  picturesEnd: false,
  returnable: true,
  refusable: false,
  consent: 'collection',
  letter: 'B',
})

export const changes = {
  'change-basic': change('basic'),
  'change-education': change('education'),
  'change-employment': change('employment'),
  'change-qualifications': change('qualifications'),
  'change-scope': change('scope'),
} as const
