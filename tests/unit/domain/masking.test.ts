import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskNumber, maskPhone } from '#lib/domain/masking.ts'
import { maskedName } from '#lib/text/surnames.ts'

describe('masked names (ACC-6)', () => {
  test.each([
    ['张三', '张*'],
    ['张小三', '张**'],
    ['欧阳锋', '欧阳*'],
    ['欧阳娜娜', '欧阳**'],
    ['欧阳', '欧*'],
    ['司馬相如', '司馬**'],
    ['张', '*'],
    ['𠮷田', '𠮷*'],
    ['李𬎆', '李*'],
    ['葛\u{E0100}城', '葛\u{E0100}*'],
    ['买买提·吐尔逊', '买**·***'],
    ['John Smith', 'J*** *****'],
    ['', ''],
  ])('%s is shown as %s', (name, expected) => expect(maskedName(name)).toBe(expected))
})

describe('masked numbers', () => {
  test.each([
    ['440106198506151012', '4401**********1012'],
    ['H12345678', 'H******78'],
    ['12345678', '1*****78'],
    ['ABC', '***'],
    ['', ''],
  ])('%s is shown as %s', (number, expected) => expect(maskNumber(number)).toBe(expected))

  test('the length stays and at least one character of any number is hidden', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{1,30}$/), (number) => {
        const masked = maskNumber(number)
        expect(masked).toHaveLength(number.length)
        expect(masked).toContain('*')
      }),
    )
  })

  test('phones keep three and four digits', () => {
    expect(maskPhone('13812345678')).toBe('138****5678')
    expect(maskPhone('1381234')).toBe('1****34')
  })
})
