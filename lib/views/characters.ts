/** 生僻字: what the picker's page and its options answer, and the forms it stands beside (ACC-4). */
import { once } from '#lib/once.ts'
import { paths } from '#lib/paths.ts'
import { isIdeograph, readCharacterQuery } from '#lib/readers/character-query.ts'
import { readCharacters, searchCharacters } from '#lib/readers/character-table.ts'
import file from '#lib/text/characters.json' with { type: 'json' }

/** The forms with a name field: where they stand and what the field is called. No other address is led back to. */
export const namePages = {
  register: { address: paths.register, field: 'name' },
  'forgot-password': { address: paths.forgotPassword, field: 'name' },
  correction: { address: paths.accountCorrection, field: 'newName' },
  /** The same page for who is not verified yet. */
  mend: { address: paths.accountCorrection, field: 'name' },
} as const

export type NamePage = keyof typeof namePages

/** The form of this name, or null: what an address says is not trusted. */
export const namePageOf = (name: string): NamePage | null => (isNamePage(name) ? name : null)

const isNamePage = (name: string): name is NamePage => Object.hasOwn(namePages, name)

export interface ShownCharacter {
  readonly character: string
  readonly readings: readonly string[]
  readonly strokes: number | null
  /** `U+20BB7`. */
  readonly code: string
}

export interface FoundCharacters {
  readonly total: number
  readonly characters: readonly ShownCharacter[]
  /** This page and the one after it, from 1; null after the last. */
  readonly number: number
  readonly next: number | null
  /** What was typed and nobody can make anything of. */
  readonly unknown: readonly string[]
}

const perPage = 60

/** One page of what was found for `typed`; a page that is not there is the last one. */
export function findCharacters(typed: string, wanted: string): FoundCharacters {
  const query = readCharacterQuery(typed)
  const found = searchCharacters(table(), query)
  const last = Math.max(1, Math.ceil(found.length / perPage))
  const number = /^[1-9]\d{0,3}$/.test(wanted) ? Math.min(Number(wanted), last) : 1
  return {
    total: found.length,
    characters: found
      .slice((number - 1) * perPage, number * perPage)
      .map(({ character, readings, strokes }) => ({
        character,
        readings,
        strokes,
        code: codeOf(character),
      })),
    number,
    next: number < last ? number + 1 : null,
    unknown: query.unknown,
  }
}

/** Is it one character that the picker can offer? */
export const isOffered = (picked: string): boolean => isIdeograph(picked)

const codeOf = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

const table = () => once('characters', () => readCharacters(file))
