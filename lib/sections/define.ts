/**
 * A wizard section is a value: what is asked, what may be attached, what is refused. Form, parsing, standing,
 * snapshot, review, print and tests are readers of it (`lib/readers`). Every value is text; absent is ''.
 * Months are `YYYY-MM` or `ongoing` (至今), days `YYYY-MM-DD`, declarations `1`.
 */
import type { ClaimKind } from '#lib/domain/claims.ts'
import type { Issue } from '#lib/domain/result.ts'

export type Values = Readonly<Record<string, string>>

/** A row as typed. `rev` counts its edits, so that two tabs are told apart row by row (COL-4). */
export interface Row {
  readonly id: string
  readonly rev: number
  readonly values: Values
  readonly children?: readonly Row[]
}

export type Situation = 'employed' | 'student' | 'other'
export type ScopeId =
  | 'accounting_staff'
  | 'qualified_not_practising'
  | 'junior_candidate'
  | 'intermediate_candidate_phd'
  | 'intermediate_candidate_crossover'

/** What the rules of one section need to know of the person, of other sections and of the day. */
export interface Context {
  readonly today: string
  readonly person: {
    readonly idType: string
    readonly birth: string
    readonly sex: string
  }
  readonly situation: Situation | ''
  readonly household: string
  readonly scope: ScopeId | ''
  /** It is a record that stands, or a 信息变更 of it: its 当前情况 said where it was first sent, and no page changes it. */
  readonly ofRecord?: boolean
  readonly department: {
    readonly id: string
    readonly regionCode: string
    readonly selectable: boolean
    /** Which proofs of accounting work it takes (WRK-4). */
    readonly acceptedProofs: readonly string[]
  } | null
  /** `section/row/target` of every field or slot a reviewer or a failed check asked about. */
  readonly asked: ReadonlySet<string>
  /** `section/row/kind` of every claim a register did not confirm, and what the row said when it was asked (EDU-3). */
  readonly failed: ReadonlyMap<string, Values>
}

/** `stands`: a register did not confirm the row as it is now. `mended`: the row has changed since. */
export type Failure = 'stands' | 'mended' | null

export type When = (values: Values, context: Context) => boolean

interface FieldBase {
  /** The field is asked of these people only; others never see it. */
  readonly asked?: (context: Context) => boolean
  /** The value counts only where the rest of the row says so; the field stays on the page with a hint. */
  readonly when?: When
  readonly optional?: boolean
  /** Sealed at rest, and masked for those who need not see it whole. */
  readonly seal?: 'number' | 'phone' | 'address'
  /** Masked for them, and not sealed. */
  readonly mask?: 'email'
}
export interface TextField extends FieldBase {
  readonly kind: 'text'
  readonly max: number
  readonly min?: number
  /** `long` is a text of several lines, which end in `\n` and are shown as they were typed. */
  readonly input?: 'text' | 'email' | 'tel' | 'long'
  readonly autocomplete?: string
  /** A whole number: its rule bounds it as well, and says so before anything is said of letters and length. */
  readonly whole?: boolean
  /** Puts the text into its normal form before it is checked and kept. */
  readonly normalise?: (text: string) => string
  /** Format rules; codes are placed at this field. */
  readonly rule?: (text: string, values: Values, context: Context) => readonly Issue[]
}
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice'
  /** The name of the option set: its ids in `options.ts`, its words in `lib/text/options.ts`. */
  readonly set: string
  readonly options: readonly string[]
  readonly offered?: (option: string, values: Values, context: Context) => boolean
  readonly as: 'radio' | 'select'
}
export interface MonthField extends FieldBase {
  readonly kind: 'month'
  /** Which open end is offered beside the month: 至今 for a job, 在读 for a school. */
  readonly orOngoing?: 'to-date' | 'studying'
  /** How many years ahead an expected month may lie (graduation of a student). */
  readonly future?: number
}
export interface DayField extends FieldBase {
  readonly kind: 'day'
}
export interface RegionField extends FieldBase {
  readonly kind: 'region'
}
export interface DepartmentField extends FieldBase {
  readonly kind: 'department'
}
export interface DeclarationField extends FieldBase {
  readonly kind: 'declaration'
}
export type Field =
  | TextField
  | ChoiceField
  | MonthField
  | DayField
  | RegionField
  | DepartmentField
  | DeclarationField

export const text = (field: Omit<TextField, 'kind'>): TextField => ({ kind: 'text', ...field })
export const choice = (
  set: string,
  options: readonly string[],
  field: Omit<ChoiceField, 'kind' | 'set' | 'options' | 'as'> & { as?: 'radio' | 'select' } = {},
): ChoiceField => ({ kind: 'choice', set, options, as: options.length > 5 ? 'select' : 'radio', ...field })
export const month = (field: Omit<MonthField, 'kind'> = {}): MonthField => ({ kind: 'month', ...field })
/** A day that has come, `YYYY-MM-DD`. */
export const day = (field: Omit<DayField, 'kind'> = {}): DayField => ({ kind: 'day', ...field })
export const region = (field: Omit<RegionField, 'kind'> = {}): RegionField => ({ kind: 'region', ...field })
export const departmentChoice = (): DepartmentField => ({ kind: 'department' })
export const declaration = (field: Omit<DeclarationField, 'kind'> = {}): DeclarationField => ({
  kind: 'declaration',
  ...field,
})

