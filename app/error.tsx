'use client'
import { faultWords } from '#lib/text/errors.ts'

/** With script, a fault while moving between pages; without, the door's own page says the same. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main id="main" tabIndex={-1} className="mx-auto max-w-page px-4 py-8 sm:px-6">
      <h1 className="text-h1">{faultWords.title}</h1>
      <p className="mt-2 max-w-measure text-ink-2">{faultWords.text}</p>
      {error.digest ? (
        <p className="mt-2 text-hint">
          {faultWords.code} {error.digest}
        </p>
      ) : null}
      <button type="button" className="button button-primary mt-6" onClick={reset}>
        {faultWords.retry}
      </button>
    </main>
  )
}
