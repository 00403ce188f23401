/** 继续教育名单 (CRE-1): what a line says, why one is left out, and how far a list is. */
import type { CreditSubject } from './credit-ledger.ts'
import type { CreditFormId } from './credits.ts'
import type { Month } from './months.ts'

/** How long a list that nobody confirms is kept. */
export const rosterDays = 30

/** In the order of the template. */
export const rosterColumns = ['number', 'name', 'form', 'title', 'quantity', 'obtained', 'subject'] as const
export type RosterColumn = (typeof rosterColumns)[number]

/** A line that could be read. */
export interface RosterLine {
  /** Of the file, from 1. */
  readonly line: number
  /** Of the document, normalised. */
  readonly number: string
  readonly name: string
  readonly form: CreditFormId
  readonly title: string
  readonly quantity: number
  readonly obtained: Month
  readonly subject: CreditSubject
}

/** What is wrong with a line as it is written. */
export type WrittenFault =
  | 'broken'
  | 'too-many-cells'
  | 'missing'
  | 'too-long'
  | 'too-short'
  | 'blank'
  | 'characters'
  | 'spoiled-number'
  | 'not-a-number'
  | 'not-an-option'
  | 'quantity'
  | 'too-many'
  | 'not-a-month'
  | 'month-future'

/** What is wrong with it in the light of the record. */
export type RecordFault = 'unknown' | 'name-differs' | 'not-here' | 'own' | 'counted' | 'twice'

/** A line that is left out: by number, column and reason, and nothing of what stands in it. */
export interface RosterFault {
  readonly line: number
  /** Null for the line as a whole. */
  readonly column: RosterColumn | null
  readonly why: WrittenFault | RecordFault
  readonly limit?: number
}

/** What is kept of a list, sealed, while it waits: the good lines still to be entered, and why the others are left out. */
export interface RosterBody {
  readonly good: readonly RosterLine[]
  readonly faults: readonly RosterFault[]
}

/** Binds the lines to their list (SEC-2). */
export const rosterContext = (id: string) => `roster:${id}:lines`

export type RosterStanding = 'checked' | 'entering' | 'entered' | 'dropped'

/** `entering`: confirmed, and not every line is in yet. */
export const rosterStanding = ({
  state,
  endedAt,
}: {
  readonly state: 'checked' | 'entered' | 'dropped'
  readonly endedAt: Date | null
}): RosterStanding => (state === 'checked' && endedAt !== null ? 'entering' : state)
