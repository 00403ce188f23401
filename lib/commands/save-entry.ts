import { type CaseFile, departmentFacts } from '#db/queries/case-file.ts'
import { departmentTyped } from '#db/queries/departments.ts'
import { departmentOfRecord } from '#db/queries/records.ts'
import type { Q } from '#db/store.ts'
import { caseKinds } from '#lib/cases/all.ts'
import { nothingAgainst } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound, refused, stale } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { minute, take } from '#lib/limits.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { type Posted, readForm } from '#lib/readers/read-form.ts'
import { blankRow, freshChild, isRowId, rowLimits } from '#lib/readers/rows.ts'
import { choosesDepartment, type SectionId, sectionById } from '#lib/sections/all.ts'
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
  /** Make no new row out of a form nobody has typed into. */
  readonly onlyTyped?: boolean
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
 * A register has not confirmed this row: who saves it as it is says that it is right, and a person will decide (EDU-3). What a
 * person has found wrong is not mended by that.
 */
function confirmsRow({ case: { state, round }, findings, proposals }: CaseFile, input: EntryInput): boolean {
  const named = findings.filter((one) => one.round === round && one.section === input.section)
  return (
    state === 'returned' &&
    (proposals.get(input.section)?.editedFor ?? 0) <= round &&
    named.length > 0 &&
    named.every(({ by }) => by === null) &&
    named.some(({ rowId }) => rowId === input.rowId)
  )
}

/** What keeps the case from being sent to the department chosen, told as soon as it is chosen (TRF-1). */
async function againstChoice({ store }: Deps, q: Q, { case: own }: CaseFile, chosen: string | null) {
  const kind = caseKinds[own.kind]
  if (kind.department !== 'from-record-to-chosen' || chosen === null) return []
  const staysHere = chosen === (await departmentOfRecord(q, store.t, own.personId))
  return kind.precondition({ ...nothingAgainst, staysHere })
}

/**
 * Saves one row of a section as typed, valid or not (COL-2), and tells what is wrong with it (COL-3).
 * The same form sent twice changes nothing the second time. `rev` is the edit a form of this row stands on afterwards.
 */
export async function saveEntry(
  deps: Deps,
  actor: Person,
  input: EntryInput,
): Promise<{ issues: readonly Issue[]; rev: number }> {
  const { store } = deps
  const section = sectionById(input.section)
  if (section.shape === 'form' ? input.rowId !== 'main' : !isRowId(input.rowId)) throw notFound()
  return store.tx(async (q) => {
    const file = await openCase(deps, q, actor, 'edit', input.caseId)
    requireSection(file, input.section)
    const rows = file.proposals.get(input.section)?.rows ?? []
    const known = rows.find(({ id }) => id === input.rowId) ?? blankRow(section, input.rowId)
    const typed = readForm(section, input.form, known)
    const chooses = choosesDepartment(input.section)
    const chosen = chooses ? await departmentTyped(q, store.t, valueOf(typed, 'departmentId')) : null
    const resolved = chooses
      ? { ...typed, values: { ...typed.values, departmentId: chosen?.id ?? '' } }
      : typed
    const again = known.rev !== input.rev
    const worthComparing = known.rev > 0 || input.onlyTyped === true
    const unchanged =
      worthComparing &&
      same(known, resolved) &&
      (!input.addChild || again) &&
      (input.onlyTyped === true || !confirmsRow(file, input))
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
      if (chooses) await changeCase(deps, q, file, { departmentId: chosen?.id ?? null })
      await log(deps, q, file, actor, 'section.saved', { section: input.section })
    }
    const department = chooses ? await departmentFacts(q, store.t, chosen?.id ?? null) : file.department
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
    return {
      issues: [
        ...(draft.examine(input.section).rows.get(input.rowId) ?? []),
        ...(chooses ? await againstChoice(deps, q, file, chosen?.id ?? null) : []),
      ],
      rev: unchanged ? known.rev : saved.rev,
    }
  })
}

/** One in ten seconds, counted by the minute: a page that is left may save at once. */
const autosaves = { limit: 6, windowMs: minute }

/** Nothing is taken away before somebody presses a button: a ticked 删除 of a nested row waits for it. */
const withoutRemovals = (form: Posted): Posted => ({
  get: (name) => (name.endsWith('.remove') ? null : form.get(name)),
})

/**
 * `saveEntry` without anybody pressing a button (COL-2): only what was typed, and no row that nobody typed into. Gives the
 * edit the form stands on from now, or null where this person's turns of the minute are used up.
 */
export async function autosaveEntry(
  deps: Deps,
  actor: Person,
  input: Omit<EntryInput, 'addChild' | 'onlyTyped'>,
): Promise<{ rev: number } | null> {
  const { store, clock } = deps
  const within = await store.tx((q) => take(q, store.t, `autosave:${actor.id}`, autosaves, clock.now()))
  if (!within) return null
  const form = withoutRemovals(input.form)
  const { rev } = await saveEntry(deps, actor, { ...input, form, onlyTyped: true })
  return { rev }
}
