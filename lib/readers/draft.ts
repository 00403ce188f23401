/** A case read as a draft: context, rows, files and standing of each section, by one set of rules. */

import type { CaseState } from '#lib/domain/case-states.ts'
import { isEditable } from '#lib/domain/case-states.ts'
import { type ClaimKind, type ClaimState, type Facts, samePerson, toldClaims } from '#lib/domain/claims.ts'
import type { Issue } from '#lib/domain/result.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { type Context, claimKey, type Row } from '#lib/sections/define.ts'
import { contextOf } from './context.ts'
import { type Examined, examine, issuesOf, type Placed } from './examine.ts'
import { type SectionState, type Standing, standing } from './standing.ts'

interface Loaded {
  readonly case: { readonly state: CaseState; readonly round: number }
  readonly account: {
    readonly idType: string
    readonly birth: string
    readonly sex: string
    readonly name?: string
    readonly number?: string
  }
  readonly department: {
    readonly id: string
    readonly regionCode: string | null
    readonly selectable: boolean
    readonly acceptedProofs: readonly string[]
  } | null
  readonly proposals: ReadonlyMap<string, { readonly rows: readonly Row[]; readonly editedFor: number }>
  readonly files: readonly (Placed & { readonly section: string })[]
  readonly findings: readonly { round: number; section: string; rowId: string; target: string }[]
  readonly claims: readonly LoadedClaim[]
  /** Of a 信息变更: the record it changes. */
  readonly record?: object | null
}

interface LoadedClaim {
  readonly round: number
  readonly section: string
  readonly rowId: string
  readonly kind: ClaimKind
  readonly state: ClaimState
  readonly answered: boolean
  readonly subject: Facts
}

/** The latest word on each claim that has been told, where it is 不一致 (EDU-3); of somebody corrected since it says nothing. */
function failedOf(
  claims: readonly LoadedClaim[],
  { name = '', number = '' }: Loaded['account'],
  returned: ReadonlySet<number>,
): readonly LoadedClaim[] {
  const latest = new Map(
    toldClaims(claims, returned).map((claim) => [claimKey(claim.section, claim.rowId, claim.kind), claim]),
  )
  return [...latest.values()].filter(
    ({ state, subject }) => state === 'differs' && samePerson(subject, { name, number }),
  )
}

export interface Draft {
  readonly context: Context
  readonly rows: (section: SectionId) => readonly Row[]
  readonly files: (section: SectionId) => readonly Placed[]
  readonly state: (section: SectionId) => SectionState
  readonly standing: (section: SectionId) => Standing
  readonly examine: (section: SectionId) => Examined
  /** What keeps these sections from being submitted: one issue per section that is not ready, at `section:<id>`. */
  readonly obstacles: (sections: readonly SectionId[]) => readonly Issue[]
}

/** `today` is a day, `YYYY-MM-DD`. */
export function draftOf(loaded: Loaded, today: string): Draft {
  const rows = (section: SectionId): readonly Row[] => loaded.proposals.get(section)?.rows ?? []
  const files = (section: SectionId) => loaded.files.filter((file) => file.section === section)
  const { department } = loaded
  // What a reviewer notes down is nobody else's business before it is told by a return (REV-4).
  const isTold = ({ round }: { round: number }) =>
    round < loaded.case.round || loaded.case.state === 'returned'
  const told = loaded.findings.filter(isTold)
  const context = contextOf({
    today,
    person: loaded.account,
    rows: (section) => loaded.proposals.get(section)?.rows ?? [],
    ofRecord: Boolean(loaded.record),
    department: department && { ...department, regionCode: department.regionCode ?? '' },
    findings: told,
    failed: failedOf(loaded.claims.filter(isTold), loaded.account, new Set(told.map(({ round }) => round))),
  })
  const state = (section: SectionId): SectionState => ({
    rows: rows(section),
    files: files(section),
    awaitsMending:
      isEditable(loaded.case.state) &&
      told.some((finding) => finding.section === section && finding.round === loaded.case.round) &&
      (loaded.proposals.get(section)?.editedFor ?? 0) <= loaded.case.round,
  })
  const judged = (section: SectionId) => examine(sectionById(section), rows(section), context, files(section))
  return {
    context,
    rows,
    files,
    state,
    standing: (section) => standing(sectionById(section), state(section), context),
    examine: judged,
    obstacles: (sections) =>
      sections.flatMap((section) => {
        if (state(section).awaitsMending)
          return [{ at: `section:${section}`, code: 'section-awaits-mending', params: { section } }]
        const count = issuesOf(judged(section)).length
        return count === 0
          ? []
          : [{ at: `section:${section}`, code: 'section-incomplete', params: { section, count } }]
      }),
  }
}

/** The approved record read the same way: nothing was asked of it, and no register speaks of it. */
export const recordDraft = (
  record: Pick<Loaded, 'account' | 'department' | 'proposals' | 'files'>,
  today: string,
): Draft =>
  draftOf({ ...record, record, case: { state: 'approved', round: 1 }, findings: [], claims: [] }, today)
