/**
 * Turns at the application. All pages share one thread: worked on together, sixty would all be late together, and so would
 * every refusal, picture and probe between them. So a few are worked on at once and the others wait in line, no longer
 * than anybody would; who would wait longer is told so at once.
 */
import { performance } from 'node:perf_hooks'

export interface TurnRules {
  /** How many are worked on whatever the thread does. */
  readonly atOnce: number
  /** The longest wait, in ms, that a newcomer is let in for. */
  readonly patience: number
  /** ms of a clock that never goes back. */
  readonly now: () => number
  /** How busy the thread was since this was last asked, 0 to 1. */
  readonly busy: () => number
  /** Calls back after `ms`. */
  readonly later: (call: () => void, ms: number) => void
}

/** `form`: of somebody who is signed in; `entry`: of somebody who is not; `page`: whatever is only read. */
export type Kind = 'form' | 'page' | 'entry'

export interface Turns {
  /** Whether a newcomer would wait too long. */
  isTooLong: (kind: Kind) => boolean
  /**
   * Calls `start` now or when its turn comes. What is given back is called once, at the end of the answer or when its reader
   * has gone: it ends the turn, or the wait.
   */
  enter: (kind: Kind, start: () => void) => () => void
  /** How many are worked on, how many wait, and how long the next would, in ms. */
  state: () => { inside: number; waiting: number; wait: number }
}

/** While somebody waits: who waits for a database or a provider leaves the thread idle, and others are let in beside them. */
const lookEvery = 5
const idleBelow = 0.8
/** Whose turn it is, over and over, leaving out who is not there: forms are about to be done, a flood of sign-ins is nobody's page. */
const order: readonly Kind[] = ['form', 'form', 'page', 'form', 'form', 'page', 'entry']
const kinds: readonly Kind[] = ['form', 'page', 'entry']
const shareOf = (kind: Kind) => order.filter((one) => one === kind).length
/** A line that is never too long, however slow the machine is: two browsers fill it with the pictures of a page. */
const shortest = 12
/** ms between two turns until something has been measured. */
const firstPace = 20
const weight = 0.1

type Start = () => void

export function createTurns({ atOnce, patience, now, busy, later }: TurnRules): Turns {
  /** First come, first served in each; a Set, because who has gone leaves from the middle. */
  const lines: Readonly<Record<Kind, Set<Start>>> = { form: new Set(), page: new Set(), entry: new Set() }
  let inside = 0
  let at = 0
  let pace = firstPace
  let lastTurn = 0
  let looking = false

  const waiting = () => lines.form.size + lines.page.size + lines.entry.size
  /** Who comes before a newcomer: those of its kind, and of the others as many as the order gives them meanwhile. */
  const aheadOf = (kind: Kind) => {
    const own = lines[kind].size
    const meanwhile = (other: Kind) =>
      Math.min(lines[other].size, ((own + 1) * shareOf(other)) / shareOf(kind))
    return own + kinds.filter((other) => other !== kind).reduce((sum, other) => sum + meanwhile(other), 0)
  }
  const waitOf = (ahead: number) => (ahead + 1) * pace

  const take = (): Start | undefined => {
    for (let tried = 0; tried < order.length; tried += 1) {
      const line = lines[order[at] ?? 'page']
      at = (at + 1) % order.length
      for (const start of line) {
        line.delete(start)
        return start
      }
    }
    return undefined
  }

  const next = () => {
    const start = take()
    if (!start) return
    const time = now()
    pace += weight * (time - lastTurn - pace)
    lastTurn = time
    start()
  }

  const look = () => {
    looking = waiting() > 0
    if (!looking) return
    if (busy() < idleBelow) next()
    later(look, lookEvery)
  }

  const stand = (line: Set<Start>, start: Start) => {
    if (waiting() === 0) lastTurn = now()
    line.add(start)
    if (looking) return
    looking = true
    busy()
    later(look, lookEvery)
  }

  const isFree = () => inside < atOnce && waiting() === 0

  return {
    isTooLong: (kind) => lines[kind].size >= shortest && waitOf(aheadOf(kind)) > patience,
    enter(kind, start) {
      let isIn = false
      const begin = () => {
        isIn = true
        inside++
        start()
      }
      const line = lines[kind]
      if (isFree()) begin()
      else stand(line, begin)
      return () => {
        line.delete(begin)
        if (!isIn) return
        inside--
        if (inside < atOnce) next()
      }
    },
    state: () => ({ inside, waiting: waiting(), wait: waiting() === 0 ? 0 : waitOf(aheadOf('page')) }),
  }
}

/**
 * So many pages are worked on whatever happens: one more than the thread can, so that what waits for the disk leaves no hole.
 * Every turn of the loop does a piece of each, and takes up one new connection (libuv): with sixty, a crowd waits at the gate.
 */
const pagesAtOnce = 2
/** ms a page may stand in line: with its own making, still an answer within the second. */
const pagePatience = 500

/** Turns at the one thread of this process. */
export function threadTurns(patience = pagePatience): Turns {
  let last = performance.eventLoopUtilization()
  return createTurns({
    atOnce: pagesAtOnce,
    patience,
    now: () => performance.now(),
    busy() {
      const before = last
      last = performance.eventLoopUtilization()
      return performance.eventLoopUtilization(last, before).utilization
    },
    later: (call, ms) => void setTimeout(call, ms),
  })
}
