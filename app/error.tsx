'use client'
import { faultWords } from '#lib/text/errors.ts'
import { InsteadOfPage } from './_ui/instead-of-page.tsx'

/** With script, a fault while moving between pages; without, the door's own page says the same. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <InsteadOfPage title={faultWords.title} text={faultWords.text}>
      {error.digest ? (
        <p className="mb-6 text-hint">
          {faultWords.code} {error.digest}
        </p>
      ) : null}
      <button type="button" className="button button-primary" onClick={reset}>
        {faultWords.retry}
      </button>
    </InsteadOfPage>
  )
}
