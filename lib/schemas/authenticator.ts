/** What authenticator applications take (RFC 6238, RFC 4648), and what stands in for a lost one. */
import { normaliseGrouped } from './normalise.ts'

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A secret of 160 bits in Base32 (32 characters) from at least 40 hex digits. */
export const secretFrom = (hex: string): string =>
  (
    BigInt(`0x${hex.slice(0, 40)}`)
      .toString(2)
      .padStart(160, '0')
      .match(/.{5}/g) ?? []
  )
    .map((bits) => base32.charAt(Number.parseInt(bits, 2)))
    .join('')

/** ABCD EFGH …: as people type it. */
export const inGroups = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')

export const recoveryCodes = {
  count: 10,
  length: 10,
  /** Without I, L, O, 0 and 1, which look alike. */
  alphabet: 'ABCDEFGHJKMNPQRSTUVWXYZ23456789',
} as const

const shape = new RegExp(`^[${recoveryCodes.alphabet}]{${recoveryCodes.length}}$`)

/** The ten characters of a typed recovery code; null for what is none. */
export function recoveryCodeIn(typed: string): string | null {
  const code = normaliseGrouped(typed)
  return shape.test(code) ? code : null
}
