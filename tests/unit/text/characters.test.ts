import { statSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readCharacterQuery, soundOf } from '#lib/readers/character-query.ts'
import { type RareCharacter, readCharacters, searchCharacters } from '#lib/readers/character-table.ts'
import { checkName } from '#lib/schemas/name.ts'
import { partForms } from '#lib/text/character-parts.ts'
import file from '#lib/text/characters.json' with { type: 'json' }

const table = readCharacters(file)
const find = (typed: string) => searchCharacters(table, readCharacterQuery(typed))
const entry = (character: string) => table.entries[table.places.get(character) ?? -1]
const codeOf = (character: string) => `U+${character.codePointAt(0)?.toString(16).toUpperCase()}`
const level3 = Object.entries(file.groups).filter(([key]) => key.startsWith('3/'))

describe('the table of characters (ACC-4)', () => {
  it('is as large as the sources make it, and small enough to carry', () => {
    expect(table.entries).toHaveLength(35_390)
    expect(level3.flatMap(([, group]) => group.split(' '))).toHaveLength(1605)
    expect(statSync('lib/text/characters.json').size).toBeLessThan(700_000)
  })

  it('has every character once, and only such as a name may have', () => {
    expect(new Set(table.entries.map(({ character }) => character)).size).toBe(table.entries.length)
    const unfit = table.entries.filter(
      ({ character }) => !/^\p{Unified_Ideograph}$/u.test(character) || !checkName(character).ok,
    )
    expect(unfit).toEqual([])
    // Compatibility duplicates would change under normalisation.
    expect(table.entries.filter(({ character }) => character.normalize('NFKC') !== character)).toEqual([])
  })

  it('has readings that can be typed, and numbers of strokes', () => {
    const readings = [...table.byReading.keys()]
    expect(readings.filter((reading) => !/^[a-zêü]+$/.test(soundOf(reading).plain))).toEqual([])
    expect(table.entries.filter(({ strokes }) => strokes === null || strokes < 1 || strokes > 64)).toEqual([])
    expect(table.entries.filter(({ readings }) => readings.length === 0)).toHaveLength(471)
  })

  test.each([
    ['䶮', 'yǎn', 9],
    ['𠅤', 'xí', 11],
    ['㛃', 'jié', 9],
    ['堃', 'kūn', 11],
    ['喆', 'zhé', 12],
    ['𬭊', 'dù', 12],
    ['𫠆', 'kuǐ', 10],
    ['龑', 'yǎn', 20],
    ['𬱖', 'dí', 11],
    ['昇', 'shēng', 8],
  ])('knows %s as %s of %i strokes', (character, reading, strokes) => {
    expect(entry(character)).toMatchObject({ character, strokes })
    expect(entry(character)?.readings[0]).toBe(reading)
  })

  test.each(['张', '王', '玥', '轩'])('leaves %s to the input method', (character) =>
    expect(entry(character)).toBeUndefined(),
  )

  it('lets any entry be found by its code point, by itself, by its strokes and by each of its readings', () => {
    fc.assert(
      fc.property(fc.nat(table.entries.length - 1), (at) => {
        const one = table.entries[at] as RareCharacter
        expect(find(codeOf(one.character))).toEqual([one])
        expect(find(one.character)[0]).toEqual(one)
        expect(find(`${one.strokes}画`)).toContain(one)
        for (const reading of one.readings) {
          const { plain, tone } = soundOf(reading)
          expect(find(reading)).toContain(one)
          expect(find(plain)).toContain(one)
          expect(find(`${plain}${tone}`)).toContain(one)
        }
      }),
      { numRuns: 60 },
    )
  })
})

it('no form of a part belongs to two groups', () => {
  const all = partForms.flatMap((group) => [...group])
  expect(new Set(all).size).toBe(all.length)
  expect(partForms.filter((group) => [...group].length < 2)).toEqual([])
})
