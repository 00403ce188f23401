/** What the forms about sessions of exams refuse before anything is looked up (EXM-1): every issue at once. */
import { z } from 'zod'
import { type Day, dayOf, isDay } from '#lib/domain/days.ts'
import { type ExamLevel, type ExamWindow, isExamLevel } from '#lib/domain/exams.ts'
import { minuteIn } from '#lib/domain/minutes.ts'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { typed } from './account.ts'
import { normaliseCode } from './normalise.ts'

/** `fee` in 元 for one subject; a 报考点 without seats takes nobody. */
export const examLimits = {
  year: { min: 2020, max: 2099 },
  fee: { min: 0, max: 1000 },
  capacity: { min: 0, max: 200_000 },
  notice: 2000,
  siteName: 40,
} as const

const termsForm = z.object({
  opensAt: typed(40),
  collectBy: typed(40),
  closesAt: typed(40),
  payBy: typed(40),
  fee: typed(40),
})
const sessionForm = termsForm.extend({
  level: typed(20),
  year: typed(40),
  examFrom: typed(40),
  examTo: typed(40),
  notice: typed(8000),
})
const siteForm = z.object({ name: typed(400), city: typed(20), capacity: typed(40) })

export const examInstants = ['opensAt', 'collectBy', 'closesAt', 'payBy'] as const
export type ExamInstant = (typeof examInstants)[number]

/** A window, and what one subject costs, in 分. */
export type TypedTerms = ExamWindow & { readonly fee: number }

export interface TypedSession extends TypedTerms {
  readonly level: ExamLevel
  readonly year: number
  readonly examFrom: Day
  readonly examTo: Day
  readonly notice: string
}

function feeIn(raw: string): Result<number> {
  const [, yuan, fen = ''] = /^(\d{1,4})(?:\.(\d{1,2}))?$/.exec(normaliseCode(raw)) ?? []
  const fee = Number(yuan) * 100 + Number(fen.padEnd(2, '0'))
  if (raw.trim() === '') return refuse(issue('fee', 'required'))
  return yuan !== undefined && fee <= examLimits.fee.max * 100
    ? ok(fee)
    : refuse(issue('fee', 'exam-fee', examLimits.fee))
}

function minute(at: ExamInstant, raw: string): Result<Date> {
  const text = raw.normalize('NFKC').trim()
  if (text === '') return refuse(issue(at, 'required'))
  const found = minuteIn(text)
  return found ? ok(found) : refuse(issue(at, 'instant-invalid'))
}

function day(at: 'examFrom' | 'examTo', raw: string): Result<Day> {
  const text = raw.trim()
  if (text === '') return refuse(issue(at, 'required'))
  return isDay(text) ? ok(text) : refuse(issue(at, 'day-invalid'))
}

const issuesIn = (...read: readonly Result<unknown>[]): Issue[] =>
  read.flatMap((one) => (one.ok ? [] : one.issues))

type Read<T> = { readonly [K in keyof T]: Result<T[K]> }

/** 开始 < 采集截止 ≤ 报名截止 ≤ 缴费截止, of those that could be read; each issue at the later of the two. */
function orderIssues({ opensAt, collectBy, closesAt, payBy }: Read<ExamWindow>): Issue[] {
  const isWithin = (one: Result<Date>, other: Result<Date>, ms: number) =>
    one.ok && other.ok && other.value.getTime() - one.value.getTime() < ms
  return [
    ...(isWithin(opensAt, collectBy, 1) ? [issue('collectBy', 'exam-collect-early')] : []),
    ...(isWithin(collectBy, closesAt, 0) ? [issue('closesAt', 'exam-close-early')] : []),
    ...(isWithin(closesAt, payBy, 0) ? [issue('payBy', 'exam-pay-early')] : []),
  ]
}

const readTerms = (form: z.infer<typeof termsForm>): Read<TypedTerms> => ({
  opensAt: minute('opensAt', form.opensAt),
  collectBy: minute('collectBy', form.collectBy),
  closesAt: minute('closesAt', form.closesAt),
  payBy: minute('payBy', form.payBy),
  fee: feeIn(form.fee),
})

function termsIn(read: Read<TypedTerms>): Result<TypedTerms> {
  const { opensAt, collectBy, closesAt, payBy, fee } = read
  const issues = [...issuesIn(opensAt, collectBy, closesAt, payBy, fee), ...orderIssues(read)]
  if (!opensAt.ok || !collectBy.ok || !closesAt.ok || !payBy.ok || !fee.ok || issues.length > 0)
    return refuse(...issues)
  return ok({
    opensAt: opensAt.value,
    collectBy: collectBy.value,
    closesAt: closesAt.value,
    payBy: payBy.value,
    fee: fee.value,
  })
}

/** Issues at the fields: `required`, `instant-invalid`, `exam-fee`, `exam-collect-early`, `exam-close-early`, `exam-pay-early`. */
export const checkExamTerms = (raw: unknown): Result<TypedTerms> => termsIn(readTerms(termsForm.parse(raw)))

const yearIn = (raw: string): Result<number> => {
  const text = normaliseCode(raw)
  const { min, max } = examLimits.year
  if (text === '') return refuse(issue('year', 'required'))
  return /^\d{4}$/.test(text) && Number(text) >= min && Number(text) <= max
    ? ok(Number(text))
    : refuse(issue('year', 'exam-year', { min, max }))
}

