/** What somebody types into 信息采集: rows that satisfy every rule on the day they are sent. */
import {
  brands,
  certificateIssuers,
  estates,
  homeAddress,
  majors,
  oldDiploma,
  roads,
  schoolKinds,
  streetAddress,
  unitKinds,
} from '#db/seed/country-words.ts'
import { addMonths, type Month, monthIndex, ongoing } from '#lib/domain/months.ts'
import { creditCheckCharacter, organisationCheckCharacter } from '#lib/schemas/checksum.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { mainRow, type Row, type Values } from '#lib/sections/define.ts'
import { ethnicities, politicalStatuses } from '#lib/sections/options.ts'
import type { Someone } from './person.ts'
import type { Place } from './places.ts'
import type { Random } from './random.ts'

export type Typed = ReadonlyMap<SectionId, readonly Row[]>

interface Drawing {
  readonly random: Random
  readonly person: Someone
  readonly place: Place
  /** The month of the submission. */
  readonly month: Month
}
type Situation = 'employed' | 'student' | 'other'

const form = (values: Values): readonly Row[] => [{ id: mainRow, rev: 1, values }]
const rowId = (index: number) => `row00${index + 1}`
const later = (a: Month, b: Month) => (a > b ? a : b)
/** The month somebody is so old. */
const whenAged = ({ person }: Drawing, age: number): Month => addMonths(person.birth.slice(0, 7), age * 12)
const monthsBetween = (from: Month, to: Month) => monthIndex(to) - monthIndex(from)
/** September of the year in which somebody is so old. */
const schoolYear = ({ person }: Drawing, age: number): Month => `${Number(person.birth.slice(0, 4)) + age}-09`
const juneAfter = (start: Month, years: number): Month => `${Number(start.slice(0, 4)) + years}-06`

const streetIn = ({ random, place }: Drawing) =>
  streetAddress(place.cityName, random.pick(roads), 1 + random.int(400))

const addressIn = (drawing: Drawing) => {
  const { random } = drawing
  return homeAddress(streetIn(drawing), random.pick(estates), 1 + random.int(30), 101 + random.int(2500))
}

const noStudies = { major: '', diplomaNo: '', degreeNo: '' }
const diplomaCodes: Readonly<Record<string, string>> = {
  doctor_program: '01',
  master_program: '02',
  bachelor_program: '05',
  junior_college: '06',
}
const degreeOf: Readonly<Record<string, readonly [degree: string, digit: string]>> = {
  bachelor_program: ['bachelor', '4'],
  master_program: ['master', '3'],
  doctor_program: ['doctor', '2'],
}

/** A study that was finished. */
function finished({ random, place }: Drawing, level: string, enrolled: Month, graduated: Month): Values {
  const year = graduated.slice(0, 4)
  const kind = level === 'junior_college' ? 'college' : 'university'
  const school =
    place.cityName + random.pick(schoolKinds[level === 'secondary_specialized' ? 'secondary' : kind])
  const common = {
    place: 'domestic',
    mode: random.chance(0.75) ? 'full_time' : 'part_time',
    school,
    level,
    enrolled,
    graduated,
  }
  if (level === 'secondary_specialized') return { ...common, ...noStudies, degree: 'none' }
  const code = `1${random.digits(4)}`
  const serial = random.int(1_000_000)
  const isOld = graduated < '2001-01'
  const [degree, digit] = degreeOf[level] ?? ['none', '']
  const counted = String(serial).padStart(6, '0')
  return {
    ...common,
    major: random.pick(majors),
    diplomaNo: isOld ? oldDiploma(year, serial) : `${code}1${year}${diplomaCodes[level]}${counted}`,
    degree,
    degreeNo:
      degree === 'none' ? '' : isOld ? oldDiploma(year, serial + 1) : `${code}${digit}${year}${counted}`,
  }
}

/** How a course of studies goes: levels with the age of its beginning and its years. */
const courses: readonly (readonly (readonly [level: string, age: number, years: number])[])[] = [
  [['secondary_specialized', 16, 3]],
  [['junior_college', 19, 3]],
  [['junior_college', 19, 3]],
  [['bachelor_program', 19, 4]],
  [['bachelor_program', 19, 4]],
  [['bachelor_program', 19, 4]],
  [
    ['junior_college', 19, 3],
    ['bachelor_program', 23, 3],
  ],
  [
    ['bachelor_program', 19, 4],
    ['master_program', 23, 3],
  ],
]

