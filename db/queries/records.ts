import { asc, eq } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

/** Binds a sealed value of the approved record to its person, table, row and column (SEC-2). */
export const recordContext = (personId: string, table: string, rowId: string, field: string) =>
  `record:${personId}:${table}:${rowId}:${field}`

/** The approved record of a person as stored, sealed columns still sealed; null before there is one. */
export async function recordOf(q: Q, t: Schema, personId: string) {
  const [person] = await q.select().from(t.person).where(eq(t.person.id, personId)).limit(1)
  if (!person) return null
  const [education, employment, posts, qualifications, files] = await Promise.all([
    q.select().from(t.education).where(eq(t.education.personId, personId)).orderBy(asc(t.education.enrolled)),
    q.select().from(t.employment).where(eq(t.employment.personId, personId)).orderBy(asc(t.employment.start)),
    q
      .select()
      .from(t.accountingPost)
      .where(eq(t.accountingPost.personId, personId))
      .orderBy(asc(t.accountingPost.start)),
    q
      .select()
      .from(t.qualification)
      .where(eq(t.qualification.personId, personId))
      .orderBy(asc(t.qualification.obtained)),
    q.select().from(t.recordFile).where(eq(t.recordFile.personId, personId)),
  ])
  return { person, education, employment, posts, qualifications, files }
}

/** Whether there is an approved record of a person. */
export async function hasRecord(q: Q, t: Schema, personId: string): Promise<boolean> {
  const [row] = await q.select({ id: t.person.id }).from(t.person).where(eq(t.person.id, personId)).limit(1)
  return row !== undefined
}
