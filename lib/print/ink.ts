/** What a font can print of a text, and what is left to a hand: never a box that says nothing. */
import { glyphWords } from '#lib/text/glyphs.ts'

export interface Ink {
  /** The text as the font prints it, with a blank to write in for each character that it lacks. */
  write(text: string): string
  /** What was lacking in all that was written, as `U+2A6A5`, in the order of the blanks' numbers. */
  lacking(): readonly string[]
}

/** An ideograph with a variation selector is one character: without the selector it would be another form of it. */
const character = /\p{Ideographic}[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]|[\s\S]/gu
/** Nothing to see: controls, marks of direction and width, a selector that selects nothing. */
const unseen = /^[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]$/u

const codesOf = (one: string) =>
  Array.from(
    one,
    (part) => `U+${(part.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  ).join(' ')

/** For one sheet: the same character has the same number wherever it stands. */
export function inkOf(has: (codePoint: number) => boolean): Ink {
  const numbers = new Map<string, number>()
  const written = (one: string): string => {
    if (/^\s$/u.test(one)) return ' '
    if (unseen.test(one)) return ''
    const [first = ''] = one
    if (first === one && has(first.codePointAt(0) ?? 0)) return one
    const number = numbers.get(one) ?? numbers.size + 1
    numbers.set(one, number)
    return glyphWords.blank(number)
  }
  return {
    write: (text) => text.replace(character, written),
    lacking: () => [...numbers.keys()].map(codesOf),
  }
}
