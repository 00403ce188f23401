/**
 * Charts drawn on the server (ADM-2): attributes alone, percentages across and em down, so that type keeps its size on any
 * window. Each is one image to who cannot see it, with its words; `ChartCard` puts the numbers beneath, where they are the truth.
 */
import { scaleBand, scaleLinear } from 'd3-scale'
import type { ReactNode } from 'react'
import { numberWords, shortNumber, figuresWords as words } from '#lib/text/figures.ts'
import { Chevron } from './panel.tsx'

interface Bar {
  readonly label: string
  readonly value: number
}
interface ChartProps<B extends Bar> {
  /** Of this chart alone on its page. */
  id: string
  title: string
  /** What it shows, read out instead of it. */
  summary: string
  bars: readonly B[]
}

const em = (count: number) => `${count.toFixed(2)}em`
const percent = (share: number) => `${share.toFixed(2)}%`
const tip = ({ label, value }: Bar) => `${label}：${numberWords(value)}`

function Drawing({
  id,
  title,
  summary,
  height,
  children,
}: Omit<ChartProps<Bar>, 'bars'> & { height: number; children: ReactNode }) {
  return (
    <svg
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-summary`}
      width="100%"
      height={em(height)}
      className="overflow-visible text-hint tabular-nums"
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-summary`}>{summary}</desc>
      {children}
    </svg>
  )
}

/** So many ideographs fit on a phone in 长辈版. */
const longestLine = 14

/** One line, or two of about the same length, broken after a mark where there is one near the middle. */
function linesOf(label: string): readonly string[] {
  const letters = [...label]
  if (letters.length <= longestLine) return [label]
  const middle = Math.ceil(letters.length / 2)
  const marked = [0, -1, 1, -2, 2, -3, 3].map((step) => middle + step)
  const at = marked.find((place) => /[，、（]/u.test(letters[place - 1] ?? '')) ?? middle
  return [letters.slice(0, at).join(''), letters.slice(at).join('')]
}

const lineHeight = 1.5
const barHeight = 0.9
const barGap = 0.75
/** Percent of the width; what is left is for the number behind the longest bar. */
const longestBar = 66

/** Lying bars, each beneath its label and before its number. */
export function HorizontalBars({ bars, ...about }: ChartProps<Bar>) {
  const across = scaleLinear([0, Math.max(1, ...bars.map(({ value }) => value))], [0, longestBar])
  let height = 0
  const drawn = bars.map((bar) => {
    const lines = linesOf(bar.label)
    const top = height
    const barTop = top + lines.length * lineHeight
    height = barTop + barHeight + barGap
    return { bar, lines, top, barTop, width: bar.value === 0 ? 0 : Math.max(across(bar.value), 0.7) }
  })
  return (
    <Drawing {...about} height={height}>
      {drawn.map(({ bar, lines, top, barTop, width }) => (
        <g key={bar.label}>
          <title>{tip(bar)}</title>
          {lines.map((line, index) => (
            <text key={line} x="0" y={em(top + (index + 1) * lineHeight - 0.4)} className="fill-ink-2">
              {line}
            </text>
          ))}
          <rect x="0" y={em(barTop)} width={percent(width)} height={em(barHeight)} className="fill-brand" />
          <line
            x1="0"
            x2="0"
            y1={em(barTop - 0.15)}
            y2={em(barTop + barHeight + 0.15)}
            strokeWidth="2"
            className="stroke-edge"
          />
          <text
            x={percent(width)}
            dx="0.4em"
            y={em(barTop + barHeight - 0.1)}
            className="fill-ink font-medium"
          >
            {numberWords(bar.value)}
          </text>
        </g>
      ))}
    </Drawing>
  )
}

const plotTop = 0.8
const plotHeight = 7
/** Percent of the width; what is left is for the numbers of the lines. */
const plotWidth = 80

interface Column extends Bar {
  /** Beneath the column; '' for most where there are many. */
  readonly mark: string
  /** Beneath that. */
  readonly under?: string
}

