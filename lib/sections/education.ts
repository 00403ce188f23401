import { isMonth } from '#lib/domain/months.ts'
import { issue } from '#lib/domain/result.ts'
import {
  checkCertificateNumber,
  degreeFitWarnings,
  degreeWarnings,
  diplomaWarnings,
  isFreeTextCertificate,
} from '#lib/schemas/certificate-number.ts'
import { noCrossing, notBeforeBirth, startsBeforeEnd } from '#lib/schemas/period.ts'
import {
  type Context,
  choice,
  type Failure,
  listSection,
  month,
  type Row,
  type SlotNeed,
  type SlotScene,
  slot,
  text,
  valueOf,
  type When,
} from './define.ts'
import { degrees, educationLevels, levelRank, studyPlaces, trainingModes } from './options.ts'

const rankOf = (level: string) => levelRank[level] ?? 0
const tertiary: When = ({ level = '' }) => rankOf(level) >= 2
/** Still studying: 在读, or an expected graduation that lies ahead (EDU-2). */
const current: When = ({ graduated = '' }, { today }) =>
  graduated === 'ongoing' || (isMonth(graduated) && graduated > today.slice(0, 7))
const obtained = (row: Row, context: Context) =>
  isMonth(valueOf(row, 'graduated')) && !current(row.values, context)
const studying = (rows: readonly Row[], context: Context) => rows.some((row) => current(row.values, context))
const highest = (rows: readonly Row[]) =>
  rows.reduce<Row | null>(
    (best, row) => (best && rankOf(valueOf(best, 'level')) >= rankOf(valueOf(row, 'level')) ? best : row),
    null,
  )
const highestObtained = (rows: readonly Row[], context: Context) =>
  highest(rows.filter((row) => obtained(row, context)))
/** Of what is not studied any more, whether its months are in order or not; null where there is none. */
export const highestFinished = (rows: readonly Row[], context: Context) =>
  highest(rows.filter((row) => !current(row.values, context)))

/** No register can know it (EDU-3, EDU-5): abroad, before 2001, or below 大专. */
const beyondRegisters = (row: Row) =>
  valueOf(row, 'place') === 'overseas' ||
  rankOf(valueOf(row, 'level')) < 2 ||
  valueOf(row, 'graduated') < '2001-01'

/** Where a register was asked and did not confirm what the row still says, proofs are needed; where that was mended, they may be added. */
const askedFor = (failure: Failure, questioned: boolean): SlotNeed =>
  failure === 'stands' ? 'required' : failure === 'mended' || questioned ? 'open' : 'closed'

/** Certificate of what was obtained: from the start where no register can know it, and the highest one of a student (EDU-4). */
const diplomaNeed = ({ row, rows, context, questioned, failed }: SlotScene): SlotNeed => {
  if (!obtained(row, context) || valueOf(row, 'level') === '') return 'closed'
  if (beyondRegisters(row)) return 'required'
  if (studying(rows, context) && highestObtained(rows, context)?.id === row.id) return 'required'
  return askedFor(failed('education'), questioned)
}
const bachelorAndAbove = (row: Row) => rankOf(valueOf(row, 'level')) >= 3
const hasDegree: When = ({ degree = '' }) => degree !== 'none' && degrees.some((id) => id === degree)
/** Registers and their layout of numbers know what was obtained in the mainland only. */
const domestic = (row: Row) => valueOf(row, 'place') === 'domestic'

/** EDU-6 */
const certificateIssues = (number: string, at: string, { place = '', graduated = '' }: Row['values']) => {
  const result = checkCertificateNumber(number, {
    at,
    freeText: isFreeTextCertificate(place === 'overseas', graduated),
  })
  return result.ok ? [] : result.issues
}

