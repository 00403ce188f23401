/** What the list of a person's 调转 needs beside the cases themselves (TRF-4). */
import { and, asc, eq, inArray } from 'drizzle-orm'
import { caseStates, isUnderReview } from '#lib/domain/case-states.ts'
import type { Q, Schema } from '../store.ts'

/** Between which departments each of these cases was last sent, by case. */
export async function transferRoutes(
  q: Q,
  t: Schema,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly from: string; readonly to: string }>> {
  if (caseIds.length === 0) return new Map()
  const rows = await q
    .select({ caseId: t.event.caseId, data: t.event.data })
    .from(t.event)
    .where(and(inArray(t.event.caseId, [...caseIds]), eq(t.event.kind, 'case.submitted')))
    .orderBy(asc(t.event.id))
  return new Map(
    rows.flatMap(({ caseId, data: { from, to } }) =>
      caseId !== null && typeof from === 'string' && typeof to === 'string' ? [[caseId, { from, to }]] : [],
    ),
  )
}

/** When which stage of which round of these cases was passed. */
export const stagePassesOfCases = async (q: Q, t: Schema, caseIds: readonly string[]) =>
  caseIds.length === 0
    ? []
    : q
        .select({
          caseId: t.stagePass.caseId,
          round: t.stagePass.round,
          stage: t.stagePass.stage,
          at: t.stagePass.at,
        })
        .from(t.stagePass)
        .where(inArray(t.stagePass.caseId, [...caseIds]))
        .orderBy(asc(t.stagePass.at))

/** Up to `limit` that are under review and lead from one department into the other, or from the other into itself. */
export const transfersBetween = (
  q: Q,
  { person, serviceCase }: Schema,
  { from, into, limit }: { readonly from: string; readonly into: string; readonly limit: number },
) =>
  q
    .select({ id: serviceCase.id })
    .from(serviceCase)
    .innerJoin(person, eq(person.id, serviceCase.personId))
    .where(
      and(
        eq(serviceCase.departmentId, into),
        inArray(serviceCase.state, caseStates.filter(isUnderReview)),
        eq(serviceCase.kind, 'transfer'),
        inArray(person.departmentId, [from, into]),
      ),
    )
    .limit(limit)

/** These departments, closed ones too, by id. */
export async function departmentNames(q: Q, t: Schema, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { readonly fullName: string; readonly path: string }>()
  const { id, fullName, path } = t.department
  const rows = await q
    .select({ id, fullName, path })
    .from(t.department)
    .where(inArray(id, [...new Set(ids)]))
  return new Map(rows.map((row) => [row.id, row]))
}
