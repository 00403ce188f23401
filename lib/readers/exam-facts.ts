/** The approved record, and what was decided about its person, as the conditions of an exam ask it (EXM-2). */
import { ungradedKinds } from '#lib/domain/claims.ts'
import { banUntil } from '#lib/domain/conduct.ts'
import type { Day } from '#lib/domain/days.ts'
import type { ExamFacts } from '#lib/domain/exam-facts.ts'
import { isMonth, monthOf, ongoing, type Period } from '#lib/domain/months.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { type Row, valueOf } from '#lib/sections/define.ts'

/** As `openRecord` has it; sealed values are not read. */
export interface ExamRecord {
  readonly proposals: ReadonlyMap<string, { readonly rows: readonly Row[] }>
  readonly files: readonly { readonly section: string; readonly rowId: string; readonly slot: string }[]
}
/** As the table `conduct` has it. */
export interface ExamConduct {
  readonly id: string
  readonly kind: string
  readonly nature: string
  readonly decidedOn: Day
  readonly revokedAt: Date | null
}

const periodOf = (row: Row, startKey: string, endKey: string): Period | null => {
  const [start, end] = [valueOf(row, startKey), valueOf(row, endKey)]
  return isMonth(start) && (end === ongoing || isMonth(end)) ? { start, end } : null
}

/** What says that an education abroad is recognised here (EDU-3). */
const confirmation = 'overseasReport'

/** `today` tells a graduation that is expected from one that was. */
export function examFacts(
  { proposals, files }: ExamRecord,
  conduct: readonly ExamConduct[],
  today: Day,
): ExamFacts {
  const rows = (section: SectionId) => proposals.get(section)?.rows ?? []
  const confirmed = new Set(
    files
      .filter(({ section, slot }) => section === 'education' && slot === confirmation)
      .map((one) => one.rowId),
  )
  return {
    studies: rows('education').flatMap((row) => {
      const period = periodOf(row, 'enrolled', 'graduated')
      if (!period) return []
      return {
        id: row.id,
        level: valueOf(row, 'level'),
        degree: valueOf(row, 'degree'),
        fullTime: valueOf(row, 'mode') === 'full_time',
        enrolled: period.start,
        graduated: period.end,
        finished: period.end !== ongoing && period.end <= monthOf(today),
        recognised: valueOf(row, 'place') === 'domestic' || confirmed.has(row.id),
      }
    }),
    jobs: rows('employment').flatMap((row) => {
      const period = periodOf(row, 'start', 'end')
      if (!period || valueOf(row, 'accounting') !== 'yes') return []
      const posts = (row.children ?? []).flatMap((post) => periodOf(post, 'start', 'end') ?? [])
      return { id: row.id, ...period, posts }
    }),
    qualifications: rows('qualifications').flatMap((row) => {
      const [kind, obtained] = [valueOf(row, 'kind'), valueOf(row, 'obtained')]
      if (!isMonth(obtained)) return []
      const graded = (key: string) => (ungradedKinds.has(kind) ? '' : valueOf(row, key))
      return { id: row.id, kind, level: graded('level'), way: graded('way'), obtained }
    }),
    bans: conduct.flatMap(({ id, kind, nature, decidedOn, revokedAt }) => {
      const until = kind === 'penalty' && revokedAt === null ? banUntil({ nature, decidedOn }) : null
      return until === null ? [] : { id, from: decidedOn, until }
    }),
  }
}
