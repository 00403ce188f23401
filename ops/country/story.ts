/** How a case went: its rounds with every moment of them. Told from the last submission backwards. */
import { addDays, type Day, dayOf } from '#lib/domain/days.ts'
import { before, type Days, day, hours, minutes } from './days.ts'
import type { Fate, Lot } from './fates.ts'
import type { Random } from './random.ts'

export type Answered = 'agrees' | 'mixed' | 'differs' | 'unchecked' | 'paused'

export interface Round {
  readonly round: number
  readonly submittedAt: Date
  /** `YYYY-MM-DD` */
  readonly dueOn: Day
  /** What registers said; null where there were none yet when it was sent. */
  readonly answered: Answered | null
  /** When they had answered; where one did not, since when it fails. */
  readonly checkedAt: Date | null
  readonly claimedAt: Date | null
  readonly outcome: '' | 'returned' | 'approved' | 'refused' | 'withdrawn'
  readonly decidedAt: Date | null
  readonly overdue: boolean
  /** Returned for what was there to be seen before. */
  readonly late: boolean
}

export interface Story {
  readonly registeredAt: Date
  readonly openedAt: Date
  readonly rounds: readonly Round[]
}

interface Ending {
  readonly outcome: Round['outcome']
  readonly rounds: number
}
const endings: Readonly<Partial<Record<Fate, Ending>>> = {
  approved: { outcome: 'approved', rounds: 1 },
  'approved-second': { outcome: 'approved', rounds: 2 },
  'approved-third': { outcome: 'approved', rounds: 3 },
  returned: { outcome: 'returned', rounds: 1 },
  'returned-by-check': { outcome: 'returned', rounds: 1 },
  'identity-refused': { outcome: 'refused', rounds: 1 },
  withdrawn: { outcome: 'withdrawn', rounds: 1 },
}

/** Registers have been asked since so many days. */
const askedSince = 200

/** The days on which what is open now was sent, by how its due day stands to today. */
const dueTurns = [
  'overdue',
  'soon',
  'later',
  'later',
  'soon',
  'later',
  'overdue',
  'later',
  'soon',
  'later',
] as const

function openSince(random: Random, days: Days, reviewDays: number, nth: number): Day {
  const wanted = dueTurns[nth % dueTurns.length] ?? 'later'
  const candidates = Array.from({ length: 24 + reviewDays }, (_, back) => addDays(days.today, -back))
  const standing = (on: Day) => {
    const due = days.dueOn(on, reviewDays)
    return due < days.today ? 'overdue' : due <= days.soon ? 'soon' : 'later'
  }
  const fitting = candidates.filter((on) => standing(on) === wanted)
  // Somebody who waits very long is rare.
  const recent = fitting.slice(0, 10)
  return random.pick(recent.length > 0 ? recent : [days.today])
}

const answerOf = (random: Random, { fate, at }: Lot, now: Date, isLast: boolean): Answered | null => {
  if (fate === 'returned-by-check') return 'differs'
  if (fate === 'checking') return 'paused'
  if (!isLast || now.getTime() - at.getTime() > askedSince * day) return random.chance(0.3) ? 'agrees' : null
  return random.pick(['agrees', 'agrees', 'agrees', 'mixed', 'unchecked'] as const)
}

/** A round that is over, between its submission and what came next. */
function over(
  random: Random,
  days: Days,
  submittedAt: Date,
  {
    round,
    reviewDays,
    outcome,
    answered,
    until,
    late,
  }: {
    round: number
    reviewDays: number
    outcome: Round['outcome']
    answered: Answered | null
    until: Date
    late: boolean
  },
): Round {
  const on = dayOf(submittedAt)
  const dueOn = days.dueOn(on, reviewDays)
  const base = { round, submittedAt, dueOn, answered, outcome, late }
  const checkedAt =
    answered === null || answered === 'unchecked'
      ? null
      : new Date(submittedAt.getTime() + 2000 + random.int(40_000))
  if (answered === 'differs')
    return { ...base, checkedAt: null, claimedAt: null, decidedAt: checkedAt, overdue: false }
  const taken = random.chance(0.05) ? reviewDays + 1 + random.int(4) : 1 + random.int(Math.max(1, reviewDays))
  const from = new Date((checkedAt ?? submittedAt).getTime() + minutes(40))
  const decidedAt = days.office(random, days.dueOn(on, taken), { after: from, before: until })
  const claimedAt = outcome === 'withdrawn' ? null : before(decidedAt, minutes(3 + random.int(25)))
  return {
    ...base,
    checkedAt,
    claimedAt,
    decidedAt,
    overdue: outcome !== 'withdrawn' && dueOn < dayOf(decidedAt),
  }
}

/** A round that is open now. */
function open(
  random: Random,
  days: Days,
  submittedAt: Date,
  { lot, round, reviewDays }: { lot: Lot; round: number; reviewDays: number },
): Round {
  const answered = answerOf(random, lot, days.now, true)
  const checkedAt =
    answered === null || answered === 'unchecked'
      ? null
      : new Date(Math.min(submittedAt.getTime() + 2000 + random.int(40_000), days.now.getTime() - 1))
  return {
    round,
    submittedAt,
    dueOn: answered === 'paused' ? '' : days.dueOn(dayOf(submittedAt), reviewDays),
    answered,
    checkedAt,
    claimedAt: null,
    outcome: '',
    decidedAt: null,
    overdue: false,
    late: false,
  }
}

/** The moments of a case of this lot at a department that takes so many working days; no round for a draft. */
export function storyOf(random: Random, days: Days, lot: Lot, reviewDays: number): Story {
  const { fate, nth } = lot
  const ending = endings[fate]
  const isOpen = fate === 'waiting' || fate === 'in-review' || fate === 'identity-waiting'
  const last =
    fate === 'draft' || fate === 'registered'
      ? null
      : days.awake(random, isOpen ? openSince(random, days, reviewDays, nth) : dayOf(lot.at))
  const count = ending?.rounds ?? (isOpen && fate !== 'identity-waiting' && nth % 5 === 4 ? 2 : 1)
  const rounds: Round[] = []
  if (last !== null) {
    // Each earlier one so many days before the next.
    const sent = [last]
    while (sent.length < count) sent.unshift(before(sent[0] ?? last, (12 + random.int(14)) * day))
    for (const [index, submittedAt] of sent.entries()) {
      const next = sent[index + 1]
      const at = { round: index + 1, reviewDays }
      if (next === undefined && !ending) rounds.push(open(random, days, submittedAt, { lot, ...at }))
      else
        rounds.push(
          over(random, days, submittedAt, {
            ...at,
            outcome: next === undefined ? (ending?.outcome ?? '') : 'returned',
            answered: answerOf(random, lot, days.now, next === undefined),
            until: next === undefined ? days.now : before(next, hours(1)),
            late: next !== undefined && index > 0 && nth % 2 === 0,
          }),
        )
    }
  }
  const first = rounds[0]?.submittedAt ?? lot.at
  const openedAt = before(first, minutes(20) + random.next() * 4 * day)
  return { registeredAt: before(openedAt, minutes(10) + random.next() * 2 * day), openedAt, rounds }
}
