import { scaleQuantile } from 'd3-scale'
import { numberWords, provinceNames, figuresWords as words } from '#lib/text/figures.ts'
import type { FiguresPage } from '#lib/views/figures.ts'
import type { BeneathLine } from '#lib/views/figures-beneath.ts'

type Unit = 'people' | 'waiting' | 'overdue'
type Grid = NonNullable<FiguresPage['beneath']['grid']>

/** None, few, some, many: the number says it too. */
const shades = [
  'border-line bg-panel text-ink-2',
  'border-edge bg-paper text-ink',
  'border-brand bg-brand-soft text-ink',
  'border-brand bg-brand text-paper hover:text-paper',
] as const
const steps = [0, 1, 2, 3] as const
type Step = (typeof steps)[number]

/** Written out, because a class that is put together is not found. */
const columnStarts = [
  'col-start-1',
  'col-start-2',
  'col-start-3',
  'col-start-4',
  'col-start-5',
  'col-start-6',
  'col-start-7',
  'col-start-8',
] as const
const rowStarts = [
  'row-start-1',
  'row-start-2',
  'row-start-3',
  'row-start-4',
  'row-start-5',
  'row-start-6',
  'row-start-7',
  'row-start-8',
] as const

/** Thirds of the places that have any. */
function stepper(values: readonly number[]): (value: number) => Step {
  const some = values.filter((value) => value > 0)
  if (some.length === 0) return () => 0
  const third = scaleQuantile<Step>(some, [1, 2, 3])
  return (value) => (value === 0 ? 0 : third(value))
}

interface Props {
  grid: Grid
  unit: Unit
  addressOf: (id: string) => string
}

/** First-level divisions as equal squares at fixed places, not a map; phones have the table beneath alone. */
export function DivisionTiles({ grid: { tiles, others }, unit, addressOf }: Props) {
  const lines = [...tiles.flatMap(({ line }) => line ?? []), ...others]
  const stepOf = stepper(lines.map((line) => line[unit]))
  const tileOf = (line: BeneathLine, name: string) => (
    <a
      href={addressOf(line.id)}
      className={`flex h-full min-h-target flex-col items-center justify-center rounded-md border-2 p-1 text-center no-underline hover:underline ${shades[stepOf(line[unit])]}`}
    >
      <span className="font-medium">{name}</span>
      <span className="text-hint tabular-nums">{words.grid.tile(line[unit], unit)}</span>
    </a>
  )
  return (
    <div className="mb-6 max-lg:hidden">
      <h3 className="text-h3">{words.grid.title[unit]}</h3>
      <p className="mt-1 mb-3 text-hint text-ink-2">{words.grid.note}</p>
      <div className="flex flex-wrap items-start gap-x-10 gap-y-6">
        <ul className="grid w-full max-w-[50rem] grid-cols-8 gap-1.5">
          {tiles.map(({ place: { code, row, column }, line }) => (
            <li
              key={code}
              className={`aspect-square ${rowStarts[row - 1] ?? ''} ${columnStarts[column - 1] ?? ''}`}
            >
              {line ? (
                tileOf(line, provinceNames[code] ?? line.name)
              ) : (
                <span className="flex h-full flex-col items-center justify-center rounded-md border border-dashed border-edge p-1 text-center text-ink-2">
                  {provinceNames[code]}
                  <span className="text-hint">{words.grid.outside}</span>
                </span>
              )}
            </li>
          ))}
        </ul>
        <div className="min-w-64 flex-1 space-y-6">
          <Legend values={lines.map((line) => line[unit])} stepOf={stepOf} />
          {others.length > 0 ? (
            <div>
              <h4 className="mb-2 font-medium">{words.grid.others}</h4>
              <ul className="grid grid-cols-2 gap-1.5">
                {others.map((line) => (
                  <li key={line.id}>{tileOf(line, line.name)}</li>
                ))}
              </ul>
            </div>
          ) : null}
        </div>
      </div>
    </div>
  )
}

/** What a shade means, by the numbers that have it. */
function Legend({ values, stepOf }: { values: readonly number[]; stepOf: (value: number) => Step }) {
  return (
    <ul className="space-y-1 text-hint">
      {steps.map((step) => {
        const held = values.filter((value) => stepOf(value) === step)
        if (held.length === 0) return null
        const [least, most] = [Math.min(...held), Math.max(...held)]
        return (
          <li key={step} className="flex items-center gap-2">
            <span aria-hidden="true" className={`size-5 rounded-sm border-2 ${shades[step]}`} />
            {words.grid.steps[step]}
            <span className="tabular-nums">
              {least === most ? numberWords(least) : `${numberWords(least)}–${numberWords(most)}`}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
