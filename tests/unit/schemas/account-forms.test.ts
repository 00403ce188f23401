import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkCode,
  checkCodeRequest,
  checkRegistration,
  checkSignIn,
  identityKeysOf,
  readDay,
} from '#lib/schemas/account.ts'
import { countryCodes } from '#lib/schemas/countries.ts'
import { identityTypes } from '#lib/schemas/identity-number.ts'
import { accountWords } from '#lib/text/account.ts'
import { countryOptions } from '#lib/text/countries.ts'
import { knownCodes } from '#lib/text/issues.ts'

const today = '2026-11-21'
const right = {
  idType: 'mainland_id',
  idNumber: '11010519491231002x',
  name: ' 欧阳明 ',
  phone: '138 1234 5678',
  code: '０１２３４５',
  password: 'correct horse 42',
  passwordAgain: 'correct horse 42',
}
const passport = {
  idType: 'foreign_passport',
  idNumber: 'x1234567',
  nationality: 'FR',
  sex: 'male',
  birth: '1990-03-07',
}

const issuesOf = (change: Record<string, string>) => {
  const result = checkRegistration({ ...right, ...change }, today)
  return result.ok ? [] : result.issues.map(({ at, code }) => `${at}: ${code}`)
}

describe('the registration form (ACC-1)', () => {
  test('is read, normalised, with what the number tells', () =>
    expect(checkRegistration(right, today)).toEqual({
      ok: true,
      value: {
        idType: 'mainland_id',
        number: '11010519491231002X',
        identityKey: 'mainland_id:11010519491231002X',
        nationality: '',
        name: '欧阳明',
        sex: 'female',
        birth: '1949-12-31',
        phone: '13812345678',
        code: '012345',
        password: 'correct horse 42',
        claim: false,
        release: false,
      },
    }))

  test('says what is claimed and released only where it is ticked (ACC-9)', () => {
    expect(checkRegistration({ ...right, claim: '1', release: '1' }, today)).toMatchObject({
      value: { claim: true, release: true },
    })
    expect(checkRegistration({ ...right, claim: 'on', release: ['1'] }, today)).toMatchObject({
      value: { claim: false, release: false },
    })
  })

  test('of a passport asks nationality, sex and birth', () => {
    expect(checkRegistration({ ...right, ...passport }, today)).toMatchObject({
      value: {
        identityKey: 'foreign_passport:FR:X1234567',
        nationality: 'FR',
        sex: 'male',
        birth: '1990-03-07',
      },
    })
    expect(issuesOf({ ...passport, nationality: '', sex: '', birth: '' })).toEqual([
      'nationality: id-nationality',
      'sex: required',
      'birth: required',
    ])
  })

  test.each(['CN', 'HK', 'MO', 'TW', 'XX', 'FRA'])(
    '%s is no nationality of a foreign passport',
    (nationality) => expect(issuesOf({ ...passport, nationality })).toEqual(['nationality: id-nationality']),
  )

  test('asks nothing the number tells, and believes nothing else', () => {
    expect(
      checkRegistration({ ...right, sex: 'male', birth: '2000-01-01', nationality: 'FR' }, today),
    ).toMatchObject({
      value: { sex: 'female', birth: '1949-12-31', nationality: '' },
    })
  })

  test.each(['2026-11-22', '1899-12-31', '1990-02-30', 'soon'])('%s is no day of birth', (birth) =>
    expect(issuesOf({ ...passport, birth })).toEqual(['birth: birth-invalid']),
  )

  test('tells everything at once, in the order of the form', () =>
    expect(checkRegistration({}, today)).toEqual({
      ok: false,
      issues: [
        { at: 'idType', code: 'required' },
        { at: 'idNumber', code: 'id-empty' },
        { at: 'name', code: 'name-empty' },
        { at: 'phone', code: 'phone-empty' },
        { at: 'code', code: 'code-empty' },
        { at: 'password', code: 'password-empty' },
      ],
    }))

  test.each([
    [{ passwordAgain: 'correct horse 43' }, ['passwordAgain: password-mismatch']],
    [
      { password: '欧阳明的密码', passwordAgain: '欧阳明的密码' },
      ['password: password-too-short', 'password: password-contains-name'],
    ],
    [{ password: 'x13812345678', passwordAgain: 'x13812345678' }, ['password: password-contains-phone']],
    [{ idType: 'passport' }, ['idType: required']],
  ])('%j is refused', (change, expected) => expect(issuesOf(change)).toEqual(expected))

  test('never throws, and every issue has words and a control', () => {
    const anything = fc.record(
      {
        idType: fc.oneof(fc.constantFrom(...identityTypes), fc.string()),
        idNumber: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(right.idNumber, 'H12345678')),
        nationality: fc.string(),
        name: fc.string({ unit: 'binary' }),
        sex: fc.oneof(fc.constantFrom('male', 'female'), fc.anything()),
        birth: fc.oneof(fc.string(), fc.constant('1990-03-07')),
        phone: fc.string({ unit: 'binary' }),
        code: fc.oneof(fc.string(), fc.integer()),
        password: fc.string({ unit: 'binary', maxLength: 100 }),
        passwordAgain: fc.string(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(anything, (typed) => {
        const result = checkRegistration(typed, today)
        const issues = result.ok ? [] : result.issues
        expect(result.ok || issues.length > 0).toBe(true)
        for (const { at, code } of issues) {
          expect(knownCodes).toContain(code)
          expect(Object.keys(accountWords.fields)).toContain(at)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('days as people write them', () => {
  test.each([
    '1990-03-07',
    '1990-3-7',
    '1990.3.7',
    '1990/03/07',
    '1990年3月7日',
    '19900307',
    '１９９０－０３－０７',
  ])('%s is one', (raw) => expect(readDay(raw)).toBe('1990-03-07'))
  test.each(['', '1990-03', '90-3-7', '1990-13-01', '1990-02-29', '199037'])('%j is none', (raw) =>
    expect(readDay(raw)).toBe(''),
  )
})

describe('the smaller forms', () => {
  test('a code is six digits', () => {
    expect(checkCode(' 123 456 ')).toEqual({ ok: true, value: '123456' })
    expect(checkCode('12345')).toMatchObject({ issues: [{ at: 'code', code: 'code-format' }] })
    expect(checkCode('12345a')).toMatchObject({ issues: [{ at: 'code', code: 'code-format' }] })
  })

  test('asking for a code needs a phone and a captcha', () => {
    expect(
      checkCodeRequest({ phone: '+86 13812345678', captcha: '1', captchaToken: 't', name: 'x' }),
    ).toEqual({
      ok: true,
      value: { phone: '13812345678', captcha: '1', captchaToken: 't' },
    })
    expect(checkCodeRequest({})).toMatchObject({
      issues: [{ code: 'phone-empty' }, { code: 'captcha-empty' }],
    })
  })

  test('signing in keeps the password as typed', () => {
    expect(
      checkSignIn({ login: 'x', password: ' p ', captcha: '1', captchaToken: 't', totp: '１２３ 456' }),
    ).toEqual({
      ok: true,
      value: { login: 'x', password: ' p ', captcha: '1', captchaToken: 't', totp: '123456' },
    })
  })
})

describe('what a typed number may mean', () => {
  test('is every document it could be of', () => {
    expect(identityKeysOf('h1234567802', today)).toEqual(['hkmo_permit:H12345678'])
    expect(identityKeysOf('12345678', today)).toEqual(['tw_permit:12345678'])
    expect(identityKeysOf('13812345678', today)).toEqual([])
    expect(identityKeysOf('reviewer', today)).toEqual([])
  })
})

test('every country has a Chinese name', () => {
  const options = countryOptions()
  expect(options).toHaveLength(countryCodes.size)
  for (const { label } of options) expect(label).toMatch(/\p{Script=Han}/u)
})
