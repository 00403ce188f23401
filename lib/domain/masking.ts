/** Masks for display. Everything counts code points, so that characters beyond the BMP stay whole. */

const variationSelector = /^[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]$/u
const separator = /^[\s.\-\u00B7\u2022\u2027\u30FB\uFF0E]$/u

/** Code points, a variation selector staying with the character it varies. */
function characters(text: string): string[] {
  const found: string[] = []
  for (const character of text) {
    const previous = found.at(-1)
    if (previous !== undefined && variationSelector.test(character))
      found[found.length - 1] = previous + character
    else found.push(character)
  }
  return found
}

/**
 * Keeps the surname of a Chinese name, the first character of any other, and the separators (ACC-6).
 * A lone character is masked too. `isCompoundSurname` is asked about the first two characters.
 */
export function maskName(name: string, isCompoundSurname: (firstTwo: string) => boolean): string {
  const all = characters(name.trim())
  const isCompound = all.length > 2 && isCompoundSurname(all.slice(0, 2).join(''))
  const kept = all.length === 1 ? 0 : isCompound ? 2 : 1
  return all.map((character, i) => (i < kept || separator.test(character) ? character : '*')).join('')
}

/** Keeps 4 + 4 of a number of 15 and more, 1 + 2 of a shorter one, nothing of three and fewer. */
export function maskNumber(number: string): string {
  const all = [...number]
  if (all.length <= 3) return '*'.repeat(all.length)
  const [head, tail] = all.length >= 15 ? [4, 4] : [1, 2]
  return all.map((character, i) => (i < head || i >= all.length - tail ? character : '*')).join('')
}

/** `13812345678` → `138****5678`; anything else is masked as a number. */
export const maskPhone = (phone: string): string =>
  /^\d{11}$/.test(phone) ? `${phone.slice(0, 3)}****${phone.slice(7)}` : maskNumber(phone)

/** `zhang@example.com` → `z****@example.com`: the domain and the first letter are kept, of a lone letter nothing. */
export function maskEmail(email: string): string {
  const [name = '', ...domain] = email.split('@')
  const all = [...name]
  const masked = all.map((character, i) => (i === 0 && all.length > 1 ? character : '*')).join('')
  return [masked, ...domain].join('@')
}
