/** Returns for what was there to be seen before (一次性告知, REV-4). */
import { and, desc, eq, gte, inArray } from 'drizzle-orm'
import { among, type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'

/** Up to `limit` of them at these departments since a moment, newest first. */
export const lateReturns = (q: Q, t: Schema, departments: readonly string[], since: Date, limit: number) => {
  const { caseRound, serviceCase, department } = t
  return q
    .select({
      caseId: caseRound.caseId,
      round: caseRound.round,
      lateAt: caseRound.lateAt,
      /** Who returned it. */
      decidedBy: caseRound.decidedBy,
      kind: serviceCase.kind,
      number: serviceCase.number,
      departmentId: caseRound.departmentId,
      department: department.fullName,
    })
    .from(caseRound)
    .innerJoin(serviceCase, eq(serviceCase.id, caseRound.caseId))
    .innerJoin(department, eq(department.id, caseRound.departmentId))
    .where(and(gte(caseRound.lateAt, since), inArray(caseRound.departmentId, [...departments])))
    .orderBy(desc(caseRound.lateAt))
    .limit(limit)
}

const lateQuery = prepared((q, t, { caseIds }: Given<{ caseIds: readonly string[] }>) =>
  q
    .select({ caseId: t.finding.caseId, round: t.finding.round })
    .from(t.finding)
    .where(and(among(t, t.finding.caseId, caseIds), eq(t.finding.late, true))),
)

/** Which of these cases have late findings on their present round: only where one went before. */
export async function casesWithLate(
  q: Q,
  t: Schema,
  cases: readonly { readonly id: string; readonly round: number }[],
): Promise<ReadonlySet<string>> {
  const rounds = new Map(cases.flatMap(({ id, round }) => (round > 1 ? [[id, round] as const] : [])))
  if (rounds.size === 0) return new Set()
  const rows = await lateQuery(q, t, { caseIds: [...rounds.keys()] })
  return new Set(rows.flatMap(({ caseId, round }) => (rounds.get(caseId) === round ? [caseId] : [])))
}
