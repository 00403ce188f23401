import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commonPasswords } from '#lib/schemas/common-passwords.ts'
import { checkName, nameKey } from '#lib/schemas/name.ts'
import { checkPassword } from '#lib/schemas/password.ts'
import { checkPhone } from '#lib/schemas/phone.ts'

describe('phones', () => {
  test.each([
    '13812345678',
    '138 1234 5678',
    '138-1234-5678',
    '＋86 138 1234 5678',
    '0086-13812345678',
    '8613812345678',
    '１３８１２３４５６７８',
  ])('%s is a number of the mainland', (raw) =>
    expect(checkPhone(raw)).toEqual({ ok: true, value: '13812345678' }),
  )

  test.each([
    ['', 'phone-empty'],
    ['12812345678', 'phone-format'],
    ['1381234567', 'phone-format'],
    ['138123456789', 'phone-format'],
    ['+85291234567', 'phone-format'],
    ['1381234567a', 'phone-format'],
  ])('%j is refused: %s', (raw, code) =>
    expect(checkPhone(raw, 'newPhone')).toEqual({ ok: false, issues: [{ at: 'newPhone', code }] }),
  )
})

describe('names (ACC-4)', () => {
  const codes = (raw: string) => {
    const result = checkName(raw)
    return result.ok ? [] : result.issues.map(({ code }) => code)
  }

  test.each([
    '张三',
    '𠮷田',
    '李𬎆',
    '買買提·吐爾遜',
    'Anne-Marie O’Neil',
    '葛\u{E0100}城',
    '辻\uFE00',
    '〇',
    '张　三',
    '\uE863',
  ])('%s is kept as typed', (name) => expect(checkName(name)).toEqual({ ok: true, value: name }))

  test('only the white space around it goes', () =>
    expect(checkName('\u3000 张 三\t')).toMatchObject({ value: '张 三' }))

  test.each([
    ['nothing', '   ', 'name-empty'],
    ['a control', '张\u0007三', 'name-characters'],
    ['a tab inside', '张\t三', 'name-characters'],
    ['a line break', '张\n三', 'name-characters'],
    ['zero-width space', '张\u200B三', 'name-characters'],
    ['zero-width joiner', '张\u200D三', 'name-characters'],
    ['right-to-left override', '张\u202E三', 'name-characters'],
    ['soft hyphen', '张\u00AD三', 'name-characters'],
    ['Hangul filler', '\u3164', 'name-characters'],
    ['line separator', '张\u2028三', 'name-characters'],
    ['a lone surrogate', '张\uD842', 'name-characters'],
    ['the mark of a broken decoding', '张\uFFFD', 'name-characters'],
    ['a selector after a letter', 'A\uFE00', 'name-characters'],
    ['a selector in front', '\u{E0100}张', 'name-characters'],
    ['two selectors', '张\u{E0100}\u{E0101}', 'name-characters'],
    ['101 characters', '𠮷'.repeat(101), 'name-length'],
  ])('%s is refused', (_, raw, code) => expect(codes(raw)).toEqual([code]))

  test('100 characters beyond the BMP are 100 characters', () => expect(codes('𠮷'.repeat(100))).toEqual([]))

  test('the refused characters are named', () =>
    expect(checkName('张\u200B三\u202E')).toMatchObject({
      issues: [{ params: { codePoints: 'U+200B U+202E' } }],
    }))

  test.each([
    ['买买提·吐尔逊', '买买提•吐尔逊'],
    ['买买提·吐尔逊', '买买提‧吐尔逊'],
    ['买买提·吐尔逊', '买买提・吐尔逊'],
    ['买买提·吐尔逊', '买买提．吐尔逊'],
    ['买买提·吐尔逊', '买买提 · 吐尔逊'],
    ['葛\u{E0100}城', '葛城'],
    ['张　三', '张三'],
    ['John  Smith', 'john SMITH'],
    ['José', 'Jose\u0301'],
  ])('%s and %s are looked up alike', (a, b) => expect(nameKey(a)).toBe(nameKey(b)))

  test('different names stay different', () => {
    expect(nameKey('张三')).not.toBe(nameKey('张叁'))
    expect(nameKey('John Smith')).not.toBe(nameKey('JohnSmith'))
    expect(nameKey('𠮷田')).not.toBe(nameKey('吉田'))
  })

  test('a key is its own key', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'张三·• ．.İÅa\u0301\u{E0100}') }),
    )
    fc.assert(
      fc.property(text, (name) => {
        expect(nameKey(nameKey(name))).toBe(nameKey(name))
      }),
      { numRuns: 500 },
    )
  })
})

describe('passwords (ACC-11)', () => {
  const owner = { idNumber: '11010519491231002x', phone: '13812345678', name: '欧阳 锋' }
  const codes = (password: string, about = owner) => checkPassword(password, about).map(({ code }) => code)

  test.each([
    'correct horse',
    '天地玄黄宇宙洪荒',
    'mx8!kfw2',
    '𠮷𠮷田a田b田c',
    '        x',
    `${'p'.repeat(63)}q`,
  ])('%s passes', (password) => expect(codes(password)).toEqual([]))

  test.each([
    ['', ['password-too-short']],
    ['kf8w2m!', ['password-too-short']],
    [`${'𠮷'.repeat(4)}abc`, ['password-too-short']],
    ['ab'.repeat(33), ['password-too-long']],
    ['12345678', ['password-common']],
    ['１２３４５６７８', ['password-common']],
    ['PassWord', ['password-common']],
    ['qwertyui', ['password-common']],
    ['88888888', ['password-common']],
    ['woaini1314', ['password-common']],
    ['Admin@123', ['password-common']],
    ['@@@@@@@@@@@', ['password-common']],
    ['stuvwxyz', ['password-common']],
    ['x11010519491231002X', ['password-contains-id']],
    ['a1231002x!', ['password-contains-id']],
    ['my13812345678', ['password-contains-phone']],
    ['我是欧阳锋今年八十', ['password-contains-name']],
  ])('%j is refused for %j', (password, expected) => expect(codes(password)).toEqual(expected))

  test('a permit number counts as well, and nothing known is nothing contained', () => {
    expect(codes('xH12345678y', { ...owner, idNumber: 'h12345678' })).toEqual(['password-contains-id'])
    expect(checkPassword('x11010519491231002X', {})).toEqual([])
    expect(checkPassword('anything-goes', { name: '安', phone: '', idNumber: '' })).toEqual([])
  })

  test('no issue carries any part of the password', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3, maxLength: 90, unit: 'grapheme' }), (password) => {
        for (const { at, params = {} } of checkPassword(password, owner)) {
          expect(at).toBe('password')
          expect(Object.keys(params).every((key) => key === 'min' || key === 'max')).toBe(true)
        }
      }),
    )
  })

  test('the list holds only what could be reached', () => {
    expect(commonPasswords.size).toBeGreaterThan(300)
    expect([...commonPasswords].filter((word) => word.length < 8 || word !== word.toLowerCase())).toEqual([])
  })
})
