import { redirect } from 'next/navigation'
import type { Search } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { Table } from '#app/_ui/table.tsx'
import { Tabs } from '#app/_ui/tabs.tsx'
import { type Echo, echoOf } from '#lib/action/echo.ts'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { mostFound, searchCases } from '#lib/commands/search-cases.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { caseStateWords } from '#lib/text/collection.ts'
import { dayWords, instantTime, instantWords } from '#lib/text/dates.ts'
import { exportLink } from '#lib/text/exports.ts'
import { figuresWords } from '#lib/text/figures.ts'
import { issueText } from '#lib/text/issues.ts'
import { caseKindWords, reviewWords, queueWords as words } from '#lib/text/review.ts'
import { countWords } from '#lib/text/ui.ts'
import { audits } from '#lib/views/audit.ts'
import { escalatedTo } from '#lib/views/escalated.ts'
import { exportsKind } from '#lib/views/exports.ts'
import { seesFigures } from '#lib/views/figures.ts'
import { actingFor, ownLeave } from '#lib/views/leave.ts'
import {
  hasQueue,
  isQueueTab,
  type QueueRow,
  queueKinds,
  queueTabs,
  reviewQueue,
} from '#lib/views/review-queue.ts'
import { managesStaff } from '#lib/views/staff.ts'
import { QueueNotices } from './_notices.tsx'
import { next, passBatch, search } from './actions.ts'

export const metadata = { title: words.title }

interface Props {
  searchParams: Search
}

const crumbs = [{ label: words.title }]

/** 待办 (REV-1): what waits in one's own departments, by tab. */
export default async function QueuePage({ searchParams }: Props) {
  const { actor } = await staffPage()
  // Operators and auditors have nothing to review: their work is elsewhere.
  if (!hasQueue(actor) && managesStaff(actor)) redirect(paths.staff())
  if (!hasQueue(actor) && seesFigures(actor)) redirect(paths.figures())
  if (!hasQueue(actor) && audits(actor)) redirect(paths.audit())
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
  const d = await deps()
  const echo = await echoOf(asked.echo)
  const kept = echo && /^\/review($|\?)/.test(echo.page) ? echo : null
  const person = number === '' ? (kept?.values.search?.[0]?.trim() ?? '') : ''
  const looked = person === '' ? null : await found(searchCases(d, actor, person))
  const agreed = tab === 'free' && text('checks') === 'agree'
  const queue = await found(
    reviewQueue(d, actor, {
      tab: isQueueTab(tab) ? tab : 'free',
      ...(kind ? { kind } : {}),
      number,
      ...(looked ? { ids: looked.ids } : {}),
      agreed,
      after: text('after'),
    }),
  )
  const done = reviewWords.done[text('done')]
  const isSearch = number !== '' || looked !== null
  const here = { tab, kind: kind ?? '', number, checks: agreed ? 'agree' : '' }
  const isBatch = agreed && !isSearch
  const isPicked = isBatch && text('pick') === 'all'
  const rows = queue.rows.map((row) => ({ id: row.id, cells: cellsOf(row, isPicked) }))
  const table = (
    <Table
      caption={isSearch ? (looked ? words.personResult : words.searchResult(number)) : words.tabs[queue.tab]}
      captionHidden={!isSearch}
      rowHeader="number"
      columns={isBatch ? [pick, ...columns] : columns}
      rows={rows}
      empty={
        looked
          ? words.personNotFound
          : number !== ''
            ? words.notFound
            : isBatch
              ? words.batch.empty
              : words.empty[queue.tab]
      }
    />
  )
  return (
    <Page
      width="wide"
      crumbs={crumbs}
      title={words.title}
      lead={words.lead}
      beside={
        <span className="flex flex-wrap items-center gap-3">
          {seesFigures(actor) ? (
            <LinkButton kind="quiet" href={paths.figures()}>
              {figuresWords.open}
            </LinkButton>
          ) : null}
          {exportsKind(actor, 'cases') ? (
            <LinkButton kind="quiet" href={paths.exportNew({ kind: 'cases' })}>
              {exportLink}
            </LinkButton>
          ) : null}
          {done ? null : <Next kind={here.kind} />}
        </span>
      }
    >
      <ErrorList
        issues={(kept?.issues ?? []).map((one) => ({ at: one.at, text: issueText(one) }))}
        token={kept?.id}
      />
      {text('done') === 'none' ? <Notice kind="info">{words.none}</Notice> : null}
      {done ? (
        <Notice kind="good">
          <p>{done}</p>
          <Next kind={here.kind} />
        </Notice>
      ) : null}
      <QueueNotices
        away={await ownLeave(d, actor.id)}
        acts={await actingFor(d, actor.id)}
        escalated={await escalatedTo(d, actor)}
      />
      {isBatch ? <BatchResult kept={kept} /> : null}
      <Tabs
        label={words.tabList}
        tabs={queueTabs.map((one) => ({
          href: paths.review({ tab: one, kind: here.kind }),
          label: words.tabs[one],
          isCurrent: !isSearch && one === queue.tab,
          count: countWords(queue.counts.get(one) ?? 0, queue.cap),
        }))}
      />
      <div className="mb-6 flex flex-wrap items-end gap-x-8 gap-y-4 print:hidden">
        <Filter {...here} />
        <Find
          text={number === '' ? person : number}
          tab={tab}
          isWrong={kept?.issues.some(({ at }) => at === 'search') ?? false}
        />
      </div>
      {!isSearch && queue.checking > 0 ? (
        <p className="mb-3 text-hint text-ink-2">
          {words.beingChecked(countWords(queue.checking, queue.cap))}
        </p>
      ) : null}
      {isBatch && rows.length > 0 ? (
        <form key={isPicked ? 'all' : 'none'} action={passBatch}>
          <p className="mb-3 max-w-measure text-ink-2">{words.batch.lead(d.env.limits.batchCases)}</p>
          <div className="mb-3 flex flex-wrap gap-3">
            <Button>{words.batch.submit}</Button>
            <LinkButton
              kind="quiet"
              href={paths.review({ ...here, after: text('after'), pick: isPicked ? '' : 'all' })}
            >
              {isPicked ? words.batch.none : words.batch.all}
            </LinkButton>
          </div>
          {table}
        </form>
      ) : (
        table
      )}
      {looked?.more ? <p className="mt-3 text-ink-2">{words.more(mostFound)}</p> : null}
      <Pager
        first={queue.continued ? paths.review(here) : null}
        next={queue.next ? paths.review({ ...here, after: queue.next }) : null}
      />
    </Page>
  )
}

