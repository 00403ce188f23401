import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { EligibilityPanel } from '#app/_ui/eligibility.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { EntryStateBadge } from '#app/_ui/exam-entry.tsx'
import { ExamPhaseBadge } from '#app/_ui/exam-phase.tsx'
import { ExamReadiness } from '#app/_ui/exam-readiness.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { Page } from '#app/_ui/page.tsx'
import { AsidePanel, Panel } from '#app/_ui/panel.tsx'
import { found } from '#lib/action/found.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { isDone, examWords as words } from '#lib/text/exam-registration.ts'
import { moreHelp } from '#lib/text/help/all.ts'
import { issueText } from '#lib/text/issues.ts'
import { paymentView } from '#lib/views/exam-payments.ts'
import { type OwnEntry, type OwnExam, ownExam } from '#lib/views/exams.ts'
import { Payment } from '../_payment.tsx'
import { withdraw } from '../actions.ts'
import { ChoiceForm } from './_choice.tsx'

interface Props {
  params: Promise<{ sessionId: string }>
  searchParams: Search
}

const load = async (params: Props['params']) => {
  const { actor } = await applicantPage()
  return found(ownExam(await deps(), actor, (await params).sessionId))
}

export const generateMetadata = async ({ params, searchParams }: Props) => {
  const { title, id } = await load(params)
  return titled(title, await ownEcho(searchParams, paths.exam(id)))
}

/** One exam: its dates, one's registration or the way to it, and the conditions line by line (EXM-2, EXM-3). */
export default async function ExamPage({ params, searchParams }: Props) {
  const { actor } = await applicantPage()
  const view = await load(params)
  const asked = await searchParams
  const payment = view.entry && (await paymentView(await deps(), actor, view.entry.caseId))
  const echo = await ownEcho(searchParams, paths.exam(view.id))
  const entry = view.entry?.holds ? view.entry : null
  const issues = (echo?.issues ?? []).map((one) => ({ at: one.at, text: issueText(one) }))
  return (
    <Page
      width="wide"
      crumbs={[{ label: words.title, href: paths.exams }, { label: view.title }]}
      title={view.title}
      beside={entry ? <EntryStateBadge state={entry.state} /> : <ExamPhaseBadge phase={view.phase} />}
      aside={<Dates view={view} />}
    >
      <ErrorList issues={issues} token={echo?.id} />
      {isDone(asked.done) && !echo ? <Notice kind="good">{words.done[asked.done]}</Notice> : null}
      {view.entry ? <Entry view={view} entry={view.entry} /> : null}
      {payment ? (
        <div className="mb-8">
          <Payment view={payment} checked={asked.done === 'payment-checked'} />
        </div>
      ) : null}
      {entry ? null : <WayIn view={view} echo={echo} asked={asked} />}
      {view.eligibility ? (
        <div className="mt-8">
          <EligibilityPanel view={view.eligibility} />
        </div>
      ) : null}
    </Page>
  )
}

const Dates = ({ view }: { view: OwnExam }) => (
  <AsidePanel
    title={words.title}
    more={{ href: paths.helpTopic('learning-and-exams'), label: moreHelp('learning-and-exams') }}
  >
    <FactList
      facts={[
        [words.facts.province, view.province ?? ''],
        [words.facts.window, view.window],
        [words.facts.collectBy, view.collectBy],
        [words.facts.payBy, view.payBy],
        [words.facts.days, view.days],
        [words.facts.fee, view.fee],
      ]}
    />
    {view.province === null ? <p>{words.national}</p> : null}
    {view.notice === '' ? null : <p className="whitespace-pre-line">{view.notice}</p>}
  </AsidePanel>
)

/** The registration as it stands: what follows, and what can still be done about it. */
function Entry({ view, entry }: { view: OwnExam; entry: OwnEntry }) {
  return (
    <div className="mb-8">
      <Panel title={words.mine} beside={<EntryStateBadge state={entry.state} />}>
        <p className="mb-4 max-w-measure font-medium">{entry.next}</p>
        {entry.note === '' ? null : (
          <p className="mb-4 max-w-measure whitespace-pre-line">
            {words.because}：{entry.note}
          </p>
        )}
        <FactList
          facts={[
            [words.facts.entryNumber, entry.number],
            [words.facts.number, entry.caseNumber],
            [words.facts.site, entry.site],
            [words.facts.subjects, entry.subjects],
            [words.facts.total, entry.fee],
            [words.facts.sent, entry.sentAt],
          ]}
        />
        {entry.state === 'paid' ? (
          <p className="mt-4">
            <LinkButton href={paths.examForm(view.id)}>{words.form}</LinkButton>
          </p>
        ) : null}
        {entry.withdrawable ? <Withdraw view={view} caseId={entry.caseId} /> : null}
      </Panel>
    </div>
  )
}

const Withdraw = ({ view, caseId }: { view: OwnExam; caseId: string }) => (
  <details className="mt-4">
    <summary className="button button-quiet text-bad marker:content-none">{words.withdraw.open}</summary>
    <form action={withdraw} className="mt-2 max-w-measure rounded-md border bg-paper p-3">
      <input type="hidden" name="session" value={view.id} />
      <input type="hidden" name="case" value={caseId} />
      <p className="mb-2 text-hint text-ink-2">
        {view.phase === 'open' ? words.withdraw.ask : words.withdraw.after}
      </p>
      <Button kind="danger">{words.withdraw.confirm}</Button>
    </form>
  </details>
)

type Asked = Awaited<Search>

/** What leads to a registration, or what is in its way. */
function WayIn({
  view,
  echo,
  asked,
}: {
  view: OwnExam
  echo: Awaited<ReturnType<typeof ownEcho>>
  asked: Asked
}) {
  const { phase, title, eligibility } = view
  if (phase === 'before')
    return (
      <>
        <Notice kind="info" title={words.notYet(title)}>
          <p>{words.notYetText(view.opensAt)}</p>
        </Notice>
        <ExamReadiness lines={view.readiness} />
      </>
    )
  if (phase !== 'open')
    return (
      <Notice kind="warn" title={words.closed(title)}>
        <p>{words.closedText(view.closesAt)}</p>
      </Notice>
    )
  if (view.readiness.length > 0) return <ExamReadiness lines={view.readiness} />
  if (eligibility?.verdict === 'ineligible') return null
  const text = (name: string) => (typeof asked[name] === 'string' ? asked[name] : '')
  const chosen = echo
    ? { site: echo.values.site?.[0] ?? '', subjects: echo.values.subject ?? [] }
    : { site: text('site'), subjects: text('subjects').split(' ') }
  return <ChoiceForm view={view} chosen={chosen} issues={echo?.issues ?? []} />
}
