import type { Search } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { Table } from '#app/_ui/table.tsx'
import { echoOf } from '#lib/action/echo.ts'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { awardsWords, entryWords, penaltyWords, entriesWords as words } from '#lib/text/conduct.ts'
import { issueText } from '#lib/text/issues.ts'
import { type EntryLine, entryList } from '#lib/views/conduct-entries.ts'
import { publish } from '../actions.ts'

export const metadata = { title: words.title }

/** 奖惩登记 (AWD-1): what stands in one's own subtree, in time or late, public or not. */
export default async function EntriesPage({ searchParams }: { searchParams: Search }) {
  const { actor } = await staffPage()
  const asked = await searchParams
  const text = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' ? value : ''
  }
  const list = await found(entryList(await deps(), actor, { kind: text('kind'), after: text('after') }))
  const echo = await echoOf(asked.echo)
  const kept = echo?.page === paths.conductEntries() ? echo : null
  const done = Object.hasOwn(words.done, text('done')) ? words.done[text('done')] : undefined
  const entered = /^F\d{16}$/.test(text('entered')) ? text('entered') : ''
  return (
    <Page
      width="wide"
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      beside={
        <span className="flex flex-wrap gap-3">
          <LinkButton kind="quiet" href={paths.awards()}>
            {awardsWords.title}
          </LinkButton>
          <LinkButton kind="primary" href={paths.penaltyNew}>
            {words.enter}
          </LinkButton>
        </span>
      }
    >
      <ErrorList
        issues={(kept?.issues ?? []).map((one) => ({ at: one.at, text: issueText(one) }))}
        token={kept?.id}
      />
      {done ? <Notice kind="good">{done}</Notice> : null}
      {entered === '' ? null : <Notice kind="good">{penaltyWords.done(entered)}</Notice>}
      <form
        method="get"
        action={paths.conductEntries()}
        aria-label={words.filter}
        className="mb-6 flex flex-wrap items-end gap-3 print:hidden"
      >
        <div className="grow sm:max-w-52">
          <label htmlFor="kind" className="mb-1 block font-semibold">
            {words.kind}
          </label>
          <select key={list.kind} id="kind" name="kind" defaultValue={list.kind} className="control">
            <option value="">{words.every}</option>
            {(['award', 'penalty'] as const).map((kind) => (
              <option key={kind} value={kind}>
                {entryWords.kinds[kind]}
              </option>
            ))}
          </select>
        </div>
        <Button kind="secondary">{words.apply}</Button>
      </form>
      <Table
        caption={words.list}
        captionHidden
        rowHeader="number"
        columns={columns}
        empty={words.empty}
        rows={list.rows.map((row) => ({ id: row.id, cells: cellsOf(row) }))}
      />
      <Pager
        first={list.continued ? paths.conductEntries({ kind: list.kind }) : null}
        next={list.next ? paths.conductEntries({ kind: list.kind, after: list.next }) : null}
      />
    </Page>
  )
}

const columns = (['number', 'person', 'what', 'decided', 'state', 'action'] as const).map((key) => ({
  key,
  label: words.columns[key],
}))

const cellsOf = (row: EntryLine) => ({
  number: <a href={paths.reviewCase(row.caseId)}>{row.number}</a>,
  person: row.person,
  what: (
    <>
      <span className="block">
        {entryWords.kinds[row.kind]} · {row.what}
      </span>
      <span className="block text-hint text-ink-2">{row.department}</span>
    </>
  ),
  decided: row.decidedOn,
  state: (
    <span className="flex flex-wrap gap-2">
      <Badge tone={row.stands ? 'good' : 'quiet'}>{row.state}</Badge>
      {row.late ? <Badge tone="warn">{entryWords.late}</Badge> : null}
      {row.published ? <Badge tone="info">{entryWords.published}</Badge> : null}
    </span>
  ),
  action:
    row.mayBecome === null ? null : (
      <form action={publish}>
        <input type="hidden" name="entry" value={row.id} />
        <input type="hidden" name="become" value={row.mayBecome} />
        <Button kind="quiet" about={words.aboutEntry(row.what, row.number)}>
          {row.mayBecome === 'published' ? words.publish : words.unpublish}
        </Button>
      </form>
    ),
})
