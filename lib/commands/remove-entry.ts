import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { notFound, stale } from '#lib/domain/errors.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { detachRows, log, openCase, requireSection, writeSection } from './support/case-work.ts'

/** Takes a row and its pictures out of a list; `not-found` for the page of a form. A row that is gone already stays gone. */
export async function removeEntry(
  deps: Deps,
  actor: Person,
  input: { caseId: string; section: SectionId; rowId: string; rev: number },
): Promise<void> {
  if (sectionById(input.section).shape === 'form') throw notFound()
  await deps.store.tx(async (q) => {
    const file = await openCase(deps, q, actor, 'edit', input.caseId)
    requireSection(file, input.section)
    const rows = file.proposals.get(input.section)?.rows ?? []
    const row = rows.find(({ id }) => id === input.rowId)
    if (!row) return
    if (row.rev !== input.rev) throw stale()
    const gone = [row.id, ...(row.children ?? []).map(({ id }) => id)]
    await writeSection(
      deps,
      q,
      file,
      input.section,
      rows.filter(({ id }) => id !== row.id),
    )
    await detachRows(deps, q, file, input.section, gone)
    await log(deps, q, file, actor, 'row.removed', { section: input.section })
  })
}
