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

export interface Newcomer {
  /** A form of somebody who is signed in. */
  readonly isForm: boolean
}

export interface Turns {
  /** Whether a newcomer would wait too long. */
  isTooLong: (newcomer: Newcomer) => boolean
  /**
   * Calls `start` now or when its turn comes. What is given back is called once, at the end of the answer or when its reader
   * has gone: it ends the turn, or the wait.
   */
  enter: (newcomer: Newcomer, start: () => void) => () => void
  /** How many are worked on, how many wait, and how long the next would, in ms. */
  state: () => { inside: number; waiting: number; wait: number }
}

/** While somebody waits: who waits for a database or a provider leaves the thread idle, and others are let in beside them. */
const lookEvery = 5
const idleBelow = 0.8
/** Of five turns in a row four go to forms of people who are signed in: they are about to be done. */
const formsInARow = 4
/** A line that is never too long, however slow the machine is: two browsers fill it with the pictures of a page. */
const shortest = 12
/** ms between two turns until something has been measured. */
const firstPace = 20
const weight = 0.1

type Start = () => void

export function createTurns({ atOnce, patience, now, busy, later }: TurnRules): Turns {
  /** First come, first served in each; a Set, because who has gone leaves from the middle. */
  const forms = new Set<Start>()
  const others = new Set<Start>()
  let inside = 0
  let inARow = 0
  let pace = firstPace
  let lastTurn = 0
  let looking = false

  const waiting = () => forms.size + others.size
  const waitOf = (ahead: number) => (ahead + 1) * pace

  const take = (): Start | undefined => {
    const line = forms.size > 0 && (inARow < formsInARow || others.size === 0) ? forms : others
    inARow = line === forms ? inARow + 1 : 0
    for (const start of line) {
      line.delete(start)
      return start
    }
    return undefined
  }

  const next = () => {
    const start = take()
    if (!start) return
    const at = now()
    pace += weight * (at - lastTurn - pace)
    lastTurn = at
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
    isTooLong({ isForm }) {
      const ahead = isForm ? forms.size : waiting()
      return ahead >= shortest && waitOf(ahead) > patience
    },
    enter({ isForm }, start) {
      let isIn = false
      const begin = () => {
        isIn = true
        inside++
        start()
      }
      const line = isForm ? forms : others
      if (isFree()) begin()
      else stand(line, begin)
      return () => {
        line.delete(begin)
        if (!isIn) return
        inside--
        if (inside < atOnce) next()
      }
    },
    state: () => ({ inside, waiting: waiting(), wait: waiting() === 0 ? 0 : waitOf(waiting()) }),
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
