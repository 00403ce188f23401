/** What is typed into the 生僻字 picker, read (ACC-4). */
import { partForms, partNames, partSuffix, strokesWord } from '#lib/text/character-parts.ts'

/** A syllable without its tone, and the tone 1–5 or null where none was typed. */
export interface Sound {
  readonly plain: string
  readonly tone: number | null
}

/** What a character must have: all its parts, one of the readings, one of the numbers of strokes. */
export interface CharacterQuery {
  /** Characters named by code point. */
  readonly characters: readonly string[]
  readonly parts: readonly string[]
  readonly sounds: readonly Sound[]
  readonly strokes: readonly number[]
  /** What nobody can make anything of. */
  readonly unknown: readonly string[]
}

const longest = 60
const toneMarks: Readonly<Record<string, number>> = { '\u0304': 1, '\u0301': 2, '\u030C': 3, '\u0300': 4 }
const anyToneMark = /[\u0300\u0301\u0304\u030C]/g
const ideographs = /\p{Unified_Ideograph}|[\u2E80-\u2FDF]/gu
const descriptionMarks = /[\u2FF0-\u2FFF\u31EF]/g

const forms = new Map(partForms.flatMap((group) => [...group].map((form) => [form, [...group]] as const)))

/** A part in all its forms: 金 is 钅 and 釒 too. */
export const formsOf = (part: string): readonly string[] => forms.get(part) ?? [part]

/** `yù` → yu and 4. A syllable without a mark has the neutral tone. */
export function soundOf(reading: string): Sound & { readonly tone: number } {
  const apart = reading.normalize('NFD')
  const mark = apart.match(anyToneMark)?.[0] ?? ''
  return { plain: apart.replace(anyToneMark, '').normalize('NFC'), tone: toneMarks[mark] ?? 5 }
}

export const isIdeograph = (text: string): boolean => /^\p{Unified_Ideograph}$/u.test(text)

/**
 * Reads `yu`, `yù`, `yu4`, `lv`, `9画`, `王能`, `⿰王能`, `三点水`, `U+20BB7`, `20BB7`, `&#x20BB7;`, and any of them side
 * by side. A single ideograph is a part; the search counts a character as a part of itself.
 */
export function readCharacterQuery(typed: string): CharacterQuery {
  const tokens = Object.entries(partNames)
    .reduce(
      (text, [name, part]) => text.replaceAll(name, ` ${part} `),
      typed.slice(0, longest).normalize('NFKC'),
    )
    .replace(strokesWord, ' $1 ')
    .replace(partSuffix, ' ')
    .replace(descriptionMarks, ' ')
    .replace(ideographs, ' $& ')
    .split(/[\s,\u3001\u3002]+/u)
    .filter((token) => token !== '')
  const characters: string[] = []
  const parts: string[] = []
  const sounds: Sound[] = []
  const strokes: number[] = []
  const unknown: string[] = []
  for (const token of tokens) {
    const named = characterNamed(token)
    const sound = soundNamed(token)
    if (token.match(ideographs)) parts.push(token)
    else if (/^[1-9]\d?$/.test(token)) strokes.push(Number(token))
    else if (named) characters.push(named)
    else if (sound) sounds.push(sound)
    else unknown.push(token)
  }
  return { characters, parts, sounds, strokes, unknown }
}

/** The ideograph of a code point in any of its usual spellings; bare ones need a digit, to be no syllable. */
function characterNamed(token: string): string | null {
  const [, prefix = '', hex = ''] = /^(u\+?|0x|\\u\{?|&#x)?([0-9a-f]{4,6})\}?;?$/i.exec(token) ?? []
  const [, decimal = ''] = /^&#(\d{5,7});?$/.exec(token) ?? []
  const bare = prefix === '' && !/\d/.test(hex)
  const point = decimal !== '' ? Number(decimal) : hex !== '' && !bare ? Number.parseInt(hex, 16) : 0
  if (point > 0x10ffff) return null
  const character = String.fromCodePoint(point)
  return isIdeograph(character) ? character : null
}

function soundNamed(token: string): Sound | null {
  const [, letters = '', digit = ''] = /^([\p{Script=Latin}\p{M}:]+)([0-5])?$/u.exec(token) ?? []
  if (letters === '') return null
  const { plain, tone } = soundOf(letters.toLowerCase().replaceAll('u:', 'ü').replaceAll('v', 'ü'))
  const marked = letters.normalize('NFD').match(anyToneMark) !== null
  return {
    // Most people type lue and nue; there is no other syllable of these letters.
    plain: plain.replace(/^([ln])ue$/, '$1üe'),
    tone: digit !== '' ? Number(digit) || 5 : marked ? tone : null,
  }
}
