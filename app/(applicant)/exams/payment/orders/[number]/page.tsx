import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { Page } from '#app/_ui/page.tsx'
import { found } from '#lib/action/found.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { paymentWords as words } from '#lib/text/exam-payments.ts'
import { moneyWords } from '#lib/text/exams.ts'
import { issueText } from '#lib/text/issues.ts'
import { payOrderView } from '#lib/views/exam-payments.ts'
import { PaymentButtons, Refunds } from '../../../_payment.tsx'

interface Props {
  params: Promise<{ number: string }>
  searchParams: Search
}

export async function generateMetadata({ params, searchParams }: Props) {
  return titled(words.title, await ownEcho(searchParams, paths.payOrder((await params).number)))
}

/**
 * An order (EXM-3): the way to the provider, as a link, since `form-action` lets no POST lead to another origin; and where one comes
 * back to. What the return address carries is not read.
 */
export default async function PayOrderPage({ params, searchParams }: Props) {
  const { actor } = await applicantPage()
  const { number } = await params
  const shown = await found(payOrderView(await deps(), actor, number))
  const echo = await ownEcho(searchParams, paths.payOrder(number))
  const { order, payment, pageUrl, subject } = shown
  const back = paths.exam(shown.sessionId)
  const isChecked = (await searchParams).done === 'payment-checked' && payment?.mayCheck
  return (
    <Page
      crumbs={[{ href: back, label: subject }, { label: words.title }]}
      title={words.title}
      beside={payment ? <Badge tone="info">{words.states[payment.standing]}</Badge> : null}
    >
      <ErrorList
        issues={(echo?.issues ?? []).map((one) => ({ at: one.at, text: issueText(one) }))}
        token={echo?.id}
      />
      {isChecked ? (
        <Notice kind="info">
          <p>{words.checked}</p>
        </Notice>
      ) : null}
      {payment?.standing === 'paid' ? (
        <Notice kind="good">
          <p>{words.paidText}</p>
        </Notice>
      ) : null}
      {payment ? <Refunds view={payment} /> : null}
      <FactList
        facts={[
          [words.orderAmount, moneyWords(order.amount)],
          [words.order, order.number],
          [words.orderState, words.orderStates[order.state]],
          [words.number, payment?.number ?? ''],
        ]}
      />
      {pageUrl === null ? null : (
        <>
          <p className="mt-6 max-w-measure">{words.until(order.expiresAt)}</p>
          <p className="mt-2 mb-4 max-w-measure">{words.leadOrder}</p>
          <LinkButton href={pageUrl} kind="primary" className="max-sm:w-full">
            {words.toProvider}
          </LinkButton>
        </>
      )}
      {payment?.mayCheck ? (
        <>
          <p className="mt-8 max-w-measure text-ink-2">{words.afterPaying}</p>
          <PaymentButtons view={payment} order={order.number} />
        </>
      ) : null}
      <p className="mt-8">
        <LinkButton href={back} kind="quiet">
          {words.back}
        </LinkButton>
      </p>
    </Page>
  )
}
