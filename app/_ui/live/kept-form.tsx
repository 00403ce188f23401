'use client'
import { useEffect, useState } from 'react'
import { notTakenWords as words } from '#lib/text/live.ts'

type Fetch = typeof window.fetch

/**
 * With script a form that the service cannot take just now (503: its store is away, or too many people come) stays on its page with
 * all that was typed, and is sent again by a button. Without this the router would put the page of faults in its place.
 */
export function KeptForm() {
  const [again, setAgain] = useState<(() => void) | null>(null)
  useEffect(() => {
    const { fetch } = window
    const patient: Fetch = async (input, init) => {
      for (;;) {
        const answer = await fetch(input, init)
        if (answer.status !== 503 || !new Headers(init?.headers).has('next-action')) return answer
        await new Promise<void>((pressed) => setAgain(() => pressed))
        setAgain(null)
      }
    }
    window.fetch = patient
    return () => {
      if (window.fetch === patient) window.fetch = fetch
    }
  }, [])
  if (!again) return null
  return (
    <div role="alert" className="fixed inset-x-0 bottom-0 border-bad border-t-4 bg-paper p-4 print:hidden">
      <div className="mx-auto flex max-w-page flex-wrap items-center gap-3">
        <p className="min-w-0 max-w-measure grow basis-60">
          <strong className="text-bad">{words.title}</strong> {words.text}
        </p>
        <button type="button" className="button button-primary" onClick={again}>
          {words.again}
        </button>
      </div>
    </div>
  )
}
