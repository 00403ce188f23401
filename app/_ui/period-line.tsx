import { monthWords } from '#lib/text/dates.ts'
import { periodWords } from '#lib/text/ui.ts'

interface LinePeriod {
  label: string
  /** `YYYY-MM` */
  start: string
  /** Null for a period without an end yet. */
  end: string | null
  /** It crosses another one. */
  bad: boolean
}
interface PeriodLineProps {
  periods: readonly LinePeriod[]
  /** The months the line runs between, both inside. */
  from: string
  to: string
}

const laneHeight = 14
const barHeight = 8

/** Months since year 0; NaN for what is no month. */
const place = (month: string) => {
  const [year, number] = month.split('-')
  return Number(year) * 12 + Number(number) - 1
}
const words = ({ label, start, end }: LinePeriod) =>
  periodWords.one(label, monthWords(start), end === null ? periodWords.ongoing : monthWords(end))

/** The first lane whose bars do not share more than an end month with this one. */
function lanesOf(spans: readonly { first: number; last: number }[]): number[] {
  const lanes: { first: number; last: number }[][] = []
  return spans.map((span) => {
    const free = lanes.findIndex((lane) =>
      lane.every(({ first, last }) => span.first >= last || span.last <= first),
    )
    const lane = free < 0 ? lanes.length : free
    lanes[lane] = [...(lanes[lane] ?? []), span]
    return lane
  })
}

/** A thin line of time above a list: where periods lie, touch and cross. Percentages, so that the type keeps its size. */
export function PeriodLine({ periods, from, to }: PeriodLineProps) {
  const first = place(from)
  const months = place(to) - first + 1
  const drawn = periods
    .map((period) => ({
      period,
      first: place(period.start),
      last: period.end === null ? place(to) : place(period.end),
    }))
    .filter((span) => span.first <= span.last)
  if (!(months > 0) || drawn.length === 0) return null
  const lanes = lanesOf(drawn)
  const depth = (Math.max(...lanes) + 1) * laneHeight
  const percent = (count: number) => `${((count / months) * 100).toFixed(2)}%`
  return (
    <figure className="mb-6 print:hidden">
      <figcaption className="sr-only">{periodWords.title(drawn.length)}</figcaption>
      <svg
        width="100%"
        height={depth + 30}
        role="img"
        aria-label={drawn.map(({ period }) => words(period)).join('；')}
      >
        <line x1="0" x2="100%" y1={depth + 3} y2={depth + 3} className="stroke-edge" />
        {drawn.map(({ period, first: start, last }, index) => (
          <rect
            key={words(period)}
            x={percent(start - first)}
            y={(lanes[index] ?? 0) * laneHeight}
            width={percent(last - start + 1)}
            height={barHeight}
            rx="2"
            strokeWidth="2"
            className={period.bad ? 'fill-bad-soft stroke-bad' : 'fill-brand stroke-paper'}
            strokeDasharray={period.bad ? '4 3' : undefined}
          >
            <title>{period.bad ? `${words(period)}（${periodWords.crossing}）` : words(period)}</title>
          </rect>
        ))}
        <text x="0" y={depth + 24} className="fill-ink-3 text-hint">
          {monthWords(from)}
        </text>
        <text x="100%" y={depth + 24} textAnchor="end" className="fill-ink-3 text-hint">
          {monthWords(to)}
        </text>
      </svg>
    </figure>
  )
}
