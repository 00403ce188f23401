import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeParts, lineParts } from '#lib/print/lines.ts'

const pieces = (word: string) => lineParts(word).filter((part) => part !== '')

describe('where a line of Chinese may end', () => {
  it('is after any character, without a hyphen: an empty part stands between', () =>
    expect(lineParts('会计师')).toEqual(['会', '', '计', '', '师', '']))

  it.each([
    ['（集团）公司，', ['（集', '团）', '公', '司，']],
    ['“华南”大区', ['“华', '南”', '大', '区']],
    ['2016年3月—2020年6月', ['2016年3月—', '2020年6月']],
    ['会计师（2019年12月聘任）', ['会', '计', '师', '（2019年12月', '聘', '任）']],
    ['Shared Co.分公司', ['Shared', ' ', 'Co.', '分', '公', '司']],
    ['欧阳〔　①〕䶮𫠆', ['欧', '阳', '〔　①〕', '䶮', '𫠆']],
  ])('%s', (word, expected) => expect(pieces(word)).toEqual(expected))

  it('is not in a code', () =>
    expect(codeParts('91440101MA5KJ7R253。')).toEqual(['91440101MA5KJ7R253。', '']))

  it('loses nothing, breaks no character in two, and cuts what no column can hold', () => {
    expect(pieces('a'.repeat(40)).map((part) => part.length)).toEqual([14, 14, 12])
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (word) => {
        expect(lineParts(word).join('')).toBe(word)
        expect(pieces(word).every((part) => part.isWellFormed())).toBe(true)
      }),
    )
  })
})
