import { QrCode } from '#app/_ui/qr-code.tsx'
import { acceptWords as words } from '#lib/text/staff.ts'
import type { Enrolment } from '#lib/views/invitation.ts'

/** How to set up an authenticator: in words, as a picture to scan, and as a key to type. */
export function EnrolmentSteps({ enrolment: { uri, secret } }: { enrolment: Enrolment }) {
  return (
    <>
      <ol className="mb-4 max-w-measure list-decimal space-y-1 pl-6">
        {words.scan.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      <div className="mb-4 max-w-60">
        <QrCode text={uri} label={words.qr} />
      </div>
      <p className="mb-6">
        <span className="text-ink-2">{words.secret}</span>{' '}
        <code className="inline-block font-mono text-h3 tracking-wide break-words">{secret}</code>
      </p>
    </>
  )
}
