/** Reads of 审核意见常用语 (REV-4). */
import { and, eq, isNull } from 'drizzle-orm'
import { among, type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'

const templatesQuery = prepared((q, t, { departmentIds }: Given<{ departmentIds: readonly string[] }>) =>
  q
    .select({
      id: t.noteTemplate.id,
      departmentId: t.noteTemplate.departmentId,
      reason: t.noteTemplate.reason,
      text: t.noteTemplate.text,
    })
    .from(t.noteTemplate)
    .where(and(among(t, t.noteTemplate.departmentId, departmentIds), isNull(t.noteTemplate.endedAt))),
)

/** The living templates of these departments, a handful, in no order; ids sort by time. */
export const noteTemplatesOf = (q: Q, t: Schema, departmentIds: readonly string[]) =>
  templatesQuery(q, t, { departmentIds })

export type NoteTemplate = Awaited<ReturnType<typeof noteTemplatesOf>>[number]

/** One template of a department, ended or not; null where there is none. */
export async function noteTemplateAt(q: Q, t: Schema, departmentId: string, id: string) {
  const { noteTemplate } = t
  const [row] = await q
    .select({ id: noteTemplate.id, reason: noteTemplate.reason, endedAt: noteTemplate.endedAt })
    .from(noteTemplate)
    .where(and(eq(noteTemplate.id, id), eq(noteTemplate.departmentId, departmentId)))
    .limit(1)
  return row ?? null
}
