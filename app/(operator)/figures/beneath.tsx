import { Badge } from '#app/_ui/badge.tsx'
import { Table } from '#app/_ui/table.tsx'
import { numberWords, rateWords, figuresWords as words } from '#lib/text/figures.ts'
import type { FiguresPage } from '#lib/views/figures.ts'
import { type BeneathLine, type BeneathSort, beneathSorts, mostBeneath } from '#lib/views/figures-beneath.ts'
import { DivisionTiles } from './division-tiles.tsx'

const keys = ['name', 'people', 'waiting', 'overdue', 'decided', 'rate'] as const
const columns = keys.map((key) => ({
  key,
  label: words.beneath.columns[key],
  isNumber: key !== 'name',
}))

interface Props {
  page: FiguresPage
  name: string
  addressOf: (id: string | undefined, sort?: BeneathSort) => string
}

/** The departments beneath, each leading to its own page; of the whole country first as squares. */
export function Beneath({ page: { beneath, node }, name, addressOf }: Props) {
  const { lines, grid, sort, more } = beneath
  if (lines.length === 0) return null
  const title = node === null ? words.beneath.divisions : words.beneath.title
  return (
    <section aria-labelledby="beneath">
      <h2 id="beneath" className="mb-2 text-h2">
        {title}
      </h2>
      <Sorts sort={sort} addressOf={(one) => `${addressOf(node?.id, one)}#beneath`} />
      {grid ? (
        <DivisionTiles grid={grid} unit={sort === 'name' ? 'waiting' : sort} addressOf={addressOf} />
      ) : null}
      <Table
        caption={`${name} · ${title}`}
        captionHidden
        rowHeader="name"
        columns={columns}
        rows={lines.map((line) => ({ id: line.id, cells: cellsOf(line, addressOf(line.id)) }))}
      />
      {more ? <p className="mt-3 text-ink-2">{words.beneath.more(mostBeneath)}</p> : null}
    </section>
  )
}

function Sorts({ sort, addressOf }: { sort: BeneathSort; addressOf: (sort: BeneathSort) => string }) {
  return (
    <nav aria-label={words.beneath.sort} className="mb-3 flex flex-wrap items-center gap-x-4 print:hidden">
      <span aria-hidden="true" className="text-hint text-ink-2">
        {words.beneath.sort}
      </span>
      {beneathSorts.map((one) => (
        <a
          key={one}
          href={addressOf(one)}
          aria-current={one === sort ? 'true' : undefined}
          className={`inline-flex min-h-target items-center px-1 ${one === sort ? 'font-semibold text-ink no-underline' : ''}`}
        >
          {words.beneath.sorts[one]}
        </a>
      ))}
    </nav>
  )
}

const cellsOf = (line: BeneathLine, address: string) => ({
  name: (
    <span className="flex flex-wrap items-center gap-x-2">
      <a href={address} className="-my-2 inline-flex min-h-target items-center">
        {line.name}
      </a>
      {line.isUnattended ? <Badge tone="warn">{words.beneath.unattended}</Badge> : null}
      {line.isActive ? null : <Badge tone="quiet">{words.beneath.closed}</Badge>}
    </span>
  ),
  people: numberWords(line.people),
  waiting: numberWords(line.waiting),
  overdue:
    line.overdue > 0 ? (
      <span className="font-semibold text-bad">{numberWords(line.overdue)}</span>
    ) : (
      numberWords(0)
    ),
  decided: numberWords(line.decided),
  rate: rateWords(line.returnRate),
})
