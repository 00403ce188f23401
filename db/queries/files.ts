import { eq } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

export async function storedFileById(q: Q, t: Schema, id: string) {
  const [row] = await q.select().from(t.storedFile).where(eq(t.storedFile.id, id)).limit(1)
  return row ?? null
}

/** Cases with a round that froze this picture: what a reviewer may have to look at. */
export async function casesShowing(q: Q, t: Schema, fileId: string) {
  const rows = await q
    .selectDistinct({ case: t.serviceCase })
    .from(t.roundFile)
    .innerJoin(t.serviceCase, eq(t.serviceCase.id, t.roundFile.caseId))
    .where(eq(t.roundFile.fileId, fileId))
  return rows.map((row) => row.case)
}
