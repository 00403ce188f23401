import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'

/** ACC-1 and ACC-4 set none: it leaves room for the longest names of passports. */
export const nameLimits = { maxCharacters: 100 } as const

/** One selector directly after an ideograph picks one of its forms (ACC-4) and belongs to the name. */
const variedIdeograph = /(?<=\p{Ideographic})[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu

/**
 * Controls, bidi and zero-width characters (all "default ignorable" or format ones), line separators, lone
 * surrogates, non-characters, and the mark a broken decoding leaves.
 */
const unfit =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\uFFFD]/gu

/**
 * ACC-4: the name exactly as typed, without the white space around it. Refused: `name-empty`,
 * `name-length` {max, measured} in code points, `name-characters` {codePoints: 'U+200B U+202E'}.
 */
export function checkName(raw: string, at = 'name'): Result<string> {
  const name = raw.trim()
  if (name === '') return refuse(issue(at, 'name-empty'))
  const issues: Issue[] = []
  const measured = [...name].length
  if (measured > nameLimits.maxCharacters)
    issues.push(issue(at, 'name-length', { max: nameLimits.maxCharacters, measured }))
  const found = [...new Set(name.replace(variedIdeograph, '').match(unfit))]
  if (found.length > 0)
    issues.push(issue(at, 'name-characters', { codePoints: found.slice(0, 5).map(codePointName).join(' ') }))
  return issues.length > 0 ? refuse(...issues) : ok(name)
}

const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

const dots = /\s*[.\u00B7\u0387\u1427\u2022\u2024\u2027\u2219\u22C5\u2E31\u30FB\uFF0E\uFF65]\s*/gu

/**
 * The form in which two writings of one name are equal: `·` variants and white space folded, variation selectors
 * left out, letters in lower case, canonically composed (ACC-4). For look-up only, never shown or stored readable.
 */
export const nameKey = (name: string): string =>
  name
    .replace(/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu, '')
    .toLowerCase()
    .normalize('NFC')
    .replace(dots, '\u00B7')
    .replace(/(?<=\p{Ideographic})\s+(?=\p{Ideographic})/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
