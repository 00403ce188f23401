import type { Search } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { RefreshWhile } from '#app/_ui/live/refresh-while.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Table } from '#app/_ui/table.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { instantWords, monthWords } from '#lib/text/dates.ts'
import { rowCount, exportsWords as words } from '#lib/text/exports.ts'
import { slotWords } from '#lib/text/ui.ts'
import { type ExportLine, type ExportState, exportList } from '#lib/views/exports.ts'
import { remove } from './actions.ts'

export const metadata = { title: words.title }

/** 我的导出 (ADM-2). With script it shows how far a file is by itself; without, by its link. */
export default async function ExportsPage({ searchParams }: { searchParams: Search }) {
  const { actor } = await staffPage()
  const d = await deps()
  const { rows, running } = await found(exportList(d, actor))
  const { done } = await searchParams
  const told = typeof done === 'string' && Object.hasOwn(words.told, done) ? words.told[done] : undefined
  return (
    <Page
      width="wide"
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead(d.env.limits.exportDays)}
      beside={
        <LinkButton kind="primary" href={paths.exportNew()}>
          {words.begin}
        </LinkButton>
      }
    >
      {told ? <Notice kind="good">{told}</Notice> : null}
      <div className="mb-4 flex flex-wrap items-center gap-3 print:hidden">
        <p role="status" className="text-ink-2 empty:hidden">
          {running > 0 ? words.running(running) : ''}
        </p>
        {running > 0 ? (
          <>
            <LinkButton kind="quiet" href={paths.exports()}>
              {words.refresh}
            </LinkButton>
            <RefreshWhile />
          </>
        ) : null}
      </div>
      <Table
        caption={words.list}
        captionHidden
        rowHeader="what"
        columns={columns}
        empty={words.empty}
        rows={rows.map((row) => ({ id: row.id, cells: cellsOf(row) }))}
      />
    </Page>
  )
}

const columns = (['what', 'department', 'at', 'state', 'action'] as const).map((key) => ({
  key,
  label: words.columns[key],
}))

function cellsOf(row: ExportLine) {
  const at = instantWords(row.at)
  const department = row.department || words.everywhere
  const about = words.about(words.kinds[row.kind].name, department, at)
  return {
    what: <What row={row} />,
    department,
    at,
    state: <State state={row.state} />,
    action: (
      <div className="flex flex-wrap gap-2">
        {row.state.is === 'done' ? (
          <form method="post" action={paths.exportFile(row.id)}>
            <Button kind="secondary" about={about}>
              {words.download}
            </Button>
          </form>
        ) : null}
        <form action={remove}>
          <input type="hidden" name="export" value={row.id} />
          <Button kind="quiet" about={about}>
            {words.delete}
          </Button>
        </form>
      </div>
    ),
  }
}

function What({ row }: { row: ExportLine }) {
  const what = row.exam ? words.exam(row.exam) : words.months(monthWords(row.from), monthWords(row.to))
  return (
    <>
      <span className="block">{words.kinds[row.kind].name}</span>
      <span className="block text-hint font-normal text-ink-2">
        {[words.formats[row.format], what, row.full ? words.full : '']
          .filter((part) => part !== '')
          .join(' · ')}
      </span>
    </>
  )
}

function State({ state }: { state: ExportState }) {
  switch (state.is) {
    case 'waiting':
      return <Badge tone="quiet">{words.states.waiting}</Badge>
    case 'writing':
      return <Badge tone="info">{words.states.writing(state.percent)}</Badge>
    case 'failed':
      return (
        <>
          <Badge tone="bad">{words.states.failed}</Badge>
          <span className="mt-1 block max-w-measure text-hint text-ink-2">
            {words.why[state.why](state.limit)}
          </span>
        </>
      )
    case 'done':
      return (
        <>
          <Badge tone="good">{words.states.done}</Badge>
          <span className="mt-1 block text-hint text-ink-2">
            {words.done(rowCount(state.rows), slotWords.bytes(state.bytes))}
          </span>
          <span className="block text-hint text-ink-2">{words.until(instantWords(state.until))}</span>
        </>
      )
  }
}
