import { AnswersView } from '#app/_ui/answers.tsx'
import { LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { Facts } from '#app/_ui/facts.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { ReturnedLines } from '#app/_ui/returned-lines.tsx'
import { type Moment, Timeline } from '#app/_ui/timeline.tsx'
import { found } from '#lib/action/found.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { outcomeWords } from '#lib/text/collection.ts'
import { dayWords, instantWords } from '#lib/text/dates.ts'
import { transferWords } from '#lib/text/transfers.ts'
import { type TransferRecord, transferRecord } from '#lib/views/transfers.ts'
import { leftOf, TransferState } from '../_parts.tsx'

const { record: words, columns, kinds } = transferWords

interface Props {
  params: Promise<{ caseId: string }>
}

const viewOf = async ({ params }: Props) => {
  const { actor } = await applicantPage()
  return found(transferRecord(await deps(), actor, (await params).caseId))
}

export const generateMetadata = async (props: Props) => ({
  title: `${words.title((await viewOf(props)).number)} · ${transferWords.title}`,
})

/** 详情 of a 调转: what was sent, each step with its day, and what was said of it. */
export default async function TransferPage(props: Props) {
  const view = await viewOf(props)
  const title = words.title(view.number)
  return (
    <Page
      width="wide"
      crumbs={[{ href: paths.transfers, label: transferWords.title }, { label: title }]}
      title={title}
      lead={words.lead}
      beside={<TransferState line={view} />}
    >
      <Facts
        facts={[
          [columns.kind, view.kind ? kinds[view.kind] : ''],
          [columns.from, view.from],
          [columns.to, view.to],
          [columns.left, leftOf(view)],
          [words.submitted, instantWords(view.submittedAt)],
        ]}
      />
      {view.state === 'returned' ? (
        <Notice kind="warn" title={words.reasons}>
          <ReturnedLines lines={view.reasons} />
          {view.stages > 1 ? <p>{words.again}</p> : null}
          <LinkButton kind="primary" href={paths.transferNew}>
            {transferWords.mend}
          </LinkButton>
        </Notice>
      ) : null}
      {view.note === '' ? null : (
        <Notice kind="bad" title={words.refused}>
          <p className="whitespace-pre-line">{view.note}</p>
        </Notice>
      )}
      <AnswersView section={view.answers} audience="owner" fileHref={paths.file} />
      <div className="mb-8">
        <Panel title={words.steps}>
          <Timeline items={stepsOf(view)} />
        </Panel>
      </div>
      <LinkButton href={paths.transfers}>{words.back}</LinkButton>
    </Page>
  )
}

/** What happened to every round, and the steps the present one has still before it. */
function stepsOf(view: TransferRecord): Moment[] {
  const { step } = words
  const done = view.rounds.flatMap(({ round, submittedAt, confirmedAt, outcome, decidedAt }): Moment[] => [
    { when: instantWords(submittedAt), title: step.submitted(round), state: 'done' },
    ...(confirmedAt
      ? [{ when: instantWords(confirmedAt), title: step.leaves(view.from), state: 'done' as const }]
      : []),
    ...(outcome !== '' && decidedAt
      ? [{ when: instantWords(decidedAt), title: endOf(view, outcome), state: 'done' as const }]
      : []),
  ])
  if (view.state !== 'waiting' && view.state !== 'in_review') return done
  const due = view.dueOn === '' ? '' : words.due(dayWords(view.dueOn))
  const now: Moment = {
    when: due,
    title: view.side === 'leaves' ? step.leaves(view.from) : step.joins(view.to),
    state: 'now',
  }
  const next: Moment = { when: words.waits, title: step.joins(view.to), state: 'next' }
  return [...done, now, ...(view.side === 'leaves' ? [next] : [])]
}

const endOf = (view: TransferRecord, outcome: string) =>
  outcome === 'approved' ? words.step.joins(view.to) : (outcomeWords.decided[outcome] ?? '')
