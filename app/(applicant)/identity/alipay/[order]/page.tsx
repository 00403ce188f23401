import { notFound } from 'next/navigation'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { CertifyPoll } from '#app/_ui/live/certify-poll.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { QrCode } from '#app/_ui/qr-code.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { identityWords, certifyWords as words } from '#lib/text/account.ts'
import { certifyView } from '#lib/views/identity.ts'
import { askCertify, restartCertify } from '../../actions.ts'

interface Props {
  params: Promise<{ order: string }>
}

export const generateMetadata = () => ({ title: words.title })

/**
 * The provider's certify page as a QR code, and as a link for who is on the phone already (IDV-2). A link and no form:
 * `form-action` lets no POST lead to another origin.
 */
export default async function CertifyPage({ params }: Props) {
  const { actor } = await applicantPage()
  const { order } = await params
  const shown = await certifyView(await deps(), actor, order)
  if (!shown) notFound()
  return (
    <Page
      crumbs={[{ href: paths.identity, label: identityWords.title }, { label: words.title }]}
      title={words.title}
      lead={words.lead}
    >
      {shown.certifyUrl === null ? (
        <>
          <p className="mb-6">{words.over}</p>
          <LinkButton href={paths.identity}>{words.back}</LinkButton>
        </>
      ) : (
        <Ways order={order} certifyUrl={shown.certifyUrl} expiresAt={shown.expiresAt} leftMs={shown.leftMs} />
      )}
    </Page>
  )
}

interface WaysProps {
  order: string
  certifyUrl: string
  expiresAt: Date
  leftMs: number
}

/** On a phone the link comes first: nobody scans their own screen. The code stays, for a phone beside it. */
function Ways({ order, certifyUrl, expiresAt, leftMs }: WaysProps) {
  return (
    <>
      <CertifyPoll ask={paths.identityState(order)} to={paths.identity} leftMs={leftMs} words={words.live} />
      <p className="mb-6">{words.until(expiresAt)}</p>
      <div className="flex flex-col gap-6 max-sm:flex-col-reverse">
        <Panel title={words.scan}>
          <div className="grid gap-6 md:grid-cols-[auto_1fr]">
            <div className="md:w-96">
              <QrCode text={certifyUrl} label={words.qr} />
            </div>
            <ol className="list-decimal space-y-2 pl-6">
              {words.how.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </div>
        </Panel>
        <Panel title={words.here}>
          <p className="mb-4 text-ink-2">{words.hereText}</p>
          <LinkButton href={certifyUrl} kind="primary" className="max-sm:w-full">
            {words.openHere}
          </LinkButton>
        </Panel>
      </div>
      <h2 className="mt-10 mb-4 text-h2">{words.after}</h2>
      <form action={askCertify}>
        <input type="hidden" name="order" value={order} />
        <Button>{words.done}</Button>
      </form>
      <p className="mt-8 mb-4 max-w-measure text-ink-2">{words.againText}</p>
      <form action={restartCertify}>
        <input type="hidden" name="order" value={order} />
        <Button kind="secondary">{words.again}</Button>
      </form>
    </>
  )
}
