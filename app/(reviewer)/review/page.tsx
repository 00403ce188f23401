import { redirect } from 'next/navigation'
import { FilledFrom } from '#app/_form/filled-from.tsx'
import type { Search } from '#app/_form/own-echo.ts'
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
import { exportLink } from '#lib/text/exports.ts'
import { figuresWords } from '#lib/text/figures.ts'
import { issueText } from '#lib/text/issues.ts'
import { reviewWords, queueWords as words } from '#lib/text/review.ts'
import { countWords } from '#lib/text/ui.ts'
import { audits } from '#lib/views/audit.ts'
import { escalatedTo } from '#lib/views/escalated.ts'
import { exportsKind } from '#lib/views/exports.ts'
import { seesFigures } from '#lib/views/figures.ts'
import { actingFor, ownLeave } from '#lib/views/leave.ts'
import { hasQueue, isQueueTab, queueKinds, queueTabs, reviewQueue } from '#lib/views/review-queue.ts'
import { managesStaff } from '#lib/views/staff.ts'
import { Filter, Find, PlaceFields } from './_find.tsx'
import { cellsOf, columns, pick, seenOf } from './_lines.tsx'
import { QueueNotices } from './_notices.tsx'
import { next, passBatch } from './actions.ts'

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
  const away = await ownLeave(d, actor.id)
  const isSearch = number !== '' || looked !== null
  const place = { tab, kind: kind ?? '', checks: agreed ? 'agree' : '' }
  const here = { ...place, number }
  const isBatch = agreed && !isSearch
  // Cases by version, as the echo has them: what has come to this page since, or changed, is not ticked.
  const ticked = new Set(isBatch ? (kept?.values.case ?? []) : [])
  const filledFrom = ticked.size > 0 ? kept?.id : undefined
  const rows = queue.rows.map((row) => ({
    id: row.id,
    cells: cellsOf(row, { isPicked: ticked.has(seenOf(row)), now: queue.now }),
  }))
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
          {done ? null : <Next kind={here.kind} isAway={away !== null} />}
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
          <Next kind={here.kind} isAway={away !== null} />
        </Notice>
      ) : null}
      <QueueNotices away={away} acts={await actingFor(d, actor.id)} escalated={await escalatedTo(d, actor)} />
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
        <Filter {...place} />
        <Find
          text={number === '' ? person : number}
          place={{ ...place, after: text('after') }}
          isWrong={kept?.issues.some(({ at }) => at === 'search') ?? false}
        />
      </div>
      {!isSearch && queue.isRush ? <p className="mb-3 max-w-measure text-ink-2">{words.rushText}</p> : null}
      {!isSearch && queue.checking > 0 ? (
        <p className="mb-3 text-hint text-ink-2">
          {words.beingChecked(countWords(queue.checking, queue.cap))}
        </p>
      ) : null}
      {isBatch && rows.length > 0 ? (
        // A browser that goes back would tick by position, and others stand there by now.
        <form key={filledFrom ?? 'none'} action={passBatch} autoComplete="off">
          <PlaceFields place={{ ...place, after: text('after') }} />
          <FilledFrom echo={filledFrom} />
          {queue.rows.map((row) => (
            <input key={row.id} type="hidden" name="shown" value={seenOf(row)} />
          ))}
          <p className="mb-3 max-w-measure text-ink-2">{words.batch.lead(d.env.limits.batchCases)}</p>
          <div className="mb-3 flex flex-wrap gap-3">
            <Button>{words.batch.submit}</Button>
            <Button kind="secondary" name="intent" value="pick">
              {words.batch.all}
            </Button>
            {ticked.size > 0 ? (
              <LinkButton kind="quiet" href={paths.review({ ...place, after: text('after') })}>
                {words.batch.none}
              </LinkButton>
            ) : null}
          </div>
          {table}
        </form>
      ) : (
        table
      )}
      {looked?.more ? <p className="mt-3 text-ink-2">{words.more(mostFound)}</p> : null}
      <Pager
        first={queue.continued && !isSearch ? paths.review(here) : null}
        next={queue.next ? paths.review({ ...here, after: queue.next }) : null}
      />
    </Page>
  )
}

/** 领取下一件. */
function Next({ kind, isAway }: { kind: string; isAway: boolean }) {
  if (isAway) return <span className="text-hint text-ink-2">{words.nextAway}</span>
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
    <Notice kind={Number(approved) === 0 ? 'warn' : 'good'}>
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
