import { describe, expect, it, test } from 'vitest'
import { findCharacters, isOffered, namePageOf, namePages } from '#lib/views/characters.ts'

describe('the pages of what was found', () => {
  it('follow each other without a gap, and end', () => {
    const pages = [findCharacters('yan', '')]
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next)
      pages.push(findCharacters('yan', String(next)))
    const shown = pages.flatMap(({ characters }) => characters.map(({ character }) => character))
    expect(pages[0]?.characters).toHaveLength(60)
    expect(new Set(shown).size).toBe(pages[0]?.total)
    expect(shown).toHaveLength(pages[0]?.total ?? 0)
    expect(pages.map(({ number }) => number)).toEqual(pages.map((_, at) => at + 1))
  })

  test.each(['0', '-1', '1e3', 'x', '99999', ' 2'])('page %j is the first', (number) =>
    expect(findCharacters('yan', number).number).toBe(1),
  )
  it('a page after the last is the last', () =>
    expect(findCharacters('yan', '9999')).toMatchObject({ next: null, number: expect.any(Number) }))

  it('show the code, and say what was not understood', () => {
    expect(findCharacters('U+4DAE ??', '')).toMatchObject({
      total: 1,
      characters: [{ character: '䶮', readings: ['yǎn'], strokes: 9, code: 'U+4DAE' }],
      unknown: ['??'],
    })
    expect(findCharacters('𬭊', '').characters[0]?.code).toBe('U+2CB4A')
  })
})

test.each(['register', 'forgot-password', 'correction'])('%s has a name field', (page) =>
  expect(namePageOf(page)).toBe(page),
)
test.each(['', 'login', '/register', 'https://example.org', 'toString', '__proto__', 'register '])(
  '%j is no form to go back to',
  (page) => expect(namePageOf(page)).toBeNull(),
)
it('every form to go back to is an address of this service', () => {
  for (const { address } of Object.values(namePages)) expect(address).toMatch(/^\/[a-z/-]+$/)
})

test.each(['䶮', '𠮷', '\u{30000}', '一'])('%s can be picked', (one) => expect(isOffered(one)).toBe(true))
test.each(['', 'a', '张三', '䶮\u{E0100}', '\u200B', '\uF900', '<b>', '⿰', '\u{D842}', '亠 '])(
  '%j cannot be picked',
  (one) => expect(isOffered(one)).toBe(false),
)