const levelIn = (raw: string): Result<ExamLevel> =>
  isExamLevel(raw) ? ok(raw) : refuse(issue('level', raw === '' ? 'required' : 'not-offered'))

function noticeIn(raw: string): Result<string> {
  const text = raw.normalize('NFC').replaceAll('\r\n', '\n').trim()
  const [measured, limit] = [[...text].length, examLimits.notice]
  return measured > limit ? refuse(issue('notice', 'too-long', { measured, limit })) : ok(text)
}

/** As `checkExamTerms`, and `exam-year`, `not-offered`, `day-invalid`, `exam-days-order`, `exam-day-early`, `too-long`. */
export function checkExamSession(raw: unknown): Result<TypedSession> {
  const form = sessionForm.parse(raw)
  const read = readTerms(form)
  const [level, year, terms] = [levelIn(form.level), yearIn(form.year), termsIn(read)]
  const [examFrom, examTo] = [day('examFrom', form.examFrom), day('examTo', form.examTo)]
  const notice = noticeIn(form.notice)
  const issues = issuesIn(level, year, terms, examFrom, examTo, notice)
  if (read.payBy.ok && examFrom.ok && examFrom.value <= dayOf(read.payBy.value))
    issues.push(issue('examFrom', 'exam-day-early'))
  if (examFrom.ok && examTo.ok && examTo.value < examFrom.value)
    issues.push(issue('examTo', 'exam-days-order'))
  if (!level.ok || !year.ok || !terms.ok || !examFrom.ok || !examTo.ok || !notice.ok || issues.length > 0)
    return refuse(...issues)
  return ok({
    ...terms.value,
    level: level.value,
    year: year.value,
    examFrom: examFrom.value,
    examTo: examTo.value,
    notice: notice.value,
  })
}

export interface TypedSite {
  readonly name: string
  /** GB/T 2260. */
  readonly city: string
  readonly capacity: number
}

/** `isOffered` says which cities may be chosen. Issues at the fields: `required`, `too-long`, `text-characters`, `text-blank`, `not-offered`, `exam-site-capacity`. */
export function checkExamSite(raw: unknown, isOffered: (city: string) => boolean): Result<TypedSite> {
  const form = siteForm.parse(raw)
  const name = siteNameIn(form.name)
  const city: Result<string> = isOffered(form.city)
    ? ok(form.city)
    : refuse(issue('city', form.city === '' ? 'required' : 'not-offered'))
  const capacity = capacityIn(form.capacity)
  if (!name.ok || !city.ok || !capacity.ok) return refuse(...issuesIn(name, city, capacity))
  return ok({ name: name.value, city: city.value, capacity: capacity.value })
}

function siteNameIn(raw: string): Result<string> {
  const text = raw.normalize('NFC').trim().replace(/\s+/gu, ' ')
  const [measured, limit] = [[...text].length, examLimits.siteName]
  if (text === '') return refuse(issue('name', 'required'))
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text)) return refuse(issue('name', 'text-characters'))
  if (measured > limit) return refuse(issue('name', 'too-long', { measured, limit }))
  return /[\p{L}\p{N}]/u.test(text) ? ok(text) : refuse(issue('name', 'text-blank'))
}

function capacityIn(raw: string): Result<number> {
  const text = normaliseCode(raw)
  const { min, max } = examLimits.capacity
  if (text === '') return refuse(issue('capacity', 'required'))
  return /^\d{1,6}$/.test(text) && Number(text) <= max
    ? ok(Number(text))
    : refuse(issue('capacity', 'exam-site-capacity', { min, max }))
}

/** What lies outside the national window: `exam-outside` {from, to} at each instant, as ISO 8601. */
export function outsideNational(own: ExamWindow, national: ExamWindow): Issue[] {
  const outside = (at: ExamInstant, from: Date, to: Date) =>
    own[at] < from || own[at] > to
      ? [issue(at, 'exam-outside', { from: from.toISOString(), to: to.toISOString() })]
      : []
  return [
    ...outside('opensAt', national.opensAt, national.closesAt),
    ...outside('collectBy', national.opensAt, national.collectBy),
    ...outside('closesAt', national.opensAt, national.closesAt),
    ...outside('payBy', national.opensAt, national.payBy),
  ]
}

/**
 * What people have been told cannot be taken back (EXM-1): once registration has begun, when it began and what it costs stay; a
 * deadline may be put off, and brought forward only to a time still to come.
 */
export function takenBack(before: TypedTerms, after: TypedTerms, now: Date): Issue[] {
  const begun = before.opensAt <= now
  const deadlines = ['collectBy', 'closesAt', 'payBy'] as const
  return [
    ...(begun && after.opensAt.getTime() !== before.opensAt.getTime()
      ? [issue('opensAt', 'exam-begun')]
      : []),
    ...deadlines.flatMap((at) =>
      after[at] < before[at] && after[at] <= now ? [issue(at, 'exam-not-earlier')] : [],
    ),
    ...(begun && after.fee !== before.fee ? [issue('fee', 'exam-fee-fixed')] : []),
  ]
}
