import type { ReactNode } from 'react'
import { Badge } from '#app/_ui/badge.tsx'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList } from '#app/_ui/errors.tsx'
import { PeriodLine } from '#app/_ui/period-line.tsx'
import { Slots } from '#app/_ui/slot.tsx'
import { Table } from '#app/_ui/table.tsx'
import type { Echo } from '#lib/action/echo.ts'
import { anchorOf, paths } from '#lib/paths.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { valueOf } from '#lib/sections/define.ts'
import { collectionWords as words } from '#lib/text/collection.ts'
import { common, type SectionWords, sectionWords } from '#lib/text/sections.ts'
import { filledResume } from '#lib/text/templates.ts'
import type { Desk } from '#lib/views/collection.ts'
import { type ListRowView, type ListView, listView } from '#lib/views/collection-rows.ts'
import { shownIssues } from '#lib/views/issues-shown.ts'
import { insteadOfResume } from '#lib/views/materials.ts'
import { addRow, removePicture, removeRow } from '../collection/actions.ts'
import { CheckMark } from './checks.tsx'
import { Done, ReturnNotice } from './parts.tsx'
import { WarningMark } from './warnings.tsx'

/** The columns a list shows of its rows: the answers that tell one row from another. */
const columns: Readonly<Partial<Record<SectionId, readonly string[]>>> = {
  education: ['school', 'level'],
  employment: ['employer'],
  qualifications: ['kind', 'level', 'certificateNo', 'obtained'],
}
/** Where rows are periods: the months they run between, and what to call them on the line of time. */
const periods: Readonly<Partial<Record<SectionId, { start: string; end: string; label: string }>>> = {
  education: { start: 'enrolled', end: 'graduated', label: 'school' },
  employment: { start: 'start', end: 'end', label: 'employer' },
}

interface Props {
  desk: Desk
  section: SectionId
  echo: Echo | null
  done: string | string[] | undefined
  children: ReactNode
}

/** The rows of a list and what can be done to them; at its foot what the page around it goes on with. */
export function ListBody({ desk, section, echo, done, children }: Props) {
  const view = listView(desk, section, echo?.issues ?? [])
  const text: SectionWords = sectionWords[section]
  const keys = columns[section] ?? []
  const period = periods[section]
  const issues = shownIssues(
    [],
    view.shared,
    view.issues.filter(({ at }) => !view.shared.some((slot) => slot.at === at)),
  ).map((one) =>
    one.at?.startsWith('row:') ? { ...one, href: desk.places.row(section, one.at.slice(4)) } : one,
  )
  return (
    <>
      <ErrorList issues={issues} token={echo?.id} />
      <Done done={done} />
      <ReturnNotice desk={desk} section={section} />
      <Periods section={section} view={view} today={desk.draft.context.today} />
      <Table
        caption={text.title}
        captionHidden
        rowHeader={keys[0] ?? ''}
        empty={text.none}
        columns={[
          ...keys.map((key) => ({ key, label: text.fields[key]?.label ?? key })),
          ...(period ? [{ key: 'period', label: words.period }] : []),
          { key: 'state', label: words.steps },
          { key: 'actions', label: '' },
        ]}
        rows={view.rows.map((row) => ({
          id: row.row.id,
          cells: {
            ...Object.fromEntries(keys.map((key) => [key, answerOf(row, key)])),
            ...(period
              ? { period: <Span from={answerOf(row, period.start)} to={answerOf(row, period.end)} /> }
              : {}),
            state: <RowState row={row} href={desk.places.row(section, row.row.id)} />,
            actions: <RowActions desk={desk} section={section} row={row} />,
          },
        }))}
      />
      <form action={addRow} className="mt-4">
        <input type="hidden" name="section" value={section} />
        <input type="hidden" name="desk" value={desk.places.kind} />
        <Button kind="secondary">{words.add}</Button>
      </form>
      {view.shared.length > 0 ? (
        <section className="mt-8" aria-labelledby="shared">
          <h2 id="shared" className="mb-2 text-h2">
            {words.shared}
          </h2>
          <p className="mb-4 max-w-measure text-ink-2">
            {words.sharedLead(insteadOfResume(desk.draft))}{' '}
            <a href={paths.collectionResume}>{filledResume.link}</a>{' '}
            <a href={paths.template('resume')}>{words.template}</a>
          </p>
          <Slots
            slots={view.shared}
            remove={removePicture}
            hidden={{ case: desk.file.case.id, section, page: '', desk: desk.places.kind }}
          />
        </section>
      ) : null}
      {children}
    </>
  )
}

