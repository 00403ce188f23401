import { type Search, titled } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { HelpAside } from '#app/_ui/help.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { echoOf } from '#lib/action/echo.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { identityWords as words } from '#lib/text/account.ts'
import { caseStateWords } from '#lib/text/collection.ts'
import { instantWords } from '#lib/text/dates.ts'
import { issueText } from '#lib/text/issues.ts'
import { identityView, sentTones } from '#lib/views/identity.ts'
import { askCertify, startCertify } from './actions.ts'

interface Props {
  searchParams: Search
}

export async function generateMetadata({ searchParams }: Props) {
  const echo = await echoOf((await searchParams).echo)
  return titled(words.title, echo)
}

/** 实名认证 (IDV-1): where one stands, and the ways to it. */
export default async function IdentityPage({ searchParams }: Props) {
  const { actor } = await applicantPage()
  const d = await deps()
  const echo = await echoOf((await searchParams).echo)
  const shown = await identityView(d, actor)
  return (
    <Page
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      beside={<Badge tone={shown.standing.tone}>{shown.standing.text}</Badge>}
      aside={<HelpAside topic="identity" />}
    >
      <ErrorList
        issues={(echo?.issues ?? []).map((found) => ({ at: found.at, text: issueText(found) }))}
        token={echo?.id}
      />
      {shown.verified ? <Verified shown={shown} /> : <Unverified shown={shown} />}
    </Page>
  )
}

type Shown = Awaited<ReturnType<typeof identityView>>

function Verified({ shown }: { shown: Shown }) {
  const facts = [
    [words.who, shown.name],
    [shown.idType, shown.number],
    [words.how, words.methods[shown.method]],
    [words.when, shown.at ? instantWords(shown.at) : ''],
  ] as const
  return (
    <>
      <Notice kind="good">{words.done}</Notice>
      <FactList facts={facts} />
      <p className="mt-8">
        <LinkButton href={paths.collection} kind="primary">
          {words.next}
        </LinkButton>
      </p>
    </>
  )
}

/** 线上实名认证 that was sent comes first, then the ways that are left. */
function Unverified({ shown }: { shown: Shown }) {
  const { sent } = shown
  return (
    <div className="space-y-6">
      {sent ? (
        <Panel title={words.pictures}>
          <p className="mb-3">
            <Badge tone={sentTones[sent.told]}>{caseStateWords[sent.state]}</Badge>
          </p>
          <p className="mb-4 text-ink-2">{words.sentPictures[sent.told].text}</p>
          <LinkButton href={paths.identityPictures} kind="primary">
            {words.sentPictures[sent.told].action}
          </LinkButton>
        </Panel>
      ) : null}
      <Ways shown={shown} />
    </div>
  )
}

function Ways({ shown }: { shown: Shown }) {
  const { order } = shown
  // Sent already: what is left is the other way, if it is open to this person.
  if (shown.sent && !shown.alipay) return null
  return (
    <>
      {shown.lastFailed ? (
        <Notice kind="warn" title={words.failed}>
          <p>{words.failedText}</p>
        </Notice>
      ) : null}
      <h2 className="text-h2">{shown.sent ? words.otherWay : words.choose}</h2>
      <Panel title={words.alipay} level={3}>
        <p className="mb-4 text-ink-2">{shown.alipay ? words.alipayText : words.alipayNot}</p>
        {order ? <p className="mb-4">{order.open ? words.open : words.unanswered}</p> : null}
        {shown.alipay ? (
          <div className="flex flex-wrap gap-3">
            <form action={startCertify}>
              <Button>{words.alipay}</Button>
            </form>
            {order ? (
              <form action={askCertify}>
                <input type="hidden" name="order" value={order.id} />
                <Button kind="secondary">{words.check}</Button>
              </form>
            ) : null}
            {order?.open ? <LinkButton href={paths.identityQr(order.id)}>{words.scan}</LinkButton> : null}
          </div>
        ) : null}
      </Panel>
      {shown.sent ? null : (
        <Panel title={words.pictures} level={3}>
          <p className="mb-4 text-ink-2">{words.picturesText}</p>
          <LinkButton href={paths.identityPictures}>{words.pictures}</LinkButton>
        </Panel>
      )}
    </>
  )
}
