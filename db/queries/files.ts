import { and, asc, eq } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

export async function storedFileById(q: Q, t: Schema, id: string) {
  const [row] = await q.select().from(t.storedFile).where(eq(t.storedFile.id, id)).limit(1)
  return row ?? null
}

/** Every picture a person has uploaded that is still kept, oldest first. */
export const filesOwnedBy = (q: Q, t: Schema, ownerId: string) =>
  q
    .select()
    .from(t.storedFile)
    .where(eq(t.storedFile.ownerId, ownerId))
    .orderBy(asc(t.storedFile.createdAt), asc(t.storedFile.id))

/** Cases with a round that froze this picture, each with the department its latest round was sent to. */
export const casesShowing = (q: Q, t: Schema, fileId: string) =>
  q
    .selectDistinct({ case: t.serviceCase, departmentId: t.caseRound.departmentId })
    .from(t.roundFile)
    .innerJoin(t.serviceCase, eq(t.serviceCase.id, t.roundFile.caseId))
    .innerJoin(
      t.caseRound,
      and(eq(t.caseRound.caseId, t.serviceCase.id), eq(t.caseRound.round, t.serviceCase.round)),
    )
    .where(eq(t.roundFile.fileId, fileId))
