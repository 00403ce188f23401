import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { bindings, Field } from '#app/_ui/field-shell.tsx'
import { Page } from '#app/_ui/page.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { refundWords as words } from '#lib/text/exam-payments.ts'
import { examSessionsWords } from '#lib/text/exam-sessions.ts'
import { issueText } from '#lib/text/issues.ts'
import { refundView } from '#lib/views/exam-refunds.ts'
import { mark } from '../actions.ts'

interface Props {
  params: Promise<{ number: string }>
  searchParams: Search
}

const here = async ({ params }: Props) => paths.refund((await params).number)

export async function generateMetadata(props: Props) {
  return titled(words.mark, await ownEcho(props.searchParams, await here(props)))
}

/** 登记已退款 (EXM-3). */
export default async function RefundPage(props: Props) {
  const { actor } = await staffPage()
  const view = await found(refundView(await deps(), actor, (await props.params).number))
  const echo = await ownEcho(props.searchParams, await here(props))
  const issues = (echo?.issues ?? []).map((one) => ({ at: one.at, text: issueText(one) }))
  const field = (name: 'ref' | 'day') => ({
    name,
    label: words[name],
    hint: words[`${name}Hint`],
    optional: false,
    errors: issues.filter(({ at }) => at === name).map((one) => one.text),
  })
  const facts = (['order', 'exam', 'province', 'case', 'amount', 'tradeNo', 'paidAt', 'why'] as const).map(
    (key) => [words.columns[key], key === 'order' ? view.number : view[key]] as const,
  )
  return (
    <Page
      crumbs={[
        { href: paths.examSessions, label: examSessionsWords.title },
        { href: paths.refunds(), label: words.title },
        { label: words.mark },
      ]}
      title={words.mark}
    >
      <ErrorList issues={issues} token={echo?.id} />
      <FactList facts={facts} />
      {view.state === 'refunded' ? (
        <Notice kind="info">{words.done}</Notice>
      ) : (
        <form action={mark} className="mt-8">
          <input type="hidden" name="order" value={view.number} />
          <p className="mb-6 max-w-measure text-ink-2">{words.markLead}</p>
          {(['ref', 'day'] as const).map((name) => (
            <Field key={name} field={field(name)}>
              <input
                id={name}
                name={name}
                defaultValue={echo?.values[name]?.[0] ?? ''}
                autoComplete="off"
                className="control max-w-field"
                {...bindings(field(name))}
              />
            </Field>
          ))}
          <Button>{words.mark}</Button>
        </form>
      )}
      <p className="mt-8">
        <LinkButton href={paths.refunds()} kind="quiet">
          {words.back}
        </LinkButton>
      </p>
    </Page>
  )
}