/**
 * `required` must hold a file before submission, `open` may, `closed` is not shown. `unknown` is not shown either: it hangs on
 * what the row does not say yet.
 */
export type SlotNeed = 'required' | 'open' | 'closed' | 'unknown'
export interface SlotScene {
  readonly row: Row
  readonly rows: readonly Row[]
  /** The row this one is nested in. */
  readonly parent?: Row
  readonly context: Context
  /** Whether a reviewer or a failed check asked for something in this row or in one nested in it. */
  readonly questioned: boolean
  /** What became of a claim of this row when a register was asked. */
  readonly failed: (kind: ClaimKind) => Failure
  /** Whether a file stands in this slot of this row, or of another row of the section. */
  readonly holds: (slot: string, rowId?: string) => boolean
}
export interface Slot {
  readonly accept: 'portrait' | 'proof'
  readonly max: number
  readonly need: (scene: SlotScene) => SlotNeed
  /** A file in this other slot serves as well. */
  readonly or?: string
}
export const slot = (
  accept: Slot['accept'],
  need: Slot['need'],
  more: { max?: number; or?: string } = {},
): Slot => ({
  accept,
  need,
  max: accept === 'portrait' ? 1 : 6,
  ...more,
})

/** One rule over a row. `fault` breaks exactly this rule when laid over the section's sample row (contract test). */
export interface RowRule {
  readonly code: string
  /** The fields it reads: it speaks only once each of them is sound by itself. */
  readonly reads: readonly string[]
  readonly check: (row: Row, context: Context) => readonly Issue[]
  readonly fault: Values
}
/** One rule over all rows of a list; the row it speaks of, or null for the list as a whole. */
export interface ListRule {
  readonly code: string
  readonly check: (
    rows: readonly Row[],
    context: Context,
  ) => readonly { rowId: string | null; issue: Issue }[]
}

export type Fields = Readonly<Record<string, Field>>
export type Slots = Readonly<Record<string, Slot>>

export interface Nested {
  readonly key: string
  readonly fields: Fields
  readonly slots: Slots
  readonly when: When
  readonly rowRules: readonly {
    readonly code: string
    readonly reads: readonly string[]
    /** The fields of the row around it that it reads. */
    readonly readsOfParent: readonly string[]
    readonly check: (child: Row, parent: Row, context: Context) => readonly Issue[]
    readonly fault: Values
  }[]
}

export interface Section {
  readonly id: string
  readonly shape: 'form' | 'list'
  readonly fields: Fields
  readonly slots: Slots
  /** Slots that belong to the whole list, not to a row; kept under the row id `all`. */
  readonly sharedSlots: Slots
  readonly nested?: Nested
  readonly rowRules: readonly RowRule[]
  readonly listRules: readonly ListRule[]
  /** Told, never refused (EDU-6). */
  readonly warnings: (row: Row, context: Context) => readonly Issue[]
  /** What a register may confirm about a row later (CHK-1). */
  readonly claims: (row: Row, context: Context) => readonly ClaimKind[]
}

type Optional = 'slots' | 'sharedSlots' | 'rowRules' | 'listRules' | 'warnings' | 'claims'
type Given = Omit<Section, 'id' | 'shape' | Optional> & Partial<Pick<Section, Optional>>
/** Keeps the literal keys of what was given, so that words and tables can be typed against them. */
type Defined<I extends string, G> = G & Omit<Section, keyof G | 'id'> & { readonly id: I }

const nothing: Pick<Section, Optional> = {
  slots: {},
  sharedSlots: {},
  rowRules: [],
  listRules: [],
  warnings: () => [],
  claims: () => [],
}

/** A page of one row of values. Its only row has the id `main`. */
export const formSection = <const I extends string, const G extends Given>(id: I, given: G) =>
  ({ ...nothing, ...given, id, shape: 'form' }) as unknown as Defined<I, G>

/** A page of many rows (教育经历, 工作经历, 专业技术资格). */
export const listSection = <const I extends string, const G extends Given>(id: I, given: G) =>
  ({ ...nothing, ...given, id, shape: 'list' }) as unknown as Defined<I, G>

export const mainRow = 'main'
export const sharedRow = 'all'
export const emptyRow = (id: string): Row => ({ id, rev: 0, values: {} })
export const valueOf = (row: Row, key: string): string => row.values[key] ?? ''
export const askedKey = (section: string, rowId: string, target: string) => `${section}/${rowId}/${target}`
export const claimKey = (section: string, rowId: string, kind: ClaimKind) => `${section}/${rowId}/${kind}`
