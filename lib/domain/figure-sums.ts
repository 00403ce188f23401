/** What rows of figures add up to (ADM-2): sums, rates, percentiles and ages. Nothing here divides by zero. */
import type { Measure } from './figures.ts'
import { addMonths, type Month } from './months.ts'

/** A number as it is kept. `period` is `YYYY-MM`, or '' for now. */
export interface KeptFigure {
  readonly period: string
  readonly measure: string
  readonly bucket: string
  readonly value: number
}

export type Sums = ReadonlyMap<string, number>

/** One measure by bucket, over the periods asked for. Two halves of a move may be added up apart, so what is below zero is none. */
export function sumsOf(
  rows: readonly KeptFigure[],
  measure: Measure,
  inPeriod: (period: string) => boolean = () => true,
): Sums {
  const of = rows.filter((row) => row.measure === measure && inPeriod(row.period))
  const sums = summedBy(of.map(({ bucket, value }) => [bucket, value] as const))
  return new Map([...sums].filter(([, value]) => value > 0))
}

export function summedBy(counts: Iterable<readonly [key: string, value: number]>): Sums {
  const sums = new Map<string, number>()
  for (const [key, value] of counts) sums.set(key, (sums.get(key) ?? 0) + value)
  return sums
}

/** All of them, or those whose bucket is asked for. */
export const totalOf = (sums: Sums, isAsked: (bucket: string) => boolean = () => true): number =>
  [...sums].reduce((sum, [bucket, value]) => sum + (isAsked(bucket) ? value : 0), 0)

/** 0 … 1; null where there is nothing it could be a part of. */
export const rateOf = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null)

/** The smallest number that at least `percent` of all reach or stay below (nearest rank); null for none. */
export function percentileOf(counts: Iterable<readonly [number, number]>, percent: number): number | null {
  const rising = [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => a - b)
  const all = rising.reduce((sum, [, count]) => sum + count, 0)
  let reached = 0
  for (const [number, count] of rising) {
    reached += count
    // Whole numbers alone: 0.9 is no fraction of two.
    if (reached * 100 >= percent * all) return number
  }
  return null
}

export const ageBands = ['to-25', 'to-35', 'to-45', 'to-55', 'from-56', 'none'] as const
export type AgeBand = (typeof ageBands)[number]

const lastAges: readonly (readonly [number, AgeBand])[] = [
  [25, 'to-25'],
  [35, 'to-35'],
  [45, 'to-45'],
  [55, 'to-55'],
]

/** Of whoever turns so old in that year: only the year of a birth is counted. */
function ageBandOf(born: string, year: number): AgeBand {
  if (!/^\d{4}$/.test(born)) return 'none'
  const age = year - Number(born)
  return lastAges.find(([last]) => age <= last)?.[1] ?? 'from-56'
}

export const byAge = (born: Sums, year: number): Sums =>
  summedBy([...born].map(([bucket, value]) => [ageBandOf(bucket, year), value] as const))

/** The last so many months, this one last. */
export const monthsTo = (month: Month, count: number): readonly Month[] =>
  Array.from({ length: count }, (_, index) => addMonths(month, index - count + 1))