/** Standing bars from left to right. `top` is the highest value of all charts that are compared. */
function Columns({ bars, top, ...about }: ChartProps<Column> & { top?: number }) {
  const highest = top ?? Math.max(...bars.map(({ value }) => value))
  const up = scaleLinear([0, Math.max(1, highest)], [0, plotHeight]).nice(3)
  const along = scaleBand(
    bars.map((_, index) => index),
    [0, plotWidth],
  )
    .paddingInner(0.2)
    .paddingOuter(0.1)
  const base = plotTop + plotHeight
  const isDeep = bars.some(({ under }) => under)
  return (
    <Drawing {...about} height={base + (isDeep ? 3 : 1.7)}>
      {up
        .ticks(3)
        .filter(Number.isInteger)
        .map((tick) => (
          <g key={tick}>
            <line
              x1="0"
              x2={percent(plotWidth)}
              y1={em(base - up(tick))}
              y2={em(base - up(tick))}
              className={tick === 0 ? 'stroke-edge' : 'stroke-line'}
            />
            <text x={percent(plotWidth)} dx="0.5em" y={em(base - up(tick) + 0.35)} className="fill-ink-3">
              {shortNumber(tick)}
            </text>
          </g>
        ))}
      {bars.map((bar, index) => {
        const left = along(index) ?? 0
        const tall = bar.value === 0 ? 0 : Math.max(up(bar.value), 0.12)
        return (
          <g key={bar.label}>
            <title>{tip(bar)}</title>
            <rect
              x={percent(left)}
              y={em(base - tall)}
              width={percent(along.bandwidth())}
              height={em(tall)}
              className="fill-brand"
            />
            {bar.mark ? (
              <text
                x={percent(left + along.bandwidth() / 2)}
                y={em(base + 1.3)}
                textAnchor="middle"
                className="fill-ink-3"
              >
                {bar.mark}
              </text>
            ) : null}
            {bar.under ? (
              <text x={percent(left)} y={em(base + 2.6)} className="fill-ink-3">
                {bar.under}
              </text>
            ) : null}
          </g>
        )
      })}
    </Drawing>
  )
}

interface MonthBar extends Bar {
  /** `YYYY-MM` */
  readonly month: string
}

/** How many months lie from one mark to the next, so that marks never touch. */
const stepOf = (months: number) => (months <= 3 ? 1 : months <= 12 ? 3 : 6)
/** A year needs this share of the width, or the next one would touch it. */
const yearShare = 0.2

/** A column for each month; `top` as for small multiples. */
export function MonthBars({ bars, ...rest }: ChartProps<MonthBar> & { top: number }) {
  const step = stepOf(bars.length)
  const numberOf = ({ month }: MonthBar) => Number(month.slice(5))
  const january = bars.findIndex((bar) => numberOf(bar) === 1)
  const isFirstNamed = january < 0 || january / bars.length >= yearShare
  const columns = bars.map((bar, index) => ({
    ...bar,
    mark: numberOf(bar) % step === 1 % step ? words.months.number(numberOf(bar)) : '',
    under:
      numberOf(bar) === 1 || (index === 0 && isFirstNamed) ? words.months.year(bar.month.slice(0, 4)) : '',
  }))
  return <Columns bars={columns} {...rest} />
}

/** How often each whole number; every fifth and the last are marked. */
export function Histogram({ bars, ...rest }: ChartProps<Bar>) {
  const columns = bars.map((bar, index) => ({
    ...bar,
    mark: index % 5 === 0 || index === bars.length - 1 ? bar.label : '',
  }))
  return <Columns bars={columns} {...rest} />
}

export interface NumberRow {
  readonly id: string
  readonly head: string
  readonly cells: readonly string[]
}
interface NumberTableProps {
  caption: string
  /** The first is over the names of the rows. */
  columns: readonly string[]
  rows: readonly NumberRow[]
  total?: NumberRow
}

/** Numbers in columns, at the same width on any window; where they do not fit, they move sideways. */
export function NumberTable({ caption, columns, rows, total }: NumberTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section aria-label={caption} tabIndex={0} className="overflow-x-auto">
      <table className="numbers">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows, ...(total ? [total] : [])].map(({ id, head, cells }) => (
            <tr key={id} className={id === total?.id ? 'font-semibold' : undefined}>
              <th scope="row">{head}</th>
              {cells.map((cell, index) => (
                <td key={columns[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A chart under its heading, and its table in a fold that paper opens. Without data neither. */
export function ChartCard({
  title,
  note,
  isEmpty,
  children,
  table,
}: {
  title: string
  note?: string | undefined
  isEmpty: boolean
  children: ReactNode
  table: Omit<NumberTableProps, 'caption'>
}) {
  return (
    <section className="break-inside-avoid rounded-md border p-4 sm:p-6 print:break-inside-auto">
      <h3 className="text-h3">{title}</h3>
      {note ? <p className="mt-1 text-hint text-ink-2">{note}</p> : null}
      {isEmpty ? (
        <p className="mt-3 text-ink-2">{words.charts.none}</p>
      ) : (
        <>
          <figure className="mt-4">{children}</figure>
          <details className="group fold-on-screen mt-2">
            <summary className="inline-flex min-h-target items-center gap-2 text-hint font-medium text-brand marker:content-none print:hidden">
              <Chevron />
              {words.charts.table}
              <span className="sr-only">：{title}</span>
            </summary>
            <NumberTable caption={title} {...table} />
          </details>
        </>
      )}
    </section>
  )
}
