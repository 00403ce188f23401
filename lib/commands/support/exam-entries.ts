/** Registrations beside their cases (EXM-3): a seat is taken and given back here alone, in the transaction of whatever does it. */
import { and, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { ExamSite } from '#db/queries/exams.ts'
import type { Q } from '#db/store.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import { type ExamState, examStates, holdsSeat } from '#lib/domain/exams.ts'

/** Of each person and session while a seat is held; the database has one of each. */
export const holdKeyOf = (personId: string, sessionId: string) => `${personId}:${sessionId}`

/** One seat of a 报考点, of this session in this province, as it stands now; null where there is none left. */
export async function takeSeat(
  { store }: Deps,
  q: Q,
  at: { readonly siteId: string; readonly sessionId: string; readonly departmentId: string },
): Promise<ExamSite | null> {
  const { examSite } = store.t
  const [seat] = await q
    .update(examSite)
    .set({ taken: sql`${examSite.taken} + 1` })
    .where(
      and(
        eq(examSite.id, at.siteId),
        eq(examSite.sessionId, at.sessionId),
        eq(examSite.departmentId, at.departmentId),
        lt(examSite.taken, examSite.capacity),
      ),
    )
    .returning()
  return seat ?? null
}

/** How a registration ends. */
export type EntryEnd = Exclude<ExamState, 'reviewing' | 'awaiting-payment' | 'paid'>

interface Ending {
  readonly as: EntryEnd
  /** In which states it may be; all that hold a seat and are not paid, unless said. */
  readonly from?: readonly ExamState[]
}

const unpaid = examStates.filter((state) => holdsSeat(state) && state !== 'paid')

/** Ends the registrations that `which` says: seats go back, what is asked of a provider is closed. Their cases, each once. */
export async function endEntries(
  { store, clock }: Deps,
  q: Q,
  which: SQL | undefined,
  { as, from = unpaid }: Ending,
): Promise<string[]> {
  const { examEntry, examSite, payOrder } = store.t
  const ended = await q
    .update(examEntry)
    .set({ state: as, holdKey: null, version: sql`${examEntry.version} + 1` })
    .where(and(inArray(examEntry.state, [...from]), which))
    .returning({ caseId: examEntry.caseId, siteId: examEntry.siteId })
  if (ended.length === 0) return []
  const caseIds = ended.map(({ caseId }) => caseId)
  await q
    .update(payOrder)
    .set({ state: 'closed', settledAt: clock.now(), version: sql`${payOrder.version} + 1` })
    .where(and(inArray(payOrder.caseId, caseIds), eq(payOrder.state, 'open')))
  // In one order, so that two transactions never wait for each other in turn.
  for (const [siteId, seats] of [...Map.groupBy(ended, (one) => one.siteId)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  ))
    await q
      .update(examSite)
      .set({ taken: sql`${examSite.taken} - ${seats.length}` })
      .where(eq(examSite.id, siteId))
  return caseIds
}

/** What has to end with cases of these kinds that did not come to an approval; nothing for most. */
export async function endWithCases(
  deps: Deps,
  q: Q,
  cases: readonly { readonly id: string; readonly kind: CaseKindId }[],
  as: EntryEnd,
): Promise<void> {
  const ids = cases.filter(({ kind }) => caseKinds[kind].onEnd === 'give-seat-back').map(({ id }) => id)
  if (ids.length > 0) await endEntries(deps, q, inArray(deps.store.t.examEntry.caseId, ids), { as })
}
