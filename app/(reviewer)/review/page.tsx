import { redirect } from 'next/navigation'
import type { Search } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { Table } from '#app/_ui/table.tsx'
import { Tabs } from '#app/_ui/tabs.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { caseStateWords } from '#lib/text/collection.ts'
import { dayWords, instantTime, instantWords } from '#lib/text/dates.ts'
import { caseKindWords, reviewWords, queueWords as words } from '#lib/text/review.ts'
import { countWords } from '#lib/text/ui.ts'
import {
  hasQueue,
  isQueueTab,
  type QueueRow,
  queueKinds,
  queueTabs,
  reviewQueue,
} from '#lib/views/review-queue.ts'
import { managesStaff } from '#lib/views/staff.ts'

export const metadata = { title: words.title }

interface Props {
  searchParams: Search
}

const crumbs = [{ label: words.title }]

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
        label={words.tabList}
        tabs={queueTabs.map((one) => ({
          href: paths.review({ tab: one, kind: here.kind }),
          label: words.tabs[one],
          isCurrent: number === '' && one === queue.tab,
          count: countWords(queue.counts.get(one) ?? 0, queue.cap),
        }))}
      />
      <Filter {...here} />
      {number === '' && queue.checking > 0 ? (
        <p className="mb-3 text-hint text-ink-2">
          {words.beingChecked(countWords(queue.checking, queue.cap))}
        </p>
      ) : null}
      <Table
        caption={number === '' ? words.tabs[queue.tab] : words.searchResult(number)}
        captionHidden={number === ''}
        rowHeader="number"
        columns={columns}
        rows={queue.rows.map((row) => ({ id: row.id, cells: cellsOf(row) }))}
        empty={number === '' ? words.empty[queue.tab] : words.notFound}
      />
      <Pager
        first={queue.continued ? paths.review(here) : null}
        next={queue.next ? paths.review({ ...here, after: queue.next }) : null}
      />
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
        <span className="mr-2">{row.paused ? reviewWords.checks.clockStopped : dayWords(row.dueOn)}</span>
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
