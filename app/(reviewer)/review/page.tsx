import { redirect } from 'next/navigation'
import { Badge } from '#app/_ui/badge.tsx'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Table } from '#app/_ui/table.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { caseStateWords } from '#lib/text/collection.ts'
import { dayWords, instantTime, instantWords } from '#lib/text/dates.ts'
import { caseKindWords, reviewWords, queueWords as words } from '#lib/text/review.ts'
import {
  hasQueue,
  isQueueTab,
  type QueueRow,
  type QueueTab,
  queueKinds,
  queueTabs,
  reviewQueue,
} from '#lib/views/review-queue.ts'
import { managesStaff } from '#lib/views/staff.ts'

export const metadata = { title: words.title }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const crumbs = [{ href: paths.home, label: words.home }, { label: words.title }]

/** 待办 (REV-1): what waits in one's own departments, by tab. */
export default async function QueuePage({ searchParams }: Props) {
  const { actor } = await staffPage()
  // Operators have nothing to review: their work is elsewhere.
  if (!hasQueue(actor) && managesStaff(actor)) redirect(paths.staff())
  if (!hasQueue(actor))
    return (
      <Page crumbs={crumbs} title={words.title}>
        <p>{words.noTask}</p>
      </Page>
    )
  const asked = await searchParams
  const text = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const tab = isQueueTab(text('tab')) ? text('tab') : 'free'
  const kind = queueKinds.find((id) => id === text('kind'))
  const number = text('number').normalize('NFKC').toUpperCase().slice(0, 40)
  const queue = await found(
    reviewQueue(await deps(), actor, {
      tab: isQueueTab(tab) ? tab : 'free',
      ...(kind ? { kind } : {}),
      number,
      after: text('after'),
    }),
  )
  const done = reviewWords.done[text('done')]
  const here = { tab, kind: kind ?? '', number }
  return (
    <Page width="wide" crumbs={crumbs} title={words.title} lead={words.lead}>
      {done ? <Notice kind="good">{done}</Notice> : null}
      <Tabs
        current={number === '' ? queue.tab : null}
        kind={here.kind}
        counts={queue.counts}
        cap={queue.cap}
      />
      <Filter {...here} />
      <Table
        caption={number === '' ? words.tabs[queue.tab] : words.searchResult(number)}
        captionHidden={number === ''}
        rowHeader="number"
        columns={columns}
        rows={queue.rows.map((row) => ({ id: row.id, cells: cellsOf(row) }))}
        empty={number === '' ? words.empty[queue.tab] : words.notFound}
      />
      <nav aria-label={words.title} className="mt-4 flex flex-wrap gap-3 print:hidden">
        {queue.continued ? (
          <LinkButton kind="quiet" href={paths.review(here)}>
            {words.first}
          </LinkButton>
        ) : null}
        {queue.next ? (
          <LinkButton href={paths.review({ ...here, after: queue.next })}>{words.next}</LinkButton>
        ) : null}
      </nav>
    </Page>
  )
}

type Key = keyof typeof words.columns
const keys: readonly Key[] = ['number', 'applicant', 'kind', 'department', 'submitted', 'due', 'state']
const columns = keys.map((key) => ({ key, label: words.columns[key] }))

function cellsOf(row: QueueRow): Record<Key, React.ReactNode> {
  return {
    number: <a href={paths.reviewCase(row.id)}>{row.number}</a>,
    applicant: row.applicant,
    kind: (
      <>
        {caseKindWords[row.kind].name}
        {row.round > 1 ? <span className="block text-hint text-ink-3">{words.round(row.round)}</span> : null}
        {row.stage > 1 ? <span className="block text-hint text-ink-3">{words.secondStage}</span> : null}
      </>
    ),
    department: row.department,
    submitted: instantWords(row.submittedAt),
    due: (
      <>
        <span className="mr-2">{dayWords(row.dueOn)}</span>
        {row.lateness === 'overdue' ? <Badge tone="bad">{words.overdue}</Badge> : null}
        {row.lateness === 'soon' ? <Badge tone="warn">{words.soon}</Badge> : null}
      </>
    ),
    state: (
      <>
        {caseStateWords[row.state]}
        {row.claim ? (
          <span className="block text-hint text-ink-3">
            {row.claim.lapsed ? words.lapsed : words.claimedBy(row.claim.by, instantTime(row.claim.since))}
          </span>
        ) : null}
      </>
    ),
  }
}

interface TabsProps {
  current: QueueTab | null
  kind: string
  counts: ReadonlyMap<QueueTab, number>
  cap: number
}
function Tabs({ current, kind, counts, cap }: TabsProps) {
  return (
    <nav aria-label={words.tabList} className="mb-4 border-b print:hidden">
      <ul className="flex flex-wrap gap-x-2">
        {queueTabs.map((tab) => (
          <li key={tab}>
            <a
              href={paths.review({ tab, kind })}
              aria-current={tab === current ? 'page' : undefined}
              className={`flex min-h-target items-center gap-2 border-b-4 px-3 no-underline hover:bg-panel ${tab === current ? 'border-brand font-semibold text-ink' : 'border-transparent text-ink-2'}`}
            >
              {words.tabs[tab]}
              <span className="rounded-full bg-panel px-2 text-hint tabular-nums">
                {words.count(counts.get(tab) ?? 0, cap)}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Filter({ tab, kind, number }: { tab: string; kind: string; number: string }) {
  return (
    <form
      method="get"
      action={paths.review()}
      aria-label={words.filter}
      className="mb-6 flex flex-wrap items-end gap-3 print:hidden"
    >
      <input type="hidden" name="tab" value={tab} />
      <div className="grow sm:max-w-52">
        <label htmlFor="kind" className="mb-1 block font-medium">
          {words.kind}
        </label>
        <select key={kind} id="kind" name="kind" defaultValue={kind} className="control">
          <option value="">{words.everyKind}</option>
          {queueKinds.map((id) => (
            <option key={id} value={id}>
              {caseKindWords[id].name}
            </option>
          ))}
        </select>
      </div>
      <div className="grow sm:max-w-72">
        <label htmlFor="number" className="mb-1 block font-medium">
          {words.number}
        </label>
        <input
          key={number}
          id="number"
          name="number"
          defaultValue={number}
          autoComplete="off"
          className="control"
        />
      </div>
      <Button kind="secondary">{words.search}</Button>
      {number !== '' || kind !== '' ? (
        <LinkButton kind="quiet" href={paths.review({ tab })}>
          {words.clear}
        </LinkButton>
      ) : null}
    </form>
  )
}
