/** When a form is saved by itself, and what becomes of it. Knows no page: what it reads, posts and says is given. */
type No = 'failed' | 'signedOut' | 'left' | 'stale' | 'frozen' | 'gone'

export type Said =
  | { readonly kind: 'saved'; readonly rev: number; readonly savedAt: string }
  | { readonly kind: 'issues'; readonly count: number }
  | { readonly kind: No }

export type Answer = Said | { readonly kind: 'wait' }

interface Parts<Body> {
  /** What the form holds now, and the edit it stands on. */
  readonly read: () => Body
  readonly post: (body: Body) => Promise<Answer>
  /** The edit the form stands on from now. */
  readonly moved: (rev: number) => void
  readonly say: (said: Said) => void
}

export interface Turns {
  /** Somebody typed. */
  readonly typed: () => void
  /** The page is being left: no time to wait for a pause. */
  readonly left: () => void
  /** A save by hand is under way, or over. */
  readonly byHand: (underWay: boolean) => void
  /** What a save by hand has to wait for, so that it stands on the right edit; null for nothing. */
  readonly settled: () => Promise<void> | null
  readonly end: () => void
}

export const pauses = { typing: 20_000, between: 10_000, retry: 30_000 } as const

/** What no later try can change. */
const last: ReadonlySet<Answer['kind']> = new Set(['stale', 'frozen', 'gone'])

/** Saves some while after the last keystroke and when the page is left, never twice within `pauses.between` but then. */
export function autosaveTurns<Body>({ read, post, moved, say }: Parts<Body>): Turns {
  let dirty = false
  let ended = false
  let held = false
  let savedLast = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  let flight: Promise<void> | null = null
  /** Sent, and perhaps written. The same again tells which edit it led to, and changes nothing twice. */
  let unanswered: { readonly body: Body } | null = null

  const plan = (ms: number) => {
    clearTimeout(timer)
    const rest = savedLast + pauses.between - Date.now()
    if (!ended && !held) timer = setTimeout(run, Math.max(ms, rest))
  }

  async function turn() {
    const sent = unanswered ?? { body: read() }
    if (!unanswered) dirty = false
    savedLast = Date.now()
    const answer = await post(sent.body)
    unanswered = answer.kind === 'failed' ? sent : null
    if (answer.kind === 'saved') moved(answer.rev)
    else if (answer.kind !== 'failed') dirty = true
    if (last.has(answer.kind)) ended = true
    if (answer.kind !== 'wait') say(answer)
    if (answer.kind === 'failed') plan(pauses.retry)
    else if (answer.kind === 'wait' || (answer.kind === 'saved' && dirty)) plan(pauses.typing)
  }

  function run() {
    clearTimeout(timer)
    if (ended || held || flight || !(dirty || unanswered)) return
    flight = turn().finally(() => {
      flight = null
    })
  }

  return {
    typed: () => {
      dirty = true
      plan(pauses.typing)
    },
    left: run,
    byHand: (underWay) => {
      held = underWay
      if (underWay) clearTimeout(timer)
      else if (dirty || unanswered) plan(pauses.typing)
    },
    settled: () => {
      if (unanswered) run()
      return flight
    },
    end: () => {
      ended = true
      clearTimeout(timer)
    },
  }
}
