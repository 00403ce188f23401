import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inkOf } from '#lib/print/ink.ts'
import { glyphWords } from '#lib/text/glyphs.ts'

const none = (...characters: string[]) => inkOf((point) => !characters.includes(String.fromCodePoint(point)))

describe('what a font cannot print', () => {
  it('becomes a numbered blank, the same wherever the character stands', () => {
    const ink = none('𪚥', '𠀀')
    expect(ink.write('王𪚥')).toBe('王〔　①〕')
    expect(ink.write('𠀀氏𪚥公司')).toBe('〔　②〕氏〔　①〕公司')
    expect(ink.lacking()).toEqual(['U+2A6A5', 'U+20000'])
    expect(glyphWords.note(ink.lacking())).toContain('① U+2A6A5，② U+20000')
  })

  it('is also the chosen form of an ideograph, which would come out as another one', () => {
    const ink = none()
    expect(ink.write('葛\u{E0100}葛')).toBe('〔　①〕葛')
    expect(ink.lacking()).toEqual(['U+845B U+E0100'])
  })

  it('is not what nobody sees: controls and marks go, white space is a space', () => {
    const ink = none('\u200B', '\u202E', '\t', '\n', '\u3000')
    expect(ink.write('张\u200B\u202E三\t四\n五\u3000a\uFE0F')).toBe('张三 四 五 a')
    expect(ink.lacking()).toEqual([])
  })

  it('has a number however many there are', () => {
    const ink = none(...Array.from({ length: 60 }, (_, index) => String.fromCodePoint(0x2a700 + index)))
    const text = Array.from({ length: 60 }, (_, index) => ink.write(String.fromCodePoint(0x2a700 + index)))
    expect([text[0], text[19], text[20], text[34], text[35], text[49], text[50]].join('')).toBe(
      '〔　①〕〔　⑳〕〔　㉑〕〔　㉟〕〔　㊱〕〔　㊿〕〔　(51)〕',
    )
    expect(new Set(text).size).toBe(60)
  })

  it('never gets to the font', () => {
    const held = new Set('〔〕①②③④⑤⑥⑦⑧⑨⑩　 abc王')
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { maxLength: 9 }), (texts) => {
        const ink = inkOf((point) => held.has(String.fromCodePoint(point)))
        for (const text of texts)
          expect([...ink.write(text)].every((one) => held.has(one) || /[\d()㉑-㊿⑪-⑳]/u.test(one))).toBe(true)
      }),
    )
  })
})