/** 教育经历 (EDU-1 … EDU-6). */
export const education = listSection('education', {
  fields: {
    place: choice('studyPlace', studyPlaces),
    mode: choice('trainingMode', trainingModes),
    school: text({ max: 100, min: 2 }),
    level: choice('educationLevel', educationLevels, { as: 'select' }),
    degree: choice('degree', degrees, { as: 'select' }),
    major: text({ max: 60, when: tertiary }),
    enrolled: month(),
    graduated: month({ orOngoing: 'studying', future: 8 }),
    diplomaNo: text({
      max: 40,
      seal: 'number',
      when: (values, context) => tertiary(values, context) && !current(values, context),
      rule: (number, values) => certificateIssues(number, 'diplomaNo', values),
    }),
    degreeNo: text({
      max: 40,
      seal: 'number',
      when: hasDegree,
      rule: (number, values) => certificateIssues(number, 'degreeNo', values),
    }),
  },
  slots: {
    diploma: slot('proof', diplomaNeed, { or: 'schoolStatement' }),
    // EDU-3: 学位 has a certificate of its own, and a check of its own.
    degreeCertificate: slot(
      'proof',
      ({ row, context, questioned, failed }) => {
        if (!hasDegree(row.values, context) || !obtained(row, context)) return 'closed'
        // A degree that does not fit is told of and not refused (EDU-6), so a register may not know it.
        if (!bachelorAndAbove(row)) return askedFor(failed('degree'), false)
        if (beyondRegisters(row)) return domestic(row) ? 'required' : 'open'
        return askedFor(failed('degree'), questioned)
      },
      { or: 'schoolStatement' },
    ),
    chsiReport: slot('proof', ({ row, context, questioned, failed }) => {
      const issued =
        bachelorAndAbove(row) &&
        domestic(row) &&
        obtained(row, context) &&
        valueOf(row, 'graduated') >= '2008-01'
      if (!issued) return 'closed'
      const stands = [failed('education'), failed('degree')].includes('stands')
      return askedFor(stands ? 'stands' : (failed('education') ?? failed('degree')), questioned)
    }),
    overseasReport: slot('proof', ({ row, context }) =>
      valueOf(row, 'place') === 'overseas' && bachelorAndAbove(row) && obtained(row, context)
        ? 'required'
        : 'closed',
    ),
    schoolStatement: slot('proof', (scene) => (diplomaNeed(scene) === 'closed' ? 'closed' : 'open')),
    studyProof: slot('proof', ({ row, context }) => (current(row.values, context) ? 'required' : 'closed')),
  },
  rowRules: [
    startsBeforeEnd('enrolled', 'graduated', { enrolled: '2010-09', graduated: '2010-08' }),
    notBeforeBirth('enrolled', { enrolled: '1960-09' }),
  ],
  listRules: [
    noCrossing('enrolled', 'graduated'),
    {
      code: 'education-required',
      check: (rows) => (rows.length === 0 ? [{ rowId: null, issue: issue(null, 'education-required') }] : []),
    },
    {
      // EDU-1: what is not finished has not been awarded.
      code: 'degree-not-yet-obtained',
      check: (rows, context) =>
        rows
          .filter(({ values }) => current(values, context) && hasDegree(values, context))
          .map(({ id }) => ({ rowId: id, issue: issue('degree', 'degree-not-yet-obtained') })),
    },
    {
      // EDU-4: a student lists the highest one obtained beside the current one.
      code: 'student-needs-obtained',
      check: (rows, context) =>
        studying(rows, context) && !rows.some((row) => obtained(row, context))
          ? [{ rowId: null, issue: issue(null, 'student-needs-obtained') }]
          : [],
    },
    {
      code: 'situation-student-needs-current',
      check: (rows, context) =>
        !context.ofRecord && context.situation === 'student' && rows.length > 0 && !studying(rows, context)
          ? [{ rowId: null, issue: issue(null, 'situation-student-needs-current') }]
          : [],
    },
    {
      // SCO-2, class 4: 博士学位 with its number.
      code: 'scope-needs-doctor',
      check: (rows, context) =>
        context.scope === 'intermediate_candidate_phd' &&
        rows.length > 0 &&
        !rows.some((row) => valueOf(row, 'degree') === 'doctor' && obtained(row, context))
          ? [{ rowId: null, issue: issue(null, 'scope-needs-doctor') }]
          : [],
    },
  ],
  warnings: (row, context) => {
    const { level = '', degree = '', graduated = '', diplomaNo = '', degreeNo = '' } = row.values
    const numbered = domestic(row) && obtained(row, context)
    return [
      ...(numbered && tertiary(row.values, context) ? diplomaWarnings(diplomaNo, { graduated, level }) : []),
      ...(numbered && hasDegree(row.values, context) ? degreeWarnings(degreeNo, { graduated, degree }) : []),
      ...degreeFitWarnings(level, degree),
    ]
  },
  // EDU-3: 学历 and 学位 are looked up apart.
  claims: (row, context) =>
    beyondRegisters(row) || !obtained(row, context)
      ? []
      : ['education', ...(hasDegree(row.values, context) ? (['degree'] as const) : [])],
})
