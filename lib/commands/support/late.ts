/** 一次性告知 (REV-4): which opinions on a round say what was there to be seen before, and who hears of it. */
import { accountById } from '#db/queries/accounts.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import {
  hasMovedSince,
  lastReturnByPerson,
  openFacts,
  openSnapshot,
  roundAt,
  verdictsOf,
} from '#db/queries/cases.ts'
import { nearestManagers } from '#db/queries/staff.ts'
import type { Q, Schema } from '#db/store.ts'
import { update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { lateFindings, type SeenRound } from '#lib/readers/late-findings.ts'
import type { Opinion } from '#lib/schemas/findings.ts'
import { notify } from './notify.ts'

export interface Late {
  readonly findings: readonly Opinion[]
  /** The round in which they could have been said; 0 where there are none. */
  readonly since: number
}

const none: Late = { findings: [], since: 0 }

/** What its reviewer had before them in a round. */
const seenIn = ({ keys }: Deps, file: CaseFile, row: Schema['caseRound']['$inferSelect']): SeenRound => ({
  snapshot: openSnapshot(keys, row),
  facts: openFacts(keys, row),
  claims: file.claims.filter(({ round }) => round === row.round),
  departmentId: row.departmentId,
  ruleVersion: row.ruleVersion,
})

/** Those of the opinions on the present round that are late; see `lateFindings`. */
export async function lateAmong(
  deps: Deps,
  q: Q,
  file: CaseFile,
  findings: readonly Opinion[],
): Promise<Late> {
  const { t } = deps.store
  const { id, round } = file.case
  if (round < 2 || findings.length === 0) return none
  const before = await lastReturnByPerson(q, t, id, round)
  const now = before && (await roundAt(q, t, id, round))
  if (!before || !now) return none
  const verdicts = await verdictsOf(q, t, id)
  const late = lateFindings(
    findings,
    seenIn(deps, file, now),
    {
      ...seenIn(deps, file, before),
      judged: new Set(verdicts.filter((one) => one.round === before.round).map(({ section }) => section)),
      movedOn: before.decidedAt !== null && (await hasMovedSince(q, t, id, before.decidedAt)),
    },
    file.findings.filter((one) => one.round < round),
  )
  return late.length === 0 ? none : { findings: late, since: before.round }
}

/** Writes down that the present round was returned for something late, and tells the managers nearest to the department. */
export async function reportLate(deps: Deps, q: Q, file: CaseFile, late: Late): Promise<void> {
  const { caseRound } = deps.store.t
  const { id, round, kind, number } = file.case
  const at = deps.clock.now()
  await update(q, caseRound, { caseId: id, round }, { lateAt: at })
  const data = {
    kind,
    number: number ?? '',
    department: file.standsAt?.fullName ?? '',
    round,
    since: late.since,
    findings: late.findings.length,
  }
  for (const managerId of await nearestManagers(q, deps.store.t, file.standsAt?.path ?? '', at)) {
    const manager = await accountById(q, deps.store.t, deps.keys, managerId)
    if (manager) await notify(deps, q, manager, { kind: 'late-return', caseId: id, data })
  }
}
