/** Which findings say what was there to be seen before, and was not said then (一次性告知, REV-4). */
import { type Reach, reachOf } from '#lib/domain/late-reach.ts'
import type { ReturnReason } from '#lib/domain/return-reasons.ts'
import { mainRow, sharedRow } from '#lib/sections/define.ts'
import type { AnswerRow, AnswerSection } from './answers.ts'
import { diffAnswers } from './diff.ts'
import type { Fact } from './facts.ts'
import { type Snapshot, sectionOf } from './snapshot.ts'

interface Spot {
  readonly rowId: string
  /** A field key, `slot:<slot>`, or '' for the row or page as a whole. */
  readonly target: string
}
interface Place extends Spot {
  readonly section: string
}
interface MachineAnswer {
  readonly section: string
  readonly rowId: string
  readonly kind: string
  readonly state: string
  readonly why: string
  readonly fields: readonly string[]
  readonly notes: readonly string[]
}

/** What a reviewer of a round had before them. */
export interface SeenRound {
  readonly snapshot: Snapshot
  readonly facts: readonly Fact[]
  readonly claims: readonly MachineAnswer[]
  readonly departmentId: string
  readonly ruleVersion: string
}

/** The last round that a person returned. */
export interface ReturnedRound extends SeenRound {
  /** Sections that a person gave a word on. */
  readonly judged: ReadonlySet<string>
  /** Since then the case went on to another department, by 转办 or because its own closed. */
  readonly movedOn: boolean
}

/** A row that counts as the page: the one of a form, and the pictures that a list shares. */
const isPage = (rowId: string) => rowId === mainRow || rowId === sharedRow

/** Whether a row belongs to the entry this one is in: itself, what holds it, what it holds. */
function entryOf(answers: AnswerSection | undefined, rowId: string): (other: string) => boolean {
  if (isPage(rowId)) return () => true
  const holds = (row: AnswerRow, id: string) => row.id === id || row.children.some((child) => child.id === id)
  const entry = answers?.rows.find((row) => holds(row, rowId))
  return (other) => (entry ? holds(entry, other) : other === rowId)
}

/** Whether what is said of `spot` speaks of `other` too, both of one page. */
function covers(answers: AnswerSection | undefined, spot: Spot, other: Spot): boolean {
  if (spot.target !== '') return spot.rowId === other.rowId && spot.target === other.target
  if (isPage(spot.rowId) || spot.rowId === other.rowId) return true
  const row = answers?.rows.find(({ id }) => id === spot.rowId)
  return row?.children.some(({ id }) => id === other.rowId) === true
}

/** Whether a slot holds a picture. */
function isFilled(answers: AnswerSection | undefined, { rowId, target }: Spot): boolean {
  const rows = (answers?.rows ?? []).flatMap((row) => [row, ...row.children])
  const slots = [
    ...(rowId === sharedRow ? (answers?.shared ?? []) : []),
    ...(rows.find(({ id }) => id === rowId)?.slots ?? []),
  ]
  return slots.some(({ slot, files }) => `slot:${slot}` === target && files.length > 0)
}

function reach(reason: ReturnReason, spot: Spot, answers: AnswerSection | undefined): Reach {
  const by = reachOf(reason)
  if (by === 'proof') return isFilled(answers, spot) ? 'place' : 'row'
  // A whole row is judged by what is asked of it.
  return by === 'place' && spot.target === '' ? 'row' : by
}

const changesIn = (section: string, now: SeenRound, before: SeenRound) =>
  diffAnswers(sectionOf(before.snapshot, section), sectionOf(now.snapshot, section)).map(
    ({ rowId, key }): Spot => ({ rowId, target: key }),
  )

const hasChanged = (now: SeenRound, before: SeenRound) =>
  [...now.snapshot.sections, ...before.snapshot.sections].some(
    ({ section }) => changesIn(section, now, before).length > 0,
  )

/** Who they are, and what the other pages are asked by; but a phone, or which department was chosen, asks for nothing. */
const light = ['registration', 'scope', 'department']
const asksNothing: ReadonlySet<string> = new Set(['departmentId', 'phone'])
const lightHasChanged = (now: SeenRound, before: SeenRound) =>
  light.some((section) => changesIn(section, now, before).some(({ target }) => !asksNothing.has(target)))

function differs(found: Place & { readonly reason: ReturnReason }, now: SeenRound, before: SeenRound) {
  const answers = sectionOf(now.snapshot, found.section)
  const changes = changesIn(found.section, now, before)
  const isOfEntry = entryOf(answers, found.rowId)
  switch (reach(found.reason, found, answers)) {
    case 'place':
    case 'proof':
      return changes.some((change) => covers(answers, found, change))
    case 'row':
      return changes.some(({ rowId }) => isOfEntry(rowId)) || lightHasChanged(now, before)
    case 'page':
      return changes.length > 0 || lightHasChanged(now, before)
    case 'all':
      return hasChanged(now, before)
    case 'time':
      return true
  }
}

/** What machines say of an entry, each thing in a word. */
function machineWords({ claims, facts }: SeenRound, section: string, isOfEntry: (rowId: string) => boolean) {
  const here = (one: Place | MachineAnswer) => one.section === section && isOfEntry(one.rowId)
  return [
    ...claims
      .filter(here)
      .map(({ rowId, kind, state, why, fields, notes }) =>
        [rowId, kind, state, why, [...fields].sort(), '', [...notes].sort()].flat().join(' '),
      ),
    // Numbers in it go up by themselves; that it is said is what counts.
    ...facts.filter(here).map(({ rowId, code, target, tone }) => [rowId, code, target, tone].join(' ')),
  ]
}

/** A machine says something now that it did not say then. */
function machinesSayMore({ section, rowId }: Place, now: SeenRound, before: SeenRound): boolean {
  const isOfEntry = entryOf(sectionOf(now.snapshot, section), rowId)
  const said = new Set(machineWords(before, section, isOfEntry))
  return machineWords(now, section, isOfEntry).some((word) => !said.has(word))
}

/**
 * Those of the findings on the present round that are late: a person gave a word on their page when they last returned the
 * case, everything the reason is judged by is as it was then, machines say nothing they did not say, and no earlier finding
 * (`said`, of any round) touches the place. Nothing is late after the case came to another department, or under other rules.
 */
export function lateFindings<F extends Place & { readonly reason: ReturnReason }>(
  findings: readonly F[],
  now: SeenRound,
  before: ReturnedRound,
  said: readonly Place[],
): F[] {
  if (before.movedOn || before.departmentId !== now.departmentId) return []
  if (before.ruleVersion !== now.ruleVersion) return []
  const wasSaid = (found: Place) => {
    const answers = sectionOf(now.snapshot, found.section)
    return said.some(
      (one) => one.section === found.section && (covers(answers, one, found) || covers(answers, found, one)),
    )
  }
  return findings.filter(
    (found) =>
      before.judged.has(found.section) &&
      !wasSaid(found) &&
      !differs(found, now, before) &&
      !machinesSayMore(found, now, before),
  )
}
