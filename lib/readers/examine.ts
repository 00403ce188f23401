/** Judges rows as typed by all rules of their section. Saving, standing, the submit gate and tests read this one answer. */
import { type ClaimKind, sameRow } from '#lib/domain/claims.ts'
import { isDay } from '#lib/domain/days.ts'
import { addMonths, isMonth, ongoing } from '#lib/domain/months.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import {
  askedKey,
  type Context,
  claimKey,
  type Failure,
  type Field,
  type Fields,
  type Row,
  type Section,
  type Slot,
  type SlotNeed,
  sharedRow,
  type Values,
} from '#lib/sections/define.ts'
import { isCity } from '#lib/text/regions.ts'

/** Which files stand where: a row id, a slot and a file. */
export interface Placed {
  readonly rowId: string
  readonly slot: string
  readonly fileId: string
}

export interface Examined {
  readonly rows: ReadonlyMap<string, readonly Issue[]>
  readonly list: readonly Issue[]
}

/** Whether a field's value counts, given the person and what else the row says. */
export const applies = (field: Field, values: Values, context: Context) =>
  (field.asked?.(context) ?? true) && (field.when?.(values, context) ?? true)

function faultsOfValue(
  field: Field,
  value: string,
  values: Values,
  context: Context,
): readonly Omit<Issue, 'at'>[] {
  switch (field.kind) {
    case 'text': {
      // Neither a register nor PostgreSQL takes them, and nobody can see them (ACC-4). Lines of a long text end somewhere.
      const marks = field.input === 'long' ? value.replaceAll('\n', '') : value
      if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(marks)) return [{ code: 'text-characters' }]
      // CRE-1: 「2.5天」 is no whole number, and to shorten it would make it none.
      if (field.whole) return field.rule?.(value, values, context) ?? []
      // EDU-1, WRK-1: dots and dashes name nothing.
      if (!/[\p{L}\p{N}]/u.test(value)) return [{ code: 'text-blank' }]
      const length = [...value].length
      if (length > field.max) return [{ code: 'too-long', params: { measured: length, limit: field.max } }]
      if (field.min && length < field.min)
        return [{ code: 'too-short', params: { measured: length, limit: field.min } }]
      return field.rule?.(value, values, context) ?? []
    }
    case 'choice': {
      const offered = field.options.includes(value) && (field.offered?.(value, values, context) ?? true)
      return offered ? [] : [{ code: 'not-offered' }]
    }
    case 'month': {
      if (value === ongoing) return field.orOngoing ? [] : [{ code: 'month-invalid' }]
      if (!isMonth(value)) return [{ code: 'month-invalid' }]
      if (value <= context.today.slice(0, 7)) return []
      if (!field.future) return [{ code: 'month-future' }]
      return value > addMonths(context.today.slice(0, 7), field.future * 12)
        ? [{ code: 'month-too-far', params: { limit: field.future } }]
        : []
    }
    case 'day':
      if (!isDay(value)) return [{ code: 'day-invalid' }]
      return value > context.today ? [{ code: 'day-future' }] : []
    case 'region':
      return isCity(value) ? [] : [{ code: 'not-offered' }]
    case 'declaration':
      return value === '1' ? [] : [{ code: 'not-offered' }]
    case 'department':
      return []
  }
}

/** Issues of the fields of one row, at the fields' keys. */
function examineFields(fields: Fields, values: Values, context: Context): Issue[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    if (!applies(field, values, context)) return []
    const value = values[key] ?? ''
    if (value === '') return field.optional ? [] : [issue(key, 'required')]
    return faultsOfValue(field, value, values, context).map(({ code, params }) => issue(key, code, params))
  })
}

/** Whether anything was asked about this row or a row nested in it (SUB-4). */
const questionedIn = (section: Section, row: Row, context: Context): boolean => {
  const prefixes = [row, ...(row.children ?? [])].map(({ id }) => askedKey(section.id, id, ''))
  return [...context.asked].some((key) => prefixes.some((prefix) => key.startsWith(prefix)))
}

/** EDU-3: what a register did not confirm, and whether the row still says so. */
export function failureOf(section: string, row: Row, kind: ClaimKind, context: Context): Failure {
  const subject = context.failed.get(claimKey(section, row.id, kind))
  if (!subject) return null
  return sameRow(kind, row.values, subject) ? 'stands' : 'mended'
}

/** Where a slot stands. `files` are those of the section; without them every slot counts as empty. */
export interface SlotPlace {
  readonly row: Row
  readonly rows: readonly Row[]
  readonly parent?: Row
  readonly files?: readonly Placed[]
}

