/**
 * Which bytes a `Range` header asks for, both ends included; null where it asks for none or is beyond what we read
 * (RFC 9110 14.2 lets a server send the whole then). Safari plays nothing from a server that sends no parts.
 */
export function partOf(range: string | null, length: number): { from: number; to: number } | null {
  const [, first, last] = /^bytes=(\d{1,9})-(\d{0,9})$/.exec(range ?? '') ?? []
  if (first === undefined) return null
  const from = Number(first)
  const to = last ? Math.min(Number(last), length - 1) : length - 1
  return from <= to && from < length ? { from, to } : null
}
