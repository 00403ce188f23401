import { describe, expect, test } from 'vitest'
import {
  checkCertificateNumber,
  degreeFitWarnings,
  degreeWarnings,
  diplomaWarnings,
  isFreeTextCertificate,
} from '#lib/schemas/certificate-number.ts'

const named = (issues: readonly { code: string }[]) => issues.map(({ code }) => code)

describe('certificate numbers (EDU-6)', () => {
  test.each([
    ['103351201905001234', false, []],
    ['1033-5120ab', false, []],
    ['１０３３５１２０', false, []],
    [' ', false, ['certificate-number-empty']],
    ['1'.repeat(30), false, []],
    ['1'.repeat(31), false, ['certificate-number-length']],
    ['粤教 第12号', false, ['certificate-number-characters']],
    ['粤教 第12号', true, []],
    ['号'.repeat(40), true, []],
    ['号'.repeat(41), true, ['certificate-number-length']],
    ['12\u200B34', true, ['certificate-number-characters']],
    ['号'.repeat(41), false, ['certificate-number-length', 'certificate-number-characters']],
  ])('%j (any text: %s) %j', (raw, freeText, expected) => {
    const result = checkCertificateNumber(raw, { at: 'diplomaNo', freeText })
    expect(result.ok ? [] : named(result.issues)).toEqual(expected)
  })

  test('is kept in ASCII and without spaces, free text as typed', () => {
    const kept = (raw: string, freeText: boolean) => checkCertificateNumber(raw, { at: 'degreeNo', freeText })
    expect(kept(' １0335 1201905 ', false)).toEqual({ ok: true, value: '103351201905' })
    expect(kept(' 粤教 第１２号 ', true)).toEqual({ ok: true, value: '粤教 第１２号' })
  })

  test.each([
    ['103351201905001234', '2019-06', 'bachelor_program', []],
    ['10335120010600123', '2001-07', 'junior_college', []],
    ['103351201805001234', '2019-06', 'bachelor_program', ['diploma-number-year']],
    ['103351201906001234', '2019-06', 'bachelor_program', ['diploma-number-level']],
    ['103351201806001234', '2019-06', 'bachelor_program', ['diploma-number-year', 'diploma-number-level']],
    ['65440101195001234', '2019-06', 'junior_college', []],
    ['1033512019', '2019-06', 'bachelor_program', ['diploma-number-format']],
    ['abc', '2000-06', 'bachelor_program', []],
    ['', '2019-06', 'bachelor_program', []],
    ['103351201905001234', 'ongoing', 'bachelor_program', []],
  ])('the diploma %s of %s for %s: %j', (number, graduated, level, expected) => {
    expect(named(diplomaWarnings(number, { graduated, level }))).toEqual(expected)
  })

  test.each([
    ['1033542019001234', '2019-06', 'bachelor', []],
    ['C1033542019001234', '2019-06', 'bachelor', []],
    ['Z1033532019001234', '2019-06', 'master', []],
    ['1033542019Z001234', '2019-06', 'bachelor', []],
    ['1033542019001234', '2019-06', 'second_bachelor', []],
    ['1033532019001234', '2019-06', 'bachelor', ['degree-number-level']],
    ['1033542018001234', '2019-06', 'bachelor', ['degree-number-year']],
    ['10335', '2019-06', 'bachelor', ['degree-number-format']],
    ['', '2019-06', 'bachelor', []],
  ])('the degree %s of %s for %s: %j', (number, graduated, degree, expected) => {
    expect(named(degreeWarnings(number, { graduated, degree }))).toEqual(expected)
  })

  test.each([
    ['bachelor_program', 'bachelor', []],
    ['doctor_program', 'master', []],
    ['junior_college', 'none', []],
    ['junior_college', '', []],
    ['junior_college', 'bachelor', ['degree-unusual']],
    ['master_program', 'doctor', ['degree-unusual']],
    ['', 'doctor', []],
  ])('the level %s with the degree %s: %j', (level, degree, expected) => {
    expect(named(degreeFitWarnings(level, degree))).toEqual(expected)
  })

  test.each([
    [false, '2000-12', true],
    [false, '2001-01', false],
    [true, '2020-06', true],
    [false, 'ongoing', false],
    [false, '', false],
  ])('abroad %s, graduated %s: any text %s', (abroad, graduated, expected) => {
    expect(isFreeTextCertificate(abroad, graduated)).toBe(expected)
  })
})
