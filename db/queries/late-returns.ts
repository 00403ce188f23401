/** Returns for what was there to be seen before (一次性告知, REV-4). */
import { and, desc, eq, gte, inArray } from 'drizzle-orm'
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

/** Which of these cases have late findings on their present round. */
export async function casesWithLate(
  q: Q,
  t: Schema,
  caseIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (caseIds.length === 0) return new Set()
  const { finding, serviceCase } = t
  const rows = await q
    .selectDistinct({ id: serviceCase.id })
    .from(serviceCase)
    .innerJoin(finding, and(eq(finding.caseId, serviceCase.id), eq(finding.round, serviceCase.round)))
    .where(and(inArray(serviceCase.id, [...caseIds]), eq(finding.late, true)))
  return new Set(rows.map(({ id }) => id))
}
