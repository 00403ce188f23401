import type { ReactNode } from 'react'
import { numberWords, rateWords, figuresWords as words } from '#lib/text/figures.ts'
import type { FiguresPage } from '#lib/views/figures.ts'

const { tiles } = words

interface TileProps {
  label: string
  hint: string
  children: ReactNode
  /** Something to be done about. */
  isBad?: boolean
}

function Tile({ label, hint, isBad = false, children }: TileProps) {
  return (
    <div
      className={`flex flex-col rounded-md border border-l-4 p-4 ${isBad ? 'border-bad bg-bad-soft' : 'border-l-brand'}`}
    >
      <dt className="text-ink-2">{label}</dt>
      <dd className="text-h2 font-semibold tabular-nums">{children}</dd>
      <dd className="text-hint text-ink-2">{hint}</dd>
    </div>
  )
}

const grid = 'grid grid-cols-[repeat(auto-fill,minmax(9.25rem,1fr))] gap-3 lg:grid-cols-5'

/** What there is now. */
export function TilesNow({ now }: { now: FiguresPage['shown']['now'] }) {
  return (
    <section aria-labelledby="now">
      <h2 id="now" className="mb-3 text-h2">
        {words.now}
      </h2>
      <dl className={grid}>
        <Tile {...tiles.people}>{numberWords(now.people)}</Tile>
        <Tile label={tiles.waiting.label} hint={tiles.waiting.hint(now.free, now.inReview)}>
          {numberWords(now.waiting)}
        </Tile>
        <Tile {...tiles.overdue} isBad={now.overdue > 0}>
          {numberWords(now.overdue)}
        </Tile>
        <Tile {...tiles.soon}>{numberWords(now.soon)}</Tile>
        <Tile {...tiles.returned}>{numberWords(now.returned)}</Tile>
      </dl>
    </section>
  )
}

/** What was decided in the months asked for. */
export function TilesOfPeriod({ period }: { period: FiguresPage['shown']['period'] }) {
  const { decided } = tiles
  return (
    <dl className={grid}>
      <Tile
        label={decided.label}
        hint={decided.hint(period.approved, period.returned, period.refused, period.overdue)}
      >
        {numberWords(period.decided)}
      </Tile>
      <Tile {...tiles.rate}>{rateWords(period.returnRate)}</Tile>
      <Tile {...tiles.median}>{words.dayCount(period.median)}</Tile>
      <Tile {...tiles.ninetieth}>{words.dayCount(period.ninetieth)}</Tile>
      <Tile {...tiles.first}>{rateWords(period.firstRound)}</Tile>
    </dl>
  )
}
