import { createHash, randomBytes, randomInt } from 'node:crypto'
import { codeAlphabet, codeLength } from './domain/receipts.ts'
import { secretFrom } from './schemas/authenticator.ts'

/** UUIDv7 (RFC 9562): 48 bits of milliseconds, then random; sorts by time of making. */
export function newId(now: Date): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now.getTime(), 0, 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** A random secret for cookies and one-time links: 256 bits. */
export const newSecret = () => randomBytes(32).toString('base64url')

/** The secret of an authenticator: 160 random bits in Base32. */
export const newFactorSecret = () => secretFrom(randomBytes(20).toString('hex'))

/** What is stored of a secret that only its holder may know: its SHA-256, 64 hex digits. */
export const secretId = (secret: string) => createHash('sha256').update(secret).digest('hex')

/** `length` random decimal digits, leading zeros included. */
export const newDigits = (length: number) => Array.from({ length }, () => randomInt(10)).join('')

/** 受理编号: letter, day, eight random digits; people read it over the phone, so no letters beyond the first. */
export const newCaseNumber = (letter: string, day: string) =>
  `${letter}${day.replaceAll('-', '')}${newDigits(8)}`

/** The code of a paper: 80 random bits in characters that nobody mistakes for each other. */
export const newReceiptCode = () =>
  Array.from(randomBytes(codeLength), (byte) => codeAlphabet[byte % codeAlphabet.length]).join('')
