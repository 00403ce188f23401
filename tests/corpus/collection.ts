/** A collection as plain data: what a person types, uploads and does, and what registers hold of it. */
import { collection } from '#lib/cases/collection.ts'
import { type ClaimKind, type Facts, formerNames } from '#lib/domain/claims.ts'
import type { SectionId } from '#lib/sections/all.ts'
import type { Row, Values } from '#lib/sections/define.ts'

export type Rows = Readonly<Partial<Record<SectionId, readonly Row[]>>>

export interface Person {
  readonly idType: 'mainland_id' | 'foreign_passport'
  readonly birth: string
  readonly sex: 'female' | 'male'
  /** 实名认证 (IDV-1). */
  readonly verified: boolean
}

/** What is done once every page was left in order. `window` is the tab it is done in: an older one shows an older edit. */
export interface Step {
  readonly section: SectionId
  readonly rowId: string
  readonly do: 'type' | 'remove'
  readonly values?: Values
  /** Nested rows that are ticked 删除. */
  readonly without?: readonly string[]
  readonly window?: 'older'
}

/** What registers say; absent kinds and rows say what the collection said before its fault. */
export interface Registers {
  /** By `kind/rowId`: what the record says instead; null = there is no such record. */
  readonly differs: Readonly<Record<string, Facts | null>>
  /** Nothing of these kinds was ever imported. */
  readonly without: readonly ClaimKind[]
  readonly down: boolean
}

export interface Collection {
  readonly person: Person
  readonly consented: boolean
  readonly declared: boolean
  readonly rows: Rows
  /** Pictures other than the usual one, by `section/row/slot`: a name of `pictures.ts`, several joined by a blank, '' = none. */
  readonly pictures: Readonly<Record<string, string>>
  readonly then: readonly Step[]
  /** null = machine checks are off. */
  readonly registers: Registers | null
  /** How what registers did not confirm is sent again; '' = not at all. */
  readonly answers: '' | 'proofs' | 'nothing'
  /** What is not so although it is said, by what says it: nobody but a person can see it. */
  readonly untrue: Readonly<Record<string, string>>
}

export const agreeing: Registers = { differs: {}, without: [], down: false }

export const rowsIn = ({ rows }: Collection, section: SectionId): readonly Row[] => rows[section] ?? []

/** Every single thing a collection says, by where it says it. */
function said(one: Collection): Map<string, string> {
  const cells = (place: string, { values, children = [] }: Row): [string, string][] => [
    [place, ''],
    ...Object.entries(values)
      .filter(([, value]) => value !== '')
      .map(([key, value]): [string, string] => [`${place}/${key}`, value]),
    ...children.flatMap((child) => cells(`${place}/${child.id}`, child)),
  ]
  const named = (prefix: string, pairs: object) =>
    Object.entries(pairs).map(([key, value]): [string, string] => [`${prefix}:${key}`, JSON.stringify(value)])
  return new Map([
    ...named('person', one.person),
    ...named('person', { consented: one.consented, declared: one.declared, answers: one.answers }),
    ...collection.sections.flatMap((section) =>
      rowsIn(one, section).flatMap((row) => cells(`rows:${section}/${row.id}`, row)),
    ),
    ...named('picture', one.pictures),
    ...named('step', one.then),
    ...named('register', one.registers === null ? {} : one.registers.differs),
    ...(one.registers?.without ?? []).map((kind): [string, string] => [`register-without:${kind}`, '']),
    ['register-down:', String(one.registers?.down ?? '')],
    ...named('untrue', one.untrue),
  ])
}

/** The rows, pictures, records, steps and ticks in which two collections differ: one for a collection with one fault. */
export function differencesOf(one: Collection, other: Collection): string[] {
  const [before, after] = [said(one), said(other)]
  const keys = [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => before.get(key) !== after.get(key),
  )
  return [
    ...new Set(keys.map((key) => (key.startsWith('rows:') ? key.split('/').slice(0, 2).join('/') : key))),
  ]
}

/** A record as a register keeps it. */
export const heldAs = (facts: Facts, lay: Facts): Facts => ({ ...facts, [formerNames]: '', ...lay })