const answerOf = (row: ListRowView, key: string) =>
  row.answers.answers.find((answer) => answer.key === key)?.shown ?? ''

/** A period in one line, or the second month in the next. */
export const Span = ({ from, to }: { from: string; to: string }) => (
  <>
    <span className="whitespace-nowrap">{common.period(from, '')}</span>
    <wbr />
    <span className="whitespace-nowrap">{to}</span>
  </>
)

const RowState = ({ row, href }: { row: ListRowView; href: string }) => (
  <span className="flex flex-wrap items-center gap-1">
    <Filled row={row} />
    {row.warned ? <WarningMark href={href} about={row.title} /> : null}
    <CheckMark mark={row.mark} />
  </span>
)

function Filled({ row }: { row: ListRowView }) {
  if (row.returned) return <Badge tone="bad">{words.rowReturned}</Badge>
  return row.problems > 0 ? (
    <Badge tone="warn">{words.rowPartial(row.problems)}</Badge>
  ) : (
    <Badge tone="good">{words.rowComplete}</Badge>
  )
}

function RowActions({ desk, section, row }: { desk: Desk; section: SectionId; row: ListRowView }) {
  const href = desk.places.row(section, row.row.id)
  return (
    <div
      id={anchorOf(`row:${row.row.id}`)}
      className="flex flex-wrap items-center gap-x-1 lg:flex-nowrap lg:whitespace-nowrap"
    >
      {desk.places.kind === 'collection' ? (
        <LinkButton kind="quiet" href={`${href}?view=1`} about={row.title}>
          {words.view1}
        </LinkButton>
      ) : null}
      <LinkButton kind="quiet" href={href} about={row.title}>
        {words.edit}
      </LinkButton>
      <details className="group">
        <summary
          className="button button-quiet text-bad marker:content-none"
          aria-label={`${words.remove} ${row.title}`}
        >
          {words.remove}
        </summary>
        <form action={removeRow} className="rounded-md border bg-paper p-3">
          <input type="hidden" name="case" value={desk.file.case.id} />
          <input type="hidden" name="section" value={section} />
          <input type="hidden" name="desk" value={desk.places.kind} />
          <input type="hidden" name="row" value={row.row.id} />
          <input type="hidden" name="rev" value={row.row.rev} />
          <p className="mb-2 text-hint text-ink-2">{words.removeAsk}</p>
          <Button kind="danger" about={row.title}>
            {words.removeConfirm}
          </Button>
        </form>
      </details>
    </div>
  )
}

const isMonth = (text: string) => /^\d{4}-\d{2}$/.test(text)

function Periods({ section, view, today }: { section: SectionId; view: ListView; today: string }) {
  const keys = periods[section]
  if (!keys || sectionById(section).shape !== 'list') return null
  const lines = view.rows.flatMap(({ row, crossing }) => {
    const start = valueOf(row, keys.start)
    const end = valueOf(row, keys.end)
    if (!isMonth(start) || !(isMonth(end) || end === 'ongoing') || (isMonth(end) && end < start)) return []
    return [{ label: valueOf(row, keys.label), start, end: end === 'ongoing' ? null : end, bad: crossing }]
  })
  if (lines.length < 2) return null
  const from = lines.reduce(
    (least, { start }) => (start.localeCompare(least) < 0 ? start : least),
    today.slice(0, 7),
  )
  const to = lines.reduce((most, { end }) => (end !== null && end > most ? end : most), today.slice(0, 7))
  return <PeriodLine periods={lines} from={from} to={to} />
}
