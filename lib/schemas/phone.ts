import { issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { normaliseGrouped } from './normalise.ts'

/** Full-width digits, spaces, dashes and the country code of the mainland are read away. */
export const normalisePhone = (raw: string): string =>
  normaliseGrouped(raw).replace(/^(\+|00)?86(?=1\d{10}$)/, '')

/** Whether this is a mobile number of the mainland, as people write it. */
export const isMobile = (raw: string): boolean => /^1[3-9]\d{9}$/.test(normalisePhone(raw))

/** A mobile number of the mainland. Refused: `phone-empty`, `phone-format`. */
export function checkPhone(raw: string, at = 'phone'): Result<string> {
  const phone = normalisePhone(raw)
  if (phone === '') return refuse(issue(at, 'phone-empty'))
  return isMobile(phone) ? ok(phone) : refuse(issue(at, 'phone-format'))
}
