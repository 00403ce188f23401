/** What the forms about departments refuse before anything is looked up (ADM-1): every issue at once. */
import { z } from 'zod'
import { reviewDayLimits } from '#lib/domain/department-kinds.ts'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { issuesOf, ticked, typed } from './account.ts'
import { normaliseCode } from './normalise.ts'

export const departmentTextLimits = { name: 40, phone: 20, address: 100, hours: 100 } as const
type TextField = keyof typeof departmentTextLimits

/** One line of text, as typed but for spaces at its ends; '' is none. */
function checkLine(field: TextField, raw: string, at: string = field): Result<string> {
  const text = raw.normalize('NFC').trim()
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text)) return refuse(issue(at, 'text-characters'))
  const [limit, measured] = [departmentTextLimits[field], [...text].length]
  if (measured > limit) return refuse(issue(at, 'too-long', { measured, limit }))
  return text === '' || /[\p{L}\p{N}]/u.test(text) ? ok(text) : refuse(issue(at, 'text-blank'))
}

/** Of an office, with its extension after `-` or 转 (U+8F6C) where there is one. */
function checkTelephone(raw: string): Result<string> {
  const text = raw.normalize('NFKC').trim()
  return text === '' || /^[0-9+()\-\s]{7,20}(?:\u8F6C\s*[0-9]{1,6})?$/.test(text)
    ? checkLine('phone', text)
    : refuse(issue('phone', 'telephone-format', { extension: 1 }))
}

function checkReviewDays(raw: string): Result<number> {
  const text = normaliseCode(raw)
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0
  const { min, max } = reviewDayLimits
  return days >= min && days <= max
    ? ok(days)
    : refuse(issue('reviewDays', 'department-review-days', { min, max }))
}

const factsForm = z.object({
  phone: typed(400),
  address: typed(400),
  hours: typed(400),
  reviewDays: typed(40),
})

export interface DepartmentFacts {
  readonly phone: string
  readonly address: string
  readonly hours: string
  /** Working days, 1–60. */
  readonly reviewDays: number
  /** Ids joined by spaces, in the order they are offered. */
  readonly acceptedProofs: string
}

/**
 * Contact, review time and accepted proofs, out of those that are offered (WRK-4); no contact is a contact nobody has given yet.
 */
export function checkDepartmentFacts(raw: unknown, offered: readonly string[]): Result<DepartmentFacts> {
  const form = factsForm.parse(raw)
  const boxes = z.record(z.string(), ticked).parse(raw)
  const proofs = offered.filter((kind) => boxes[`proofs.${kind}`] === true)
  const [phone, address, hours, reviewDays] = [
    checkTelephone(form.phone),
    checkLine('address', form.address),
    checkLine('hours', form.hours),
    checkReviewDays(form.reviewDays),
  ]
  const issues: Issue[] = [phone, address, hours, reviewDays].flatMap(issuesOf)
  if (proofs.length === 0) issues.push(issue('proofs', 'department-proofs'))
  if (!phone.ok || !address.ok || !hours.ok || !reviewDays.ok || issues.length > 0) return refuse(...issues)
  return ok({
    phone: phone.value,
    address: address.value,
    hours: hours.value,
    reviewDays: reviewDays.value,
    acceptedProofs: proofs.join(' '),
  })
}

const nameForm = z.object({ name: typed(400), childName: typed(400), childKind: typed(20) })

function checkName(raw: string, at: string): Result<string> {
  const line = checkLine('name', raw, at)
  if (!line.ok) return line
  const name = line.value.replace(/\s+/gu, ' ')
  if (name === '') return refuse(issue(at, 'required'))
  // `/` joins what is chosen level by level.
  if (name.includes('/')) return refuse(issue(at, 'department-name-characters'))
  return [...name].length < 2 ? refuse(issue(at, 'too-short', { limit: 2 })) : ok(name)
}

export const checkDepartmentName = (raw: unknown): Result<string> =>
  checkName(nameForm.parse(raw).name, 'name')

/** Of a new department; `kind` is for the tree to judge. */
export function checkNewDepartment(raw: unknown): Result<{ readonly name: string; readonly kind: string }> {
  const form = nameForm.parse(raw)
  const name = checkName(form.childName, 'childName')
  const issues = [...issuesOf(name), ...(form.childKind === '' ? [issue('childKind', 'required')] : [])]
  return name.ok && issues.length === 0 ? ok({ name: name.value, kind: form.childKind }) : refuse(...issues)
}

const closingForm = z.object({
  'target.1': typed(40),
  'target.2': typed(40),
  'target.3': typed(40),
  confirmed: ticked,
})

/** What three selects say, as `a/b/c` from the top. */
export function closingTargetIn(raw: unknown): string {
  const form = closingForm.parse(raw)
  return [form['target.1'], form['target.2'], form['target.3']]
    .map((id) => id.replaceAll('/', ''))
    .join('/')
    .replace(/\/+$/, '')
}

/** Where everything goes, as `a/b/c`. Issues at `target` and `confirmed`. */
export function checkClosing(raw: unknown): Result<string> {
  const target = closingTargetIn(raw)
  const issues = [
    ...(target === '' ? [issue('target', 'required')] : []),
    ...(closingForm.parse(raw).confirmed ? [] : [issue('confirmed', 'department-unconfirmed')]),
  ]
  return issues.length === 0 ? ok(target) : refuse(...issues)
}