function educationOf(drawing: Drawing, situation: Situation): readonly Row[] {
  const { random, month } = drawing
  if (situation === 'student') {
    const begun = later(schoolYear(drawing, 19), addMonths(month, -36))
    const values = { ...noStudies, place: 'domestic', mode: 'full_time', degree: 'none' }
    const { school } = finished(drawing, 'bachelor_program', begun, begun)
    return [
      {
        ...values,
        ...finished(
          drawing,
          'secondary_specialized',
          schoolYear(drawing, 16),
          juneAfter(schoolYear(drawing, 16), 3),
        ),
      },
      {
        ...values,
        school: school ?? '',
        level: 'bachelor_program',
        major: random.pick(majors),
        enrolled: begun,
        graduated: ongoing,
      },
    ].map((row, index) => ({ id: rowId(index), rev: 1, values: row }))
  }
  const over = random
    .pick(courses)
    .map(([level, age, years]) => {
      const enrolled = schoolYear(drawing, age)
      return { level, enrolled, graduated: juneAfter(enrolled, years) }
    })
    .filter(({ graduated }) => graduated <= month)
  const first = schoolYear(drawing, 16)
  const studies =
    over.length > 0
      ? over
      : [{ level: 'secondary_specialized', enrolled: first, graduated: juneAfter(first, 3) }]
  return studies.map(({ level, enrolled, graduated }, index) => ({
    id: rowId(index),
    rev: 1,
    values: finished(drawing, level, enrolled, graduated),
  }))
}

/** Digits and letters of an organisation code, made up for a unit. */
function creditCodeOf({ random, place }: Drawing): string {
  const body = `MA${random.pick([...'3456789'])}${random.pick([...'ABCDEFGHJKLMNPQRTUWXY'])}${random.digits(4)}`
  // The eighth character makes the check digit a digit: X is none of the alphabet of credit codes.
  const organisation = organisationCheckCharacter(body)
  const head = `91${place.city.slice(0, 4)}98${body}${organisation}`
  return head + creditCheckCharacter(head)
}

interface JobWish {
  readonly start: Month
  readonly end: Month
  readonly accounting: boolean
  /** Of the highest accounting qualification, '' for none. */
  readonly title: string
  readonly titleFrom: Month
}

function jobOf(drawing: Drawing, { start, end, accounting, title, titleFrom }: JobWish, index: number): Row {
  const { random, place, month } = drawing
  const unit = random.pick(unitKinds)
  const id = rowId(index)
  const values = {
    start,
    end,
    employer: `${place.cityName}${random.pick(brands)}${unit.name}`,
    creditCode: creditCodeOf(drawing),
    noCode: '',
    noCodeReason: '',
    employerType: unit.type,
    industry: unit.industry,
    employerAddress: streetIn(drawing),
    employerPhone: `0${100 + random.int(899)}-${2 + random.int(7)}${random.digits(6)}`,
    accounting: accounting ? 'yes' : 'no',
  }
  if (!accounting) return { id, rev: 1, values, children: [] }
  const until = end === ongoing ? month : end
  const middle = addMonths(start, Math.floor(monthsBetween(start, until) / 2))
  const isSplit = monthsBetween(start, until) >= 24 && random.chance(0.5)
  const appointed = later(start, titleFrom)
  const titled = title !== '' && appointed <= until
  const posts = [
    ...(isSplit ? [{ start, end: middle, work: 'cashier', title: '', appointed: '' }] : []),
    {
      start: isSplit ? middle : start,
      end,
      work: random.pick(works),
      title: titled ? title : '',
      appointed: titled ? appointed : '',
    },
  ]
  return {
    id,
    rev: 1,
    values,
    children: posts.map((post, position) => ({ id: `${id}p${position + 1}`, rev: 1, values: post })),
  }
}
const works = [
  'assets_liabilities_equity',
  'revenue_expense',
  'financial_results',
  'financial_reporting',
  'accounting_supervision',
  'accounting_head',
  'other_accounting',
] as const

