/** 教育经历 of somebody (EDU-1 … EDU-6). */
import { majors, oldDiploma, schoolKinds } from '#db/seed/country-words.ts'
import { addMonths, type Month, ongoing } from '#lib/domain/months.ts'
import type { Row, Values } from '#lib/sections/define.ts'
import { type Drawing, later, rowId, type Situation } from './drawing.ts'

/** September of the year in which somebody is so old. */
const schoolYear = ({ person }: Drawing, age: number): Month => `${Number(person.birth.slice(0, 4)) + age}-09`
const juneAfter = (start: Month, years: number): Month => `${Number(start.slice(0, 4)) + years}-06`

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

export function educationOf(drawing: Drawing, situation: Situation): readonly Row[] {
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
