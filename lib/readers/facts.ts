/**
 * What a machine can say of a submission without asking anybody (CHK-3). For reviewers alone: what is seen in somebody else's
 * case is not the applicant's to know. Params name no person.
 */
import {
  addMonths,
  isMonth,
  monthIndex,
  monthOf,
  ongoing,
  type Period,
  unionMonths,
} from '#lib/domain/months.ts'
import { identityCheckCharacter } from '#lib/schemas/checksum.ts'
import { checkCreditCode } from '#lib/schemas/credit-code.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { mainRow, type Row, sharedRow, valueOf } from '#lib/sections/define.ts'
import type { Draft } from './draft.ts'
import { applies } from './examine.ts'

/** `good` agrees, `warn` is to be looked at, `bad` does not agree, `quiet` is neither. */
export type FactTone = 'good' | 'warn' | 'bad' | 'quiet'

export interface Fact {
  /** Its words stand in `lib/text/facts.ts`. */
  readonly code: string
  readonly section: string
  readonly rowId: string
  /** A field key, `slot:<slot>`, or '' for the row or list as a whole. */
  readonly target: string
  readonly tone: FactTone
  readonly params: Readonly<Record<string, string | number>>
}

export interface FactsAsked {
  readonly sections: readonly SectionId[]
  readonly draft: Draft
  /** What registration knows of the person. */
  readonly person: {
    readonly idType: string
    readonly number: string
    readonly birth: string
    readonly sex: string
  }
  /** By file: in how many other people's cases the same picture stands. */
  readonly elsewhere: ReadonlyMap<string, number>
}

/** A longer pause between two jobs is told, in months. */
export const longestGap = 3

/** Where registration's own answers stand in a snapshot. */
const registered = { section: 'registration', rowId: mainRow }

const citizenTypes: ReadonlySet<string> = new Set([
  'mainland_id',
  'hkmo_residence',
  'tw_residence',
  'foreign_pr_card',
])

/** GB 11643: check digit, birth and sex as the number tells them, against what is registered. */
function numberFacts({ idType, number, birth, sex }: FactsAsked['person']): Fact[] {
  if (!citizenTypes.has(idType) || !/^\d{17}[\dX]$/.test(number)) return []
  const told = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  const differs = (code: string, target: string): Fact => ({
    ...registered,
    code,
    target,
    tone: 'bad',
    params: {},
  })
  const wrong = [
    ...(identityCheckCharacter(number.slice(0, 17)) === number.charAt(17)
      ? []
      : [differs('id-digit-differs', 'number')]),
    ...(told === birth ? [] : [differs('id-birth-differs', 'birth')]),
    ...((Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female') === sex
      ? []
      : [differs('id-sex-differs', 'sex')]),
  ]
  return wrong.length > 0
    ? wrong
    : [{ ...registered, code: 'id-agrees', target: 'number', tone: 'good', params: {} }]
}

/** What the applicant was told and did not have to change (EDU-6, WRK-1, WRK-5). */
const warningFacts = (section: SectionId, row: Row, draft: Draft): Fact[] =>
  sectionById(section)
    .warnings(row, draft.context)
    .map(({ at, code, params = {} }) => ({
      code,
      section,
      rowId: row.id,
      target: at ?? '',
      tone: 'warn',
      params,
    }))

/** GB 32100: both check digits of a code are right. */
function codeFacts(section: SectionId, row: Row, { context }: Draft): Fact[] {
  const field = sectionById(section).fields.creditCode
  if (!field || !applies(field, row.values, context)) return []
  const read = checkCreditCode(valueOf(row, 'creditCode'))
  return read.ok && read.value.warnings.length === 0
    ? [{ code: 'credit-code-sound', section, rowId: row.id, target: 'creditCode', tone: 'good', params: {} }]
    : []
}

const periodOf = (row: Row): Period | null => {
  const [start, end] = [valueOf(row, 'start'), valueOf(row, 'end')]
  return isMonth(start) && (end === ongoing || isMonth(end)) ? { start, end } : null
}
const periodsOf = (rows: readonly Row[]) => rows.flatMap((row) => periodOf(row) ?? [])

/** Pauses between jobs that are longer than most, each told at the job it ends with. */
function gapFacts(section: SectionId, jobs: readonly Row[]): Fact[] {
  const held = jobs
    .flatMap((row) => {
      const period = periodOf(row)
      return period ? [{ row, period }] : []
    })
    .toSorted((a, b) => monthIndex(a.period.start) - monthIndex(b.period.start))
  let last: string | null = null
  return held.flatMap(({ row, period: { start, end } }): Fact[] => {
    const before = last
    if (last === null || (last !== ongoing && (end === ongoing || end > last))) last = end
    if (before === null || before === ongoing) return []
    const months = monthIndex(start) - monthIndex(before) - 1
    if (months <= longestGap) return []
    const params = { from: addMonths(before, 1), to: addMonths(start, -1), months }
    return [{ code: 'work-gap', section, rowId: row.id, target: 'start', tone: 'quiet', params }]
  })
}

/** Months of work and of accounting work, each counted once; what goes on ends with the month of submission (WRK-2). */
function monthFacts(section: SectionId, jobs: readonly Row[], { context }: Draft): Fact[] {
  const { nested } = sectionById(section)
  if (!nested) return []
  const until = monthOf(context.today)
  const posts = jobs
    .filter((job) => nested.when(job.values, context))
    .flatMap(({ children = [] }) => periodsOf(children))
  const told = (code: string, periods: readonly Period[]): Fact[] =>
    periods.length === 0
      ? []
      : [
          {
            code,
            section,
            rowId: sharedRow,
            target: '',
            tone: 'quiet',
            params: { months: unionMonths(periods, until), until },
          },
        ]
  return [...told('work-months', periodsOf(jobs)), ...told('accounting-months', posts)]
}

/** Of one employer, colleagues may well send the same picture; of everything else there is one for each person. */
const ofEmployer: ReadonlySet<string> = new Set(['creditProof', 'employerStatement'])

const pictureFacts = (section: SectionId, draft: Draft, elsewhere: FactsAsked['elsewhere']): Fact[] =>
  draft.files(section).flatMap(({ rowId, slot, fileId }) => {
    const persons = elsewhere.get(fileId) ?? 0
    return persons === 0
      ? []
      : [
          {
            code: ofEmployer.has(slot) ? 'employer-picture-elsewhere' : 'picture-elsewhere',
            section,
            rowId,
            target: `slot:${slot}`,
            tone: ofEmployer.has(slot) ? 'quiet' : 'bad',
            params: { file: fileId, persons },
          },
        ]
  })

/** Every fact of a submission, in the order of its pages (CHK-3). */
export const factsOf = ({ sections, draft, person, elsewhere }: FactsAsked): Fact[] => [
  ...numberFacts(person),
  ...sections.flatMap((section) => {
    const rows = draft.rows(section)
    return [
      ...monthFacts(section, rows, draft),
      ...gapFacts(section, sectionById(section).nested ? rows : []),
      ...rows.flatMap((row) => [...codeFacts(section, row, draft), ...warningFacts(section, row, draft)]),
      ...pictureFacts(section, draft, elsewhere),
    ]
  }),
]
