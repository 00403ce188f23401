/** 行政处罚登记 (AWD-1) as typed into a form that has no draft behind it. */
import type { Issue } from '#lib/domain/result.ts'
import { emptyRow, mainRow, type Row } from '#lib/sections/define.ts'
import { penalty } from '#lib/sections/penalty.ts'
import { type Draft, draftOf } from './draft.ts'
import { issuesOf } from './examine.ts'
import { type Posted, readForm } from './read-form.ts'

type Person = Parameters<typeof draftOf>[0]['account']

export const penaltyRow = (form: Posted): Row => ({ ...readForm(penalty, form, emptyRow(mainRow)), rev: 1 })

/** The row read as the draft it will be; `today` is a day. */
export const penaltyDraft = (row: Row, account: Person, today: string): Draft =>
  draftOf(
    {
      case: { state: 'draft', round: 0 },
      account,
      department: null,
      proposals: new Map([[penalty.id, { rows: [row], editedFor: 1 }]]),
      files: [],
      findings: [],
      claims: [],
    },
    today,
  )

/** What is wrong with it, each at its field. */
export const penaltyIssues = (draft: Draft): readonly Issue[] => issuesOf(draft.examine(penalty.id))
