/** The table of the 生僻字 picker, and the search in it (ACC-4). */
import { type CharacterQuery, formsOf, type Sound, soundOf } from './character-query.ts'

export interface RareCharacter {
  readonly character: string
  /** With tone marks, the one of everyday use first; [] where no source has one. */
  readonly readings: readonly string[]
  /** null for an ideograph the table does not have. */
  readonly strokes: number | null
}

/** As `scripts/generate-characters.ts` writes it: `<level>/<strokes>` → entries of character, readings, parts. */
export interface CharacterFile {
  readonly groups: Readonly<Record<string, string>>
  readonly parts: string
}

export interface CharacterTable {
  /** In the order of the search: 三级字 first, then by strokes, then by code point. */
  readonly entries: readonly RareCharacter[]
  readonly places: ReadonlyMap<string, number>
  readonly byReading: ReadonlyMap<string, readonly number[]>
  /** The characters a part is a direct part of. */
  readonly users: ReadonlyMap<string, readonly string[]>
}

const entryForm = /^(.)((?:[\p{Script=Latin}\p{M}]+,?)*)(.*)$/u

/** @throws Error where the file is not what the generator writes. */
export function readCharacters({ groups, parts }: CharacterFile): CharacterTable {
  const entries: RareCharacter[] = []
  const byReading = new Map<string, number[]>()
  const users = new Map<string, string[]>()
  const use = (character: string, inside: string) => {
    for (const part of inside) listIn(users, part).push(character)
  }
  for (const [key, group] of Object.entries(groups)) {
    const strokes = Number(key.split('/')[1])
    for (const entry of group.split(' ')) {
      const [, character, spoken = '', inside = ''] = entryForm.exec(entry) ?? []
      if (character === undefined || !(strokes > 0)) throw new Error(`no entry of the table: ${key} ${entry}`)
      const readings = spoken.split(',').filter((reading) => reading !== '')
      for (const reading of readings) listIn(byReading, reading).push(entries.length)
      entries.push({ character, readings, strokes })
      use(character, inside)
    }
  }
  for (const entry of parts.split(' ')) {
    const [character = '', ...inside] = entry
    use(character, inside.join(''))
  }
  return { entries, places: new Map(entries.map(({ character }, at) => [character, at])), byReading, users }
}

const listIn = <T>(lists: Map<string, T[]>, key: string): T[] => {
  const held = lists.get(key)
  if (held) return held
  const made: T[] = []
  lists.set(key, made)
  return made
}

/** What fits all that was asked, a character asked for by itself first; nothing for an empty query. */
export function searchCharacters(table: CharacterTable, query: CharacterQuery): readonly RareCharacter[] {
  const { characters, parts, sounds, strokes } = query
  if (characters.length + parts.length + sounds.length + strokes.length === 0) return []
  if (characters.length > 0) return characters.map((character) => entryOf(table, character))
  const sets = [
    ...parts.map((part) => containing(table, part)),
    ...(sounds.length > 0 ? [sounding(table, sounds)] : []),
  ]
  const itself = parts.length === 1 && sets.length === 1 && strokes.length === 0 ? parts[0] : undefined
  const found = table.entries.filter(
    (entry, at) =>
      entry.character !== itself &&
      sets.every((set) => set.has(at)) &&
      (strokes.length === 0 || (entry.strokes !== null && strokes.includes(entry.strokes))),
  )
  return itself === undefined ? found : [entryOf(table, itself), ...found]
}

/** An ideograph outside the table can be picked too, by its code point: names have more characters than any list. */
const entryOf = ({ entries, places }: CharacterTable, character: string): RareCharacter =>
  entries[places.get(character) ?? -1] ?? { character, readings: [], strokes: null }

/** Places of the characters with this part at any depth, and of the part itself. */
function containing({ places, users }: CharacterTable, part: string): ReadonlySet<number> {
  const seen = new Set(formsOf(part))
  for (const character of seen) for (const user of users.get(character) ?? []) seen.add(user)
  return new Set([...seen].flatMap((character) => places.get(character) ?? []))
}

function sounding({ byReading }: CharacterTable, sounds: readonly Sound[]): ReadonlySet<number> {
  const fits = (reading: string) => {
    const { plain, tone } = soundOf(reading)
    return sounds.some((sound) => sound.plain === plain && (sound.tone === null || sound.tone === tone))
  }
  return new Set([...byReading].flatMap(([reading, places]) => (fits(reading) ? places : [])))
}
