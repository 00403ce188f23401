'use client'
import { Fragment, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { flushSync, useFormStatus } from 'react-dom'
import { paths } from '#lib/paths.ts'
import { autosaveWords as words } from '#lib/text/live.ts'
import { type Answer, autosaveTurns, type Said, type Turns } from './autosave-turns.ts'
import { endsOf, tellSession } from './session-channel.ts'
import { Stands } from './standing.ts'

/**
 * Around a form that saves itself. `kept`: the echo whose values it shows, or ''. The form is drawn anew for an echo and
 * after a save by hand; an upload beside it, or a refresh, leaves what is typed alone, whatever was saved since.
 */
export function Autosaved({ kept, rev, children }: { kept: string; rev: number; children: ReactNode }) {
  const [drawn, setDrawn] = useState({ kept, rev, turn: 0 })
  const [stand, setStand] = useState({ rev, sent: false })
  if (drawn.kept !== kept || drawn.rev !== rev) {
    const anew = kept !== '' || stand.sent
    setDrawn({ kept, rev, turn: drawn.turn + (anew ? 1 : 0) })
    if (anew) setStand({ rev, sent: false })
  }
  const standing = {
    rev: stand.rev,
    move: (to: number) => setStand((now) => ({ ...now, rev: to })),
    setSent: (sent: boolean) => setStand((now) => (now.sent === sent ? now : { ...now, sent })),
  }
  return (
    <Stands value={standing}>
      <Fragment key={drawn.turn}>{children}</Fragment>
    </Stands>
  )
}

/**
 * In such a form: the edit it stands on, which every form posts along, and with script 自动保存 (COL-2). Without script
 * this is the hidden field and nothing else.
 */
export function Autosave() {
  const standing = useContext(Stands)
  const field = useRef<HTMLInputElement>(null)
  const turns = useRef<Turns>(null)
  const latest = useRef(standing)
  const [said, setSaid] = useState<Said | null>(null)
  const { pending } = useFormStatus()

  useEffect(() => {
    latest.current = standing
  })

  useEffect(() => {
    latest.current?.setSent(pending)
    turns.current?.byHand(pending)
  }, [pending])

  useEffect(() => {
    const form = field.current?.form
    if (!form) return
    const saver = autosaveTurns<FormData>({
      read: () => new FormData(form),
      post: send,
      // At once, so that a save by hand that waited for this posts it.
      moved: (rev) => flushSync(() => latest.current?.move(rev)),
      say: setSaid,
    })
    turns.current = saver
    const stop = new AbortController()
    const on = { signal: stop.signal }
    const leave = () => {
      if (document.visibilityState === 'hidden') saver.left()
    }
    form.addEventListener('input', saver.typed, on)
    form.addEventListener('change', saver.typed, on)
    document.addEventListener('visibilitychange', leave, on)
    window.addEventListener('pagehide', saver.left, on)
    form.addEventListener('submit', waitFor(form, saver), { ...on, capture: true })
    return () => {
      stop.abort()
      saver.end()
      turns.current = null
    }
  }, [])

  return (
    <>
      <input ref={field} type="hidden" name="rev" value={standing?.rev ?? 0} />
      <p
        role="status"
        className={`mt-4 text-hint empty:hidden ${said === null || said.kind === 'saved' ? 'text-ink-2' : 'font-medium text-bad'}`}
      >
        {said ? sentence(said) : ''}
      </p>
    </>
  )
}

/** A save by hand lets the one that is under way come back first, and is then sent once, by the button that was pressed. */
function waitFor(form: HTMLFormElement, saver: Turns) {
  let waiting = false
  let through = false
  return (event: SubmitEvent) => {
    if (through) return
    const before = waiting ? null : saver.settled()
    if (!waiting && !before) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (!before) return
    waiting = true
    const { submitter } = event
    void before.finally(() => {
      waiting = false
      through = true
      form.requestSubmit(submitter?.isConnected ? submitter : null)
      through = false
    })
  }
}

const patience = 10_000
const refusals = ['signedOut', 'left', 'stale', 'frozen', 'wait'] as const

/** Posts the form; whatever is not an answer of the service's own is `failed`. */
async function send(body: FormData): Promise<Answer> {
  try {
    const answer = await fetch(paths.collectionAutosave, {
      method: 'POST',
      body,
      keepalive: document.visibilityState === 'hidden',
      signal: AbortSignal.timeout(patience),
    })
    if (!answer.headers.get('content-type')?.startsWith('application/json')) return { kind: 'failed' }
    const found: Readonly<Record<string, unknown>> = await answer.json()
    const { rev, savedAt, leftMs, isFinal, issues } = found
    if (typeof rev === 'number' && typeof savedAt === 'string') {
      if (typeof leftMs === 'number') tellSession(endsOf({ leftMs, isFinal: isFinal === true }))
      return { kind: 'saved', rev, savedAt }
    }
    if (typeof issues === 'number') return { kind: 'issues', count: issues }
    const why = refusals.find((reason) => found[reason] === true)
    return { kind: why ?? (answer.status === 404 ? 'gone' : 'failed') }
  } catch {
    return { kind: 'failed' }
  }
}

function sentence(said: Said): string {
  if (said.kind === 'saved') return words.saved(said.savedAt)
  return said.kind === 'issues' ? words.issues(said.count) : words[said.kind]
}