/** What a slot needs now: a finding or failed check that names it makes it required (EDU-3). */
export function slotNeed(
  section: Section,
  key: string,
  slot: Slot,
  { files = [], ...scene }: SlotPlace,
  context: Context,
): SlotNeed {
  if (context.asked.has(askedKey(section.id, scene.row.id, key))) return 'required'
  return slot.need({
    ...scene,
    context,
    questioned: questionedIn(section, scene.row, context),
    failed: (kind) => failureOf(section.id, scene.row, kind, context),
    holds: (other, rowId = scene.row.id) => holds(files, rowId, other),
  })
}

/** Whether the row has yet to say what it is to be proven by. */
export const isProofUnknown = (section: Section, place: SlotPlace, context: Context): boolean =>
  Object.entries(section.slots).some(
    ([key, slot]) => slotNeed(section, key, slot, place, context) === 'unknown',
  )

const holds = (files: readonly Placed[], rowId: string, slot: string) =>
  files.some((file) => file.rowId === rowId && file.slot === slot)

function examineSlots(
  section: Section,
  slots: Section['slots'],
  scene: SlotPlace & { readonly files: readonly Placed[] },
  context: Context,
  prefix = '',
): Issue[] {
  const has = (slot: string) => holds(scene.files, scene.row.id, slot)
  return Object.entries(slots)
    .filter(([key, slot]) => slotNeed(section, key, slot, scene, context) === 'required')
    .filter(([key, slot]) => !has(key) && !(slot.or && has(slot.or)))
    .map(([key]) => issue(`${prefix}slot:${key}`, 'slot-required'))
}

/** Every issue of one row by itself, without its files and its neighbours. */
function examineRow(section: Section, row: Row, context: Context): Issue[] {
  const issues = examineFields(section.fields, row.values, context)
  const broken = new Set(issues.map(({ at }) => at))
  // A rule over several fields speaks only once each of them is sound by itself.
  for (const rule of section.rowRules)
    if (!rule.reads.some((key) => broken.has(key))) issues.push(...rule.check(row, context))
  const { nested } = section
  if (!nested?.when(row.values, context)) return issues
  const doubtful = new Set(issues.map(({ at }) => at))
  for (const child of row.children ?? []) {
    const own = examineFields(nested.fields, child.values, context)
    const wrong = new Set(own.map(({ at }) => at))
    for (const rule of nested.rowRules)
      if (!rule.reads.some((key) => wrong.has(key)) && !rule.readsOfParent.some((key) => doubtful.has(key)))
        own.push(...rule.check(child, row, context))
    const prefix = `${nested.key}.${child.id}.`
    issues.push(...own.map((found) => ({ ...found, at: found.at === null ? null : prefix + found.at })))
  }
  return issues
}

/** Everything that is wrong with a section: by row, and of the list as a whole. With `files`, missing proofs count too. */
export function examine(
  section: Section,
  rows: readonly Row[],
  context: Context,
  files: readonly Placed[] | null = null,
): Examined {
  const judged = section.shape === 'form' && rows.length === 0 ? [{ id: 'main', rev: 0, values: {} }] : rows
  const byRow = new Map<string, Issue[]>()
  const add = (rowId: string, issues: readonly Issue[]) =>
    byRow.set(rowId, [...(byRow.get(rowId) ?? []), ...issues])
  const list: Issue[] = []
  for (const row of judged) {
    add(row.id, examineRow(section, row, context))
    if (!files) continue
    add(row.id, examineSlots(section, section.slots, { row, rows: judged, files }, context))
    const { nested } = section
    if (nested?.when(row.values, context))
      for (const child of row.children ?? [])
        add(
          row.id,
          examineSlots(
            section,
            nested.slots,
            { row: child, rows: judged, parent: row, files },
            context,
            `${nested.key}.${child.id}.`,
          ),
        )
  }
  for (const rule of section.listRules)
    for (const found of rule.check(judged, context))
      found.rowId === null ? list.push(found.issue) : add(found.rowId, [found.issue])
  if (files && Object.keys(section.sharedSlots).length > 0) {
    const row = { id: sharedRow, rev: 0, values: {} }
    list.push(...examineSlots(section, section.sharedSlots, { row, rows: judged, files }, context))
  }
  return { rows: byRow, list }
}

export const issuesOf = ({ rows, list }: Examined): readonly Issue[] => [
  ...list,
  ...[...rows.values()].flat(),
]
export const isSound = (examined: Examined) => issuesOf(examined).length === 0
