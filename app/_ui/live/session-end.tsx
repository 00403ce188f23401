'use client'
import { useEffect, useId, useRef, useState } from 'react'
import { paths } from '#lib/paths.ts'
import { sessionWords as words } from '#lib/text/live.ts'
import { endsOf, onSession, type SessionEnds, type SessionLeft, tellSession } from './session-channel.ts'

interface Props extends SessionLeft {
  /** How long a session lasts when nobody does anything, in ms. */
  idleMs: number
  /** When the page was made: a page that is made anew has been seen anew. */
  madeAt: number
}

const five = 300_000
const look = 5_000
type Phase = 'far' | 'soon' | 'over'

/**
 * Warns five minutes before the session ends, offers to go on, and says when it is over. Nothing here asks the service
 * by itself: a machine that asks is not somebody who is there. Tabs tell each other when one was seen.
 */
export function SessionEnd({ leftMs, isFinal, idleMs, madeAt }: Props) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [ends, setEnds] = useState<SessionEnds | null>(null)
  const [phase, setPhase] = useState<Phase>('far')
  const [failed, setFailed] = useState(false)
  const warnMs = Math.min(five, idleMs / 3)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a page made anew may have the same time left
  useEffect(() => {
    const mine = endsOf({ leftMs, isFinal })
    const later = (told: SessionEnds) => setEnds((now) => (now && now.until > told.until ? now : told))
    later(mine)
    tellSession(mine)
    return onSession(later)
  }, [leftMs, isFinal, madeAt])

  useEffect(() => {
    if (!ends) return
    const check = () => {
      const left = ends.until - Date.now()
      setPhase(left <= 0 ? 'over' : left <= warnMs ? 'soon' : 'far')
    }
    check()
    const timer = setInterval(check, look)
    document.addEventListener('visibilitychange', check)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', check)
    }
  }, [ends, warnMs])

  useEffect(() => {
    setFailed(false)
    if (phase === 'far') dialog.current?.close()
    else if (dialog.current?.open === false) dialog.current.showModal()
  }, [phase])

  async function goOn() {
    setFailed(false)
    try {
      const answer = await fetch(paths.session, { method: 'POST' })
      if (answer.status === 401) return setPhase('over')
      if (!answer.ok) throw new Error(String(answer.status))
      const left: SessionLeft = await answer.json()
      const told = endsOf(left)
      setEnds(told)
      tellSession(told)
      if (left.leftMs > warnMs) dialog.current?.close()
    } catch {
      setFailed(true)
    }
  }
  const close = () => dialog.current?.close()
  const until = new Date(ends?.until ?? 0)

  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      className="m-auto w-[min(30rem,94vw)] max-w-none rounded-md border border-edge bg-paper p-4 text-ink backdrop:bg-ink/50 sm:p-6"
    >
      {phase === 'far' ? null : (
        <>
          <h2 id={`${id}-title`} className="text-h2">
            {phase === 'over' ? words.over : words.soon}
          </h2>
          <p id={`${id}-text`} className="mt-2">
            {phase === 'over' ? words.overText : ends?.isFinal ? words.final(until) : words.soonText(until)}
          </p>
          <p role="status" className="mt-2 font-medium text-bad empty:hidden">
            {failed ? words.failed : ''}
          </p>
          <div className="mt-4 flex flex-wrap items-center gap-3">
            {phase === 'over' ? (
              <>
                <a href={paths.loginFor(location.pathname)} className="button button-primary">
                  {words.login}
                </a>
                <button type="button" className="button button-secondary" onClick={close}>
                  {words.stay}
                </button>
              </>
            ) : (
              <button type="button" className="button button-primary" onClick={ends?.isFinal ? close : goOn}>
                {ends?.isFinal ? words.understood : words.goOn}
              </button>
            )}
          </div>
        </>
      )}
    </dialog>
  )
}
