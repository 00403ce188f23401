'use client'
import { useEffect, useState } from 'react'

const every = 3_000
/** Past the end, so that the last answer tells that it is over. */
const longer = 5_000
/** Long enough for the words to be read out before the page changes. */
const notice = 1_500

interface Props {
  /** POST here asks; the answer is `{state}`. */
  ask: string
  /** Where it goes on once the order is answered. */
  to: string
  /** How long the order lasts from now on, in ms: not a moment, since the browser's clock may be wrong. */
  leftMs: number
  words: { waiting: string; passed: string; failed: string; over: string }
}

/** Waits for the provider's answer in place of the person, who has a button for it too. */
export function CertifyPoll({ ask, to, leftMs, words }: Props) {
  const [said, setSaid] = useState('')
  useEffect(() => {
    const end = performance.now() + leftMs + longer
    let timer: number | undefined
    let left = false
    const goOn = () => location.assign(to)
    const later = (then: () => void, ms: number) => {
      if (!left) timer = window.setTimeout(then, ms)
    }
    const turn = async () => {
      try {
        const answer = await fetch(ask, { method: 'POST' })
        // Signed out, or no such order any more: the page it goes on to says which.
        if (answer.status === 401 || answer.status === 404) return goOn()
        const { state }: { state: string } = await answer.json()
        if (state === 'passed' || state === 'failed') {
          setSaid(words[state])
          return later(goOn, notice)
        }
      } catch {
        // No line, or no place at the door just now: the next turn asks again.
      }
      if (performance.now() < end) return later(turn, every)
      setSaid(words.over)
    }
    setSaid(words.waiting)
    later(turn, every)
    return () => {
      left = true
      window.clearTimeout(timer)
    }
  }, [ask, to, leftMs, words])
  return (
    <p role="status" className="mb-4 text-ink-2 empty:hidden">
      {said}
    </p>
  )
}
