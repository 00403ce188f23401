import { describe, expect, it, test } from 'vitest'
import { readCharacterQuery } from '#lib/readers/character-query.ts'
import { type CharacterFile, readCharacters, searchCharacters } from '#lib/readers/character-table.ts'

describe('what is typed into the picker', () => {
  const empty = { characters: [], parts: [], sounds: [], strokes: [], unknown: [] }
  test.each([
    ['yu', { sounds: [{ plain: 'yu', tone: null }] }],
    ['yù', { sounds: [{ plain: 'yu', tone: 4 }] }],
    ['yu\u0300', { sounds: [{ plain: 'yu', tone: 4 }] }],
    ['YU4', { sounds: [{ plain: 'yu', tone: 4 }] }],
    ['ｙｕ４', { sounds: [{ plain: 'yu', tone: 4 }] }],
    ['yu0', { sounds: [{ plain: 'yu', tone: 5 }] }],
    ['lv', { sounds: [{ plain: 'lü', tone: null }] }],
    ['lu:4', { sounds: [{ plain: 'lü', tone: 4 }] }],
    ['lǜ', { sounds: [{ plain: 'lü', tone: 4 }] }],
    ['lue', { sounds: [{ plain: 'lüe', tone: null }] }],
    ['9', { strokes: [9] }],
    ['9画', { strokes: [9] }],
    ['12 劃', { strokes: [12] }],
    ['U+20BB7', { characters: ['𠮷'] }],
    ['u20bb7', { characters: ['𠮷'] }],
    ['20BB7', { characters: ['𠮷'] }],
    ['0x20BB7', { characters: ['𠮷'] }],
    ['\\u{20BB7}', { characters: ['𠮷'] }],
    ['&#x20BB7;', { characters: ['𠮷'] }],
    ['&#134071;', { characters: ['𠮷'] }],
    ['5803', { characters: ['堃'] }],
    ['王能', { parts: ['王', '能'] }],
    ['⿰王能', { parts: ['王', '能'] }],
    ['三点水 希', { parts: ['氵', '希'] }],
    ['金字旁杜', { parts: ['金', '杜'] }],
    ['字', { parts: ['字'] }],
    ['yan，9画、龙', { sounds: [{ plain: 'yan', tone: null }], strokes: [9], parts: ['龙'] }],
    ['', {}],
    ['  ', {}],
    ['0', { unknown: ['0'] }],
    ['100', { unknown: ['100'] }],
    ['U+0041', { unknown: ['U+0041'] }],
    ['FFFFFF', { sounds: [{ plain: 'ffffff', tone: null }] }],
    ['U+FFFFFF', { unknown: ['U+FFFFFF'] }],
    ['!! かな', { unknown: ['!!', 'かな'] }],
  ])('reads %j', (typed, read) => expect(readCharacterQuery(typed)).toEqual({ ...empty, ...read }))

  it('reads the beginning of what is too long', () =>
    expect(readCharacterQuery('王'.repeat(500)).parts).toHaveLength(60))
})

describe('the search', () => {
  const file: CharacterFile = {
    groups: {
      '3/9': '䶮yǎn龙天 㛃jié女㓞',
      '3/12': '𬭊dù钅杜',
      '0/9': '侐xù亻血',
      '0/12': '𨧀dù,tū釒杜 鿏金麦',
    },
    parts: '杜木土 天一大 㓞丰刀 金人王 麦丰夂',
  }
  const table = readCharacters(file)
  const find = (typed: string) =>
    searchCharacters(table, readCharacterQuery(typed))
      .map(({ character }) => character)
      .join('')

  test.each([
    ['yan', '䶮'],
    ['yǎn', '䶮'],
    ['yan4', ''],
    ['tu', '𨧀'],
    ['du', '𬭊𨧀'],
    ['du yan', '䶮𬭊𨧀'],
    ['9', '䶮㛃侐'],
    ['9 12', '䶮㛃𬭊侐𨧀鿏'],
    ['9 yan', '䶮'],
    ['12 yan', ''],
    ['龙天', '䶮'],
    ['龍天', '䶮'],
    ['龙 大', '䶮'],
    ['龙木', ''],
    ['金 杜', '𬭊𨧀'],
    ['木', '木𬭊𨧀'],
    ['金 木', '𬭊𨧀'],
    ['丰', '丰㛃鿏'],
    ['丰 9', '㛃'],
    // 钅 is a form of 金, yet nobody sees 王 in it.
    ['王', '王鿏'],
    ['𬭊', '𬭊'],
    ['U+2CB4A', '𬭊'],
    ['U+2CB4A U+4DAE', '𬭊䶮'],
    ['U+20BB7', '𠮷'],
    ['𠮷', '𠮷'],
    ['', ''],
    ['??', ''],
  ])('%j finds %j', (typed, found) => expect(find(typed)).toBe(found))

  it('offers an ideograph it does not have without reading and strokes', () =>
    expect(searchCharacters(table, readCharacterQuery('20BB7'))).toEqual([
      { character: '𠮷', readings: [], strokes: null },
    ]))

  it('refuses a file that is none of its own', () =>
    expect(() => readCharacters({ groups: { x: '䶮yǎn' }, parts: '' })).toThrow('no entry'))
})
