import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { paths } from '#lib/paths.ts'
import { changeWords as words } from '#lib/text/changes.ts'
import { dayWords, instantDay } from '#lib/text/dates.ts'
import { issueText } from '#lib/text/issues.ts'
import { changeMarks, changePage } from '#lib/views/changes.ts'
import { Obstacles } from '../../_application/application.tsx'
import { changesPage, crumbsTo, type PageId, PageList, pageOf, RecordTabs } from '../_frame.tsx'
import { begin, giveUp, withdrawChange } from '../actions.ts'
import { CurrentInformation } from './current-information.tsx'
import { Records } from './records.tsx'

interface Props {
  params: Promise<{ page: string }>
  searchParams: Search
}

export async function generateMetadata({ params, searchParams }: Props) {
  const page = await pageOf(params)
  return titled(`${words.pages[page]} · ${words.title}`, await ownEcho(searchParams, paths.changes(page)))
}

/** 当前信息 and 变更记录 of one page of the record (CHG-1, CHG-3). */
export default async function ChangePage({ params, searchParams }: Props) {
  const page = await pageOf(params)
  const { d, actor } = await changesPage()
  const asked = await searchParams
  const view = await changePage(d, actor, page)
  const echo = await ownEcho(searchParams, paths.changes(page))
  const title = words.pages[page]
  const done = typeof asked.done === 'string' ? asked.done : ''
  const said =
    done === 'submitted' && !view?.open
      ? words.done.approved
      : Object.entries(words.done).find(([key]) => key === done)?.[1]
  const isRecords = asked.tab === 'records'
  return (
    <Page
      width="wide"
      crumbs={crumbsTo({ label: title })}
      title={title}
      lead={words.lead}
      side={<PageList current={page} marks={await changeMarks(d, actor)} />}
    >
      <ErrorList
        issues={(echo?.issues ?? []).map((one) => ({ at: one.at, text: issueText(one) }))}
        token={echo?.id}
      />
      {said ? <Notice kind="good">{said}</Notice> : null}
      {view ? (
        <>
          <Obstacles obstacles={view.obstacles} />
          <OpenChange page={page} open={view.open} />
          <RecordTabs page={page} current={isRecords ? 'records' : 'current'} />
          {isRecords ? (
            <Records
              d={d}
              actor={actor}
              page={page}
              after={typeof asked.after === 'string' ? asked.after : ''}
            />
          ) : (
            <>
              <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
                <p className="text-ink-2">{words.approvedAt(instantDay(view.approvedAt))}</p>
                {view.open || !view.mayChange ? null : (
                  <form action={begin}>
                    <input type="hidden" name="section" value={page} />
                    <Button name="intent" value="edit">
                      {words.begin}
                    </Button>
                  </form>
                )}
              </div>
              <CurrentInformation view={view} />
            </>
          )}
        </>
      ) : (
        <Notice kind="info" title={words.notYet}>
          <p>{words.notYetText}</p>
          <LinkButton href={paths.collection}>{words.toCollection}</LinkButton>
        </Notice>
      )}
    </Page>
  )
}

type Open = NonNullable<Awaited<ReturnType<typeof changePage>>>['open']

/** How far a change has come, and what can be done with it. */
function OpenChange({ page, open }: { page: PageId; open: Open }) {
  if (!open) return null
  const { state, caseId } = open
  const hidden = (
    <>
      <input type="hidden" name="section" value={page} />
      <input type="hidden" name="case" value={caseId} />
    </>
  )
  return (
    <Notice kind={state === 'returned' ? 'warn' : 'info'} title={words.states[state](words.pages[page])}>
      {state === 'underReview' ? (
        <p>{open.dueOn === '' ? words.paused : words.due(dayWords(open.dueOn))}</p>
      ) : null}
      {open.reasons.length > 0 ? (
        <ul className="list-disc pl-5">
          {open.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : null}
      <div className="mt-3 flex flex-wrap items-start gap-3">
        {state === 'underReview' ? (
          <>
            <LinkButton href={paths.changeRecord(page, caseId)}>{words.details}</LinkButton>
            {open.withdrawable ? (
              <form action={withdrawChange}>
                {hidden}
                <Button kind="secondary">{words.withdraw}</Button>
              </form>
            ) : null}
          </>
        ) : (
          <>
            <LinkButton kind="primary" href={paths.changeEdit(page)}>
              {state === 'returned' ? words.mend : words.goOn}
            </LinkButton>
            <details>
              <summary className="button button-quiet text-bad marker:content-none">{words.drop}</summary>
              <form action={giveUp} className="mt-2 rounded-md border bg-paper p-3">
                {hidden}
                <p className="mb-2 text-hint text-ink-2">{words.dropAsk}</p>
                <Button kind="danger">{words.dropConfirm}</Button>
              </form>
            </details>
          </>
        )}
      </div>
    </Notice>
  )
}
