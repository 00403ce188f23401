import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { Page } from '#app/_ui/page.tsx'
import { found } from '#lib/action/found.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { paymentWords, demoPaymentWords as words } from '#lib/text/exam-payments.ts'
import { moneyWords } from '#lib/text/exams.ts'
import { demoPayView } from '#lib/views/exam-payments.ts'
import { answerDemoPayment } from '../../actions.ts'

interface Props {
  params: Promise<{ number: string }>
}

export const generateMetadata = () => ({ title: words.title })

/** The stand-in for the provider's page (EXM-3). Outside the demo there is no such page. */
export default async function DemoPayPage({ params }: Props) {
  const { actor } = await applicantPage()
  const { number } = await params
  const shown = await found(demoPayView(await deps(), actor, number))
  const back = paths.payOrder(shown.number)
  return (
    <Page crumbs={[{ href: back, label: paymentWords.title }, { label: words.title }]} title={words.title}>
      <Notice kind="warn">
        <p>{words.lead}</p>
      </Notice>
      {shown.isOpen ? (
        <form action={answerDemoPayment}>
          <input type="hidden" name="order" value={shown.number} />
          <div className="mb-6">
            <FactList
              facts={[
                [words.subject, shown.subject],
                [paymentWords.amount, moneyWords(shown.amount)],
                [paymentWords.order, shown.number],
              ]}
            />
          </div>
          <div className="flex flex-wrap gap-3">
            <Button name="answer" value="accept">
              {words.accept}
            </Button>
            <Button kind="secondary" name="answer" value="reject">
              {words.reject}
            </Button>
          </div>
        </form>
      ) : (
        <>
          <p className="mb-6">{words.over}</p>
          <LinkButton href={back}>{paymentWords.title}</LinkButton>
        </>
      )}
    </Page>
  )
}
