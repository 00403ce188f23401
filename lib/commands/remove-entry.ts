import { and, eq, inArray } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { stale } from '#lib/domain/errors.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { log, openCase, writeSection } from './support/case-work.ts'

/** Takes a row and its pictures out of a list. A row that is gone already stays gone. */
export async function removeEntry(
  deps: Deps,
  actor: Applicant,
  input: { caseId: string; section: SectionId; rowId: string; rev: number },
): Promise<void> {
  const { store } = deps
  await store.tx(async (q) => {
    const file = await openCase(deps, q, actor, 'edit', input.caseId)
    const rows = file.proposals.get(input.section)?.rows ?? []
    const row = rows.find(({ id }) => id === input.rowId)
    if (!row) return
    if (row.rev !== input.rev) throw stale()
    const gone = [row.id, ...(row.children ?? []).map(({ id }) => id)]
    await writeSection(deps, q, file, input.section, rows.filter(({ id }) => id !== row.id))
    await q
      .delete(store.t.attachment)
      .where(
        and(
          eq(store.t.attachment.caseId, file.case.id),
          eq(store.t.attachment.section, input.section),
          inArray(store.t.attachment.rowId, gone),
        ),
      )
    await log(deps, q, file, actor, 'row.removed', { section: input.section })
  })
}
