/** Papers that can be verified: their kinds, and how the code on one is written and read. */

export const receiptKinds = ['record', 'credits', 'exam'] as const
export type ReceiptKind = (typeof receiptKinds)[number]

/** Digits and capitals without I, L, O and U: 32, so that a code of 16 holds 80 random bits. */
export const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const codeLength = 16

const lookalikes: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/** A code as somebody typed it, in either case, with or without dashes, full-width too; null where it can be none. */
export function readCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}_.]/gu, '')
    .replace(/[OIL]/g, (one) => lookalikes[one] ?? one)
  return code.length === codeLength && [...code].every((one) => codeAlphabet.includes(one)) ? code : null
}

/** `7K3MQ9XA…` → `7K3M-Q9XA-…`, as it is printed and read out. */
export const groupedCode = (code: string) => code.match(/.{1,4}/g)?.join('-') ?? ''
