import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { creditAlphabet, creditCheckCharacter, organisationCheckCharacter } from '#lib/schemas/checksum.ts'
import { checkCreditCode } from '#lib/schemas/credit-code.ts'

const codes = (raw: string) => {
  const result = checkCreditCode(raw)
  return result.ok ? [] : result.issues.map(({ code }) => code)
}
const warnings = (raw: string) => {
  const result = checkCreditCode(raw)
  return result.ok ? result.value.warnings.map(({ code }) => code) : null
}
const characters = (length: number) =>
  fc
    .array(fc.constantFrom(...creditAlphabet), { minLength: length, maxLength: length })
    .map((all) => all.join(''))
const anyCode = fc.tuple(characters(8), characters(8)).map(([head, body]) => {
  const front = head + body + organisationCheckCharacter(body)
  return front + creditCheckCharacter(front)
})

describe('unified social credit codes (GB 32100, WRK-1)', () => {
  test.each(['91350100M000100Y43', '9144030071526726XG', '914403001922038216'])('%s passes', (code) =>
    expect(checkCreditCode(code)).toEqual({ ok: true, value: { code, warnings: [] } }),
  )

  test('is read as people type it', () => {
    expect(checkCreditCode(' ９１350100-m000100y43 ')).toMatchObject({
      value: { code: '91350100M000100Y43' },
    })
  })

  test.each([
    ['', ['credit-code-empty']],
    ['91350100M000100Y4', ['credit-code-length']],
    ['91350100MO00100Y43', ['credit-code-alphabet']],
    ['91350100M00O100Y4', ['credit-code-length', 'credit-code-alphabet']],
    ['91350100M000100Y44', ['credit-code-check-digit']],
    ['0'.repeat(18), ['credit-code-placeholder']],
  ])('%j is refused for %j', (raw, expected) => expect(codes(raw)).toEqual(expected))

  test('letters the alphabet does not have are named', () => {
    expect(checkCreditCode('91350100MO0I100Y43')).toMatchObject({
      issues: [{ at: 'creditCode', code: 'credit-code-alphabet', params: { characters: 'O I' } }],
    })
  })

  test('letters in the first two places pass, as for rural and other organisations', () => {
    const head = `N2350100M000100Y4`
    expect(warnings(head + creditCheckCharacter(head))).toEqual([])
  })

  test('a wrong inner organisation code only warns', () => {
    const head = '91350100M000100Y5'
    expect(warnings(head + creditCheckCharacter(head))).toEqual(['credit-code-organisation-digit'])
  })

  test('every code built by the standard passes, check sum 0 included; every other last character fails', () => {
    fc.assert(
      fc.property(anyCode, fc.constantFrom(...creditAlphabet), (code, last) => {
        expect(warnings(code)).toEqual([])
        const changed = code.slice(0, 17) + last
        if (changed !== code) expect(codes(changed)).toEqual(['credit-code-check-digit'])
      }),
      { numRuns: 400 },
    )
  })

  test('one wrong character anywhere is noticed', () => {
    fc.assert(
      fc.property(anyCode, fc.nat(16), fc.constantFrom(...creditAlphabet), (code, at, other) => {
        fc.pre(code.charAt(at) !== other)
        expect(codes(code.slice(0, at) + other + code.slice(at + 1))).toEqual(['credit-code-check-digit'])
      }),
    )
  })
})
