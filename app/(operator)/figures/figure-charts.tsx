import { ChartCard, Histogram, HorizontalBars, MonthBars, NumberTable } from '#app/_ui/charts.tsx'
import { caseStateWords } from '#lib/text/collection.ts'
import { monthWords } from '#lib/text/dates.ts'
import { daysLabel, numberWords, rateWords, figuresWords as words } from '#lib/text/figures.ts'
import { caseKindWords, reasonWords } from '#lib/text/review.ts'
import type { FiguresPage } from '#lib/views/figures.ts'

type Shown = FiguresPage['shown']

const { charts } = words
const mostRead = 3

/** The largest few in words. */
const summaryOf = (bars: readonly { label: string; value: number }[]) =>
  charts.summary(
    bars
      .filter(({ value }) => value > 0)
      .toSorted((a, b) => b.value - a.value)
      .slice(0, mostRead)
      .map(({ label, value }) => charts.part(label, value)),
  )
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0)
const wordOf = (words: Readonly<Record<string, string>>, id: string) => words[id] ?? id

/** What became of cases: where they stand, month by month, how long it took and what was wrong. */
export function CaseCharts({ shown }: { shown: Shown }) {
  return (
    <section aria-labelledby="cases" className="space-y-4">
      <h2 id="cases" className="text-h2">
        {words.cases}
      </h2>
      <States {...shown.states} />
      <Months monthly={shown.monthly} />
      <div className="gap-4 space-y-4 lg:columns-2">
        <Days days={shown.days} />
        <Reasons reasons={shown.reasons} />
      </div>
    </section>
  )
}

const drawnFlows = ['submitted', 'approved', 'returned'] as const
const listedFlows = [...drawnFlows, 'refused', 'byCheck'] as const

function Months({ monthly }: { monthly: Shown['monthly'] }) {
  const { months } = words
  const top = Math.max(...monthly.flatMap((one) => drawnFlows.map((flow) => one[flow])))
  const isEmpty = monthly.every((one) => listedFlows.every((flow) => one[flow] === 0))
  return (
    <ChartCard
      title={months.title}
      note={months.note}
      isEmpty={isEmpty}
      table={{
        columns: [months.month, ...listedFlows.map((flow) => months.columns[flow])],
        rows: monthly.map((one) => ({
          id: one.month,
          head: monthWords(one.month),
          cells: listedFlows.map((flow) => numberWords(one[flow])),
        })),
        total: {
          id: 'total',
          head: charts.total,
          cells: listedFlows.map((flow) => numberWords(sum(monthly.map((one) => one[flow])))),
        },
      }}
    >
      <div className="grid gap-6 md:grid-cols-3">
        {drawnFlows.map((flow) => {
          const bars = monthly.map((one) => ({
            month: one.month,
            label: monthWords(one.month),
            value: one[flow],
          }))
          return (
            <div key={flow}>
              <p className="font-medium">{months.columns[flow]}</p>
              <MonthBars
                id={`months-${flow}`}
                title={`${months.title}：${months.columns[flow]}`}
                summary={summaryOf(bars)}
                top={top}
                bars={bars}
              />
            </div>
          )
        })}
      </div>
    </ChartCard>
  )
}

function Days({ days }: { days: Shown['days'] }) {
  const total = sum(days.map(({ value }) => value))
  const bars = days.map((one) => ({ label: daysLabel(one.days), value: one.value }))
  return (
    <ChartCard
      title={words.days.title}
      note={words.days.note}
      isEmpty={total === 0}
      table={{
        columns: [words.days.column, charts.unit.cases, charts.share],
        rows: bars.map(({ label, value }) => ({
          id: label,
          head: label,
          cells: [numberWords(value), rateWords(value / total)],
        })),
        total: { id: 'total', head: charts.total, cells: [numberWords(total), rateWords(1)] },
      }}
    >
      <Histogram
        id="days"
        title={words.days.title}
        summary={summaryOf(bars.map(({ label, value }) => ({ label: words.days.of(label), value })))}
        bars={bars}
      />
    </ChartCard>
  )
}

function Reasons({ reasons }: { reasons: Shown['reasons'] }) {
  const bars = reasons.map(({ id, value }) => ({ label: wordOf(reasonWords, id), value }))
  return (
    <ChartCard
      title={words.reasons.title}
      note={words.reasons.note}
      isEmpty={reasons.length === 0}
      table={{
        columns: [
          words.reasons.column,
          charts.unit.times,
          charts.share,
          words.reasons.again,
          words.reasons.againShare,
        ],
        rows: reasons.map(({ id, value, share, again, againRate }) => ({
          id,
          head: wordOf(reasonWords, id),
          cells: [numberWords(value), rateWords(share), numberWords(again), rateWords(againRate)],
        })),
      }}
    >
      <HorizontalBars id="reasons" title={words.reasons.title} summary={summaryOf(bars)} bars={bars} />
    </ChartCard>
  )
}

/** Where cases stand now, by kind: numbers alone say it. */
function States({ states, kinds, all }: Shown['states']) {
  return (
    <section className="break-inside-avoid rounded-md border p-4 sm:p-6">
      <h3 className="mb-3 text-h3">{words.states.title}</h3>
      {kinds.length === 0 ? (
        <p className="text-ink-2">{charts.none}</p>
      ) : (
        <NumberTable
          caption={words.states.title}
          columns={[words.states.kind, ...states.map((state) => caseStateWords[state]), words.states.total]}
          rows={kinds.map(({ kind, values, total }) => ({
            id: kind,
            head: Object.hasOwn(caseKindWords, kind)
              ? caseKindWords[kind as keyof typeof caseKindWords].name
              : kind,
            cells: [...values, total].map(numberWords),
          }))}
          total={{
            id: 'total',
            head: words.states.total,
            cells: [...all.values, all.total].map(numberWords),
          }}
        />
      )}
    </section>
  )
}

const topicOrder = ['sex', 'age', 'title', 'education', 'unit', 'industry'] as const

/** Who is in the record, by one topic after another. */
export function PeopleCharts({ people }: { people: Shown['people'] }) {
  return (
    <section aria-labelledby="people" className="space-y-4">
      <h2 id="people" className="text-h2">
        {words.people}
      </h2>
      <div className="gap-4 space-y-4 lg:columns-2">
        {topicOrder.map((topic) => {
          const { title, note, word } = words.topics[topic]
          const bars = people[topic].map(({ id, value }) => ({ label: word(id), value }))
          const total = sum(bars.map(({ value }) => value))
          return (
            <ChartCard
              key={topic}
              title={title}
              note={note}
              isEmpty={total === 0}
              table={{
                columns: [title, charts.unit.people, charts.share],
                rows: people[topic].map(({ id, value, share }) => ({
                  id,
                  head: word(id),
                  cells: [numberWords(value), rateWords(share)],
                })),
                total: { id: 'total', head: charts.total, cells: [numberWords(total), rateWords(1)] },
              }}
            >
              <HorizontalBars id={`people-${topic}`} title={title} summary={summaryOf(bars)} bars={bars} />
            </ChartCard>
          )
        })}
      </div>
    </section>
  )
}
