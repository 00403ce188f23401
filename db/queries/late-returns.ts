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

const lateQuery = prepared((q, t, { caseIds }: Given<{ caseIds: readonly string[] }>) => {
  const { finding, serviceCase } = t
  return q
    .selectDistinct({ id: serviceCase.id })
    .from(serviceCase)
    .innerJoin(finding, and(eq(finding.caseId, serviceCase.id), eq(finding.round, serviceCase.round)))
    .where(and(among(t, serviceCase.id, caseIds), eq(finding.late, true)))
})

/** Which of these cases have late findings on their present round. */
export async function casesWithLate(
  q: Q,
  t: Schema,
  caseIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (caseIds.length === 0) return new Set()
  const rows = await lateQuery(q, t, { caseIds })
  return new Set(rows.map(({ id }) => id))
}