/** 领取下一件. */
function Next({ kind }: { kind: string }) {
  return (
    <form action={next} className="print:hidden">
      <input type="hidden" name="kind" value={kind} />
      <Button>{words.next}</Button>
    </form>
  )
}

/** What became of a 批量通过. */
function BatchResult({ kept }: { kept: Echo | null }) {
  const [approved] = kept?.values.approved ?? []
  if (!kept || kept.issues.length > 0 || approved === undefined) return null
  const lines = [
    ['held', words.batch.heldBack],
    ['left', words.batch.left],
  ] as const
  return (
    <Notice kind="good">
      <p>{words.batch.approved(Number(approved))}</p>
      {lines.map(([name, say]) => {
        const numbers = kept.values[name] ?? []
        return numbers.length === 0 ? null : (
          <p key={name}>
            {say(numbers.length)}
            {numbers.map((number) => (
              <a key={number} href={paths.review({ number })} className="mr-3 inline-block">
                {number}
              </a>
            ))}
          </p>
        )
      })}
    </Notice>
  )
}

type Key = keyof typeof words.columns
const keys: readonly Key[] = ['number', 'applicant', 'kind', 'department', 'submitted', 'due', 'state']
const columns = keys.map((key) => ({ key: key as Key | 'pick', label: words.columns[key] as string }))
const pick = { key: 'pick', label: words.batch.pick } as const

function cellsOf(row: QueueRow, isPicked: boolean): Record<Key | 'pick', React.ReactNode> {
  return {
    pick: (
      <input
        type="checkbox"
        name="case"
        value={`${row.id}.${row.version}`}
        defaultChecked={isPicked}
        aria-label={words.batch.pickOne(row.number)}
        className="tick"
      />
    ),
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
        {caseStateWords[row.state]} {row.secondLook ? <Badge tone="warn">{words.secondLook}</Badge> : null}
        {row.late ? <Badge tone="warn">{words.late}</Badge> : null}
        {row.claim ? (
          <span className="block text-hint text-ink-3">
            {row.claim.lapsed ? words.lapsed : words.claimedBy(row.claim.by, instantTime(row.claim.since))}
          </span>
        ) : null}
      </>
    ),
  }
}

function Filter({ tab, kind, checks }: { tab: string; kind: string; checks: string }) {
  return (
    <form
      method="get"
      action={paths.review()}
      aria-label={words.filter}
      className="flex flex-wrap items-end gap-3"
    >
      <input type="hidden" name="tab" value={tab} />
      <Choice name="kind" label={words.kind} value={kind} all={words.everyKind}>
        {queueKinds.map((id) => (
          <option key={id} value={id}>
            {caseKindWords[id].name}
          </option>
        ))}
      </Choice>
      {tab === 'free' ? (
        <Choice name="checks" label={words.checks} value={checks} all={words.everyCheck}>
          <option value="agree">{words.checksAgree}</option>
        </Choice>
      ) : null}
      <Button kind="secondary">{words.apply}</Button>
      {kind !== '' || checks !== '' ? (
        <LinkButton kind="quiet" href={paths.review({ tab })}>
          {words.clear}
        </LinkButton>
      ) : null}
    </form>
  )
}

function Choice({
  name,
  label,
  value,
  all,
  children,
}: {
  name: string
  label: string
  value: string
  all: string
  children: React.ReactNode
}) {
  return (
    <div className="grow sm:max-w-52">
      <label htmlFor={name} className="mb-1 block font-medium">
        {label}
      </label>
      <select key={value} id={name} name={name} defaultValue={value} className="control">
        <option value="">{all}</option>
        {children}
      </select>
    </div>
  )
}

/** One field for 受理编号, name, document number and phone; posted, because an address is no place for a person. */
function Find({ text, tab, isWrong }: { text: string; tab: string; isWrong: boolean }) {
  return (
    <form
      key={text}
      action={search}
      aria-label={words.find}
      className="flex grow flex-wrap items-end gap-3"
      noValidate
    >
      <div className="grow sm:max-w-96">
        <label htmlFor="search" className="block font-medium">
          {words.find}
        </label>
        <p id="search-hint" className="mb-1 text-hint text-ink-3">
          {words.findHint}
        </p>
        <input
          id="search"
          name="search"
          defaultValue={text}
          autoComplete="off"
          aria-describedby="search-hint"
          aria-invalid={isWrong ? true : undefined}
          className="control"
        />
      </div>
      <Button kind="secondary">{words.search}</Button>
      {text === '' ? null : (
        <LinkButton kind="quiet" href={paths.review({ tab })}>
          {words.clear}
        </LinkButton>
      )}
    </form>
  )
}
