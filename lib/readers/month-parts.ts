/** A month taken apart for its two controls. Drafts hold anything: `2010-`, `-09`, `20x-13`. */
import { ongoing } from '#lib/domain/months.ts'

export interface MonthParts {
  readonly year: string
  /** `01` to `12`, or '' where it is none of these. */
  readonly month: string
  readonly open: boolean
}

export function monthParts(value: string): MonthParts {
  if (value === ongoing) return { year: '', month: '', open: true }
  const dash = value.lastIndexOf('-')
  const [year, month] = dash < 0 ? [value, ''] : [value.slice(0, dash), value.slice(dash + 1)]
  return { year, month: /^(0[1-9]|1[0-2])$/.test(month) ? month : '', open: false }
}

/** `01` to `12`. */
export const monthNumbers: readonly string[] = Array.from({ length: 12 }, (_, i) =>
  String(i + 1).padStart(2, '0'),
)
