import { departmentFacts } from '#db/queries/case-file.ts'
import { departmentTyped } from '#db/queries/departments.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound, refused, stale } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { type Posted, readForm } from '#lib/readers/read-form.ts'
import { blankRow, freshChild, isRowId, rowLimits } from '#lib/readers/rows.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { type Row, type Values, valueOf } from '#lib/sections/define.ts'
import { changeCase, detachRows, log, openCase, requireSection, writeSection } from './support/case-work.ts'

export interface EntryInput {
  readonly caseId: string
  readonly section: SectionId
  readonly rowId: string
  /** The edit of this row the form was filled from; another one since then is `stale` (COL-4). */
  readonly rev: number
  readonly form: Posted
  /** Leave room for one more nested row after saving. */
  readonly addChild?: boolean
}

/** A nested row nobody has typed into has no values yet; a form of it has empty ones. */
const filled = (values: Values) => Object.entries(values).filter(([, value]) => value !== '')
const facts = ({ values, children }: Row) =>
  JSON.stringify([filled(values), children?.map((child) => [child.id, filled(child.values)])])
const same = (a: Row, b: Row) => facts(a) === facts(b)

const childrenGone = (before: Row, after: Row) => {
  const kept = new Set((after.children ?? []).map(({ id }) => id))
  return (before.children ?? []).map(({ id }) => id).filter((id) => !kept.has(id))
}

/**
 * Saves one row of a section as typed, valid or not (COL-2), and tells what is wrong with it (COL-3).
 * The same form sent twice changes nothing the second time.
 */
export async function saveEntry(
  deps: Deps,
  actor: Person,
  input: EntryInput,
): Promise<{ issues: readonly Issue[] }> {
  const { store } = deps
  const section = sectionById(input.section)
  if (section.shape === 'form' ? input.rowId !== 'main' : !isRowId(input.rowId)) throw notFound()
  return store.tx(async (q) => {
    const file = await openCase(deps, q, actor, 'edit', input.caseId)
    requireSection(file, input.section)
    const rows = file.proposals.get(input.section)?.rows ?? []
    const known = rows.find(({ id }) => id === input.rowId) ?? blankRow(section, input.rowId)
    const typed = readForm(section, input.form, known)
    const chosen =
      input.section === 'department'
        ? await departmentTyped(q, store.t, valueOf(typed, 'departmentId'))
        : null
    const resolved =
      input.section === 'department'
        ? { ...typed, values: { ...typed.values, departmentId: chosen?.id ?? '' } }
        : typed
    const again = known.rev !== input.rev
    const unchanged = known.rev > 0 && same(known, resolved) && (!input.addChild || again)
    if (!unchanged) {
      if (known.rev !== input.rev) throw stale()
      if (known.rev === 0 && rows.length >= rowLimits.rows)
        throw refused(issue(null, 'too-many-rows', { limit: rowLimits.rows }))
    }
    const children = resolved.children
    const saved: Row = {
      ...resolved,
      rev: known.rev + 1,
      ...(children && input.addChild && children.length < rowLimits.children
        ? { children: [...children, freshChild(resolved)] }
        : {}),
    }
    const after = unchanged
      ? rows
      : rows.some(({ id }) => id === saved.id)
        ? rows.map((row) => (row.id === saved.id ? saved : row))
        : [...rows, saved]
    if (!unchanged) {
      await writeSection(deps, q, file, input.section, after)
      // A nested row made later may get the id of one that went.
      await detachRows(deps, q, file, input.section, childrenGone(known, saved))
      if (input.section === 'department')
        await changeCase(deps, q, file, { departmentId: chosen?.id ?? null })
      await log(deps, q, file, actor, 'section.saved', { section: input.section })
    }
    const department =
      input.section === 'department' ? await departmentFacts(q, store.t, chosen?.id ?? null) : file.department
    const draft = draftOf(
      {
        ...file,
        department,
        proposals: new Map(file.proposals).set(input.section, {
          rows: after,
          editedFor: file.case.round + 1,
          version: 0,
        }),
      },
      dayOf(deps.clock.now()),
    )
    return { issues: draft.examine(input.section).rows.get(input.rowId) ?? [] }
  })
}