interface Title {
  readonly level: string
  readonly title: string
  readonly from: Month
}
const titles: readonly (readonly [level: string, title: string, age: number])[] = [
  ['junior', 'assistant_accountant', 22],
  ['junior', 'assistant_accountant', 24],
  ['junior', 'assistant_accountant', 23],
  ['intermediate', 'accountant', 29],
  ['intermediate', 'accountant', 32],
  ['senior', 'senior_accountant', 40],
]
function titleOf(drawing: Drawing): Title | null {
  const [level, title, age] = drawing.random.pick(titles)
  const from = whenAged(drawing, age + drawing.random.int(6))
  return from <= drawing.month ? { level, title, from } : null
}

function qualificationsOf(drawing: Drawing, held: Title | null): readonly Row[] {
  const { random, month } = drawing
  const year = held?.from.slice(0, 4) ?? ''
  const cpaFrom = whenAged(drawing, 30)
  const rows: Values[] = [
    ...(held
      ? [
          {
            kind: 'accounting',
            level: held.level,
            way: held.level === 'senior' ? 'exam_and_review' : 'exam',
            certificateNo: `${year.slice(2)}${drawing.place.city.slice(0, 2)}${random.digits(8)}`,
            obtained: held.from,
            issuer: certificateIssuers.accounting,
          },
        ]
      : []),
    ...(random.chance(0.05) && cpaFrom <= month
      ? [
          {
            kind: 'cpa',
            level: '',
            way: '',
            certificateNo: `${drawing.place.city}${random.digits(6)}`,
            obtained: cpaFrom,
            issuer: certificateIssuers.cpa,
          },
        ]
      : []),
  ]
  // In the order in which the record shows them.
  return rows
    .toSorted((a, b) => ((a.obtained ?? '') < (b.obtained ?? '') ? -1 : 1))
    .map((values, index) => ({ id: rowId(index), rev: 1, values }))
}

/** One job after another, the last one still held or over. */
function employmentOf(drawing: Drawing, situation: Situation, held: Title | null, isAccounting: boolean) {
  if (situation === 'student') return []
  const { random, month } = drawing
  const end = situation === 'employed' ? ongoing : addMonths(month, -1 - random.int(24))
  const last = end === ongoing ? month : end
  const begun = addMonths(whenAged(drawing, 19), random.int(36))
  const span = monthsBetween(begun, last)
  const count = span < 36 ? 1 : 1 + random.int(span < 120 ? 2 : 3)
  const wish = { title: held?.title ?? '', titleFrom: held?.from ?? '' }
  const borders = Array.from({ length: count }, (_, index) =>
    addMonths(begun, Math.floor((Math.max(span, 0) * index) / count)),
  )
  return borders.map((start, index) => {
    const next = borders[index + 1]
    return jobOf(
      drawing,
      {
        ...wish,
        start: next === undefined && start > last ? last : start,
        end: next === undefined ? end : addMonths(next, -1 - random.int(4)),
        accounting: isAccounting && (next === undefined || random.chance(0.6)),
      },
      index,
    )
  })
}

/** Everything this person fills in, for a submission on this day. Who is `working` claims something that a register knows. */
export function collectionRows(
  random: Random,
  person: Someone,
  place: Place,
  { on, working }: { on: string; working: boolean },
): Typed {
  const drawing: Drawing = { random, person, place, month: on.slice(0, 7) }
  const isYoung = person.birth.slice(0, 4) >= String(Number(on.slice(0, 4)) - 24)
  const situation: Situation =
    !working && isYoung && random.chance(0.45) ? 'student' : random.chance(0.06) ? 'other' : 'employed'
  const held = situation === 'student' ? null : titleOf(drawing)
  // Who does no accounting work has a qualification, or wants the first exam.
  const isAccounting = situation !== 'student' && random.chance(0.9)
  const scope = isAccounting
    ? 'accounting_staff'
    : held && situation !== 'student'
      ? 'qualified_not_practising'
      : 'junior_candidate'
  return new Map<SectionId, readonly Row[]>([
    ['department', form({ situation, household: place.city, departmentId: place.department.id })],
    ['scope', form({ scope })],
    [
      'basic',
      form({
        ethnicity: random.chance(0.91) ? '01' : random.pick(ethnicities.slice(1, 56)),
        politics: random.chance(0.6) ? 'masses' : random.pick(politicalStatuses),
        residence: place.city,
        address: addressIn(drawing),
        email: random.chance(0.4) ? `u${random.digits(7)}@example.com` : '',
      }),
    ],
    ['education', educationOf(drawing, situation)],
    ['employment', employmentOf(drawing, situation, held, isAccounting)],
    ['qualifications', qualificationsOf(drawing, held)],
  ])
}
