import { Badge } from '#app/_ui/badge.tsx'
import { Table } from '#app/_ui/table.tsx'
import { paths } from '#lib/paths.ts'
import { dayWords, instantWords } from '#lib/text/dates.ts'
import { numberWords, figuresWords as words } from '#lib/text/figures.ts'
import { caseKindWords } from '#lib/text/review.ts'
import type { FiguresPage } from '#lib/views/figures.ts'

const workKeys = ['name', 'inHand', 'month', 'period'] as const

/** Who does how much at this very department (REV-7). */
export function Workload({ work }: { work: NonNullable<FiguresPage['work']> }) {
  const rows = work.lines.map(({ id, name, awayUntil, inHand, month, period }) => ({
    id,
    cells: {
      name: (
        <span className="flex flex-wrap items-center gap-x-2">
          {name}
          {awayUntil === '' ? null : <Badge tone="quiet">{words.work.away(dayWords(awayUntil))}</Badge>}
        </span>
      ),
      inHand: numberWords(inHand),
      month: numberWords(month),
      period: numberWords(period),
    },
  }))
  const others = {
    id: 'others',
    cells: {
      name: (
        <>
          {words.work.others}
          <span className="block text-hint text-ink-2">{words.work.othersHint}</span>
        </>
      ),
      inHand: '—',
      month: numberWords(work.others.month),
      period: numberWords(work.others.period),
    },
  }
  return (
    <section aria-labelledby="work">
      <h2 id="work" className="text-h2">
        {words.work.title}
      </h2>
      <p className="mt-1 mb-3 text-hint text-ink-2">{words.work.note}</p>
      <Table
        caption={words.work.title}
        captionHidden
        rowHeader="name"
        columns={workKeys.map((key) => ({
          key,
          label: words.work.columns[key],
          isNumber: key !== 'name',
        }))}
        rows={work.others.period > 0 ? [...rows, others] : rows}
      />
      {work.more ? <p className="mt-3 text-ink-2">{words.work.more(work.most)}</p> : null}
    </section>
  )
}

const lateKeys = ['number', 'kind', 'department', 'by', 'at'] as const

/** Returns for what was there to be seen before (REV-4); nothing where there were none. */
export function LateReturns({ count, rows }: { count: number; rows: FiguresPage['late'] }) {
  if (rows.length === 0) return null
  return (
    <section aria-labelledby="late">
      <h2 id="late" className="text-h2">
        {words.late.title}
      </h2>
      <p className="mt-1 mb-3 max-w-measure text-hint text-ink-2">
        {words.late.note}
        {words.late.count(count)}
      </p>
      <Table
        caption={words.late.title}
        captionHidden
        rowHeader="number"
        columns={lateKeys.map((key) => ({ key, label: words.late.columns[key] }))}
        rows={rows.map(({ id, caseId, number, kind, department, by, at }) => ({
          id,
          cells: {
            number: caseId ? <a href={paths.reviewCase(caseId)}>{number}</a> : number,
            kind: caseKindWords[kind].name,
            department,
            by,
            at: at ? instantWords(at) : '',
          },
        }))}
      />
    </section>
  )
}
