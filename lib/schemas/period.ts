/** Rules over periods of whole months and over days of a life, shared by every section and case kind that has them (EDU-2, WRK-5). */
import { z } from 'zod'
import { ageAt, isDay } from '#lib/domain/days.ts'
import { crosses, isMonth, ongoing } from '#lib/domain/months.ts'
import { type Issue, issue } from '#lib/domain/result.ts'

interface Held {
  readonly id: string
  readonly values: Readonly<Record<string, string>>
}
const read = (row: Held, key: string) => row.values[key] ?? ''

/** A month as kept: `YYYY-MM`. */
const monthSchema = z.string().refine(isMonth, { error: 'month-invalid' })
const periodSchema = z
  // Drafts hold anything, and zod asks a refinement of the whole even where a part was refused.
  .object({ start: monthSchema, end: z.union([monthSchema, z.literal(ongoing)]) })
  .refine(({ start, end }) => end === ongoing || !isMonth(start) || !isMonth(end) || end >= start, {
    error: 'period-order',
    path: ['end'],
  })

const periodOf = (row: Held, start: string, end: string) =>
  periodSchema.safeParse({ start: read(row, start), end: read(row, end) })

/** EDU-2: the end is not before the start, whose field the issue names. Incomplete periods are not judged here. */
export const startsBeforeEnd = (start: string, end: string, fault: Record<string, string>) => ({
  code: 'period-order',
  reads: [start, end],
  fault,
  check: (row: Held): readonly Issue[] => {
    const period = periodOf(row, start, end)
    return period.error?.issues.some(({ message }) => message === 'period-order')
      ? [issue(end, 'period-order', { start })]
      : []
  },
})

/** EDU-2: not before birth. */
export const notBeforeBirth = (start: string, fault: Record<string, string>) => ({
  code: 'before-birth',
  reads: [start],
  fault,
  check: (row: Held, { person }: { person: { birth: string } }): readonly Issue[] =>
    person.birth !== '' && isMonth(read(row, start)) && read(row, start) < person.birth.slice(0, 7)
      ? [issue(start, 'before-birth')]
      : [],
})

/** AWD-1: not before somebody was so many years old. */
export const notBeforeAge = (day: string, years: number, fault: Record<string, string>) => ({
  code: 'before-age',
  reads: [day],
  fault,
  check: (row: Held, { person }: { person: { birth: string } }): readonly Issue[] =>
    person.birth !== '' && isDay(read(row, day)) && ageAt(person.birth, read(row, day)) < years
      ? [issue(day, 'before-age', { limit: years })]
      : [],
})

/** EDU-2: rows must not cross; each crossing is told at both rows and names the other one's number and period. */
export const noCrossing = (start: string, end: string) => ({
  code: 'period-crossing',
  check: (rows: readonly Held[]) => {
    const held = rows.flatMap((row, index) => {
      const period = periodOf(row, start, end)
      return period.success ? [{ row, period: period.data, position: index + 1 }] : []
    })
    return held.flatMap((one) =>
      held
        .filter((other) => other !== one && crosses(one.period, other.period))
        .map((other) => ({
          rowId: one.row.id,
          issue: issue(start, 'period-crossing', {
            position: other.position,
            start: other.period.start,
            end: other.period.end,
          }),
        })),
    )
  },
})
