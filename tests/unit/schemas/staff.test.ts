import fc from 'fast-check'
import { generateSync, verifySync } from 'otplib'
import { describe, expect, it } from 'vitest'
import type { Result } from '#lib/domain/result.ts'
import { inGroups, recoveryCodeIn, recoveryCodes, secretFrom } from '#lib/schemas/authenticator.ts'
import {
  checkAcceptance,
  checkConfirmation,
  checkFirstCode,
  checkGrant,
  checkInvitation,
  checkLoginName,
  departmentPathIn,
} from '#lib/schemas/staff.ts'

const today = '2026-11-21'
const codes = (result: Result<unknown>) =>
  result.ok ? [] : result.issues.map(({ at, code }) => `${at}: ${code}`)

describe('an authenticator’s secret', () => {
  it('is Base32 of 160 bits, and applications count from it', () => {
    // RFC 6238, appendix B: the ASCII secret 12345678901234567890.
    const secret = secretFrom(Buffer.from('12345678901234567890').toString('hex'))
    expect(secret).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
    expect(generateSync({ strategy: 'totp', secret, epoch: 59 })).toBe('287082')
    expect(secretFrom('0'.repeat(64))).toBe('A'.repeat(32))
    expect(secretFrom('f'.repeat(64))).toBe('7'.repeat(32))
  })
  it('tells any two beginnings apart', () =>
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        const secret = secretFrom(Buffer.from(bytes).toString('hex'))
        expect(secret).toMatch(/^[A-Z2-7]{32}$/)
        const token = generateSync({ strategy: 'totp', secret, epoch: 1_000_000 })
        expect(verifySync({ strategy: 'totp', secret, token, epoch: 1_000_000 }).valid).toBe(true)
      }),
      { numRuns: 20 },
    ))
  it('is read in groups of four', () => expect(inGroups('ABCDEFGHIJ')).toBe('ABCD EFGH IJ'))
})

describe('a recovery code', () => {
  it('is taken as people write it down', () => {
    for (const typed of ['ABCDE-FGHJK', 'abcdefghjk', ' abcde fghjk ', 'ＡＢＣＤＥ－ＦＧＨＪＫ'])
      expect(recoveryCodeIn(typed)).toBe('ABCDEFGHJK')
  })
  it.each(['', '123456', 'ABCDE-FGHJ', 'ABCDE-FGHJKL', 'ABCDE-FGHJ0', 'ABCDE-FGHJI', 'ABCDE-FGHJ1'])(
    'is not “%s”',
    (typed) => expect(recoveryCodeIn(typed)).toBeNull(),
  )
  it('has no characters that look alike', () => expect(recoveryCodes.alphabet).not.toMatch(/[01ILO]/))
})

describe('an invitation', () => {
  const form = { name: '李审核', role: 'reviewer', 'department.1': '440000', 'department.2': '440100' }
  it('needs a name, a role and a place', () => {
    expect(codes(checkInvitation({}, today))).toEqual(['name: name-empty', 'role: required'])
    expect(codes(checkInvitation({ ...form, 'department.1': '', 'department.2': '' }, today))).toEqual([
      'department: required',
    ])
    expect(codes(checkInvitation({ ...form, role: 'king', name: 'a\u202eb', idNumber: '1' }, today))).toEqual(
      ['name: name-characters', 'idNumber: id-length', 'role: required'],
    )
  })
  it('gives what was chosen', () => {
    expect(checkInvitation({ ...form, idNumber: '11010519491231002x' }, today)).toEqual({
      ok: true,
      value: {
        name: '李审核',
        role: 'reviewer',
        department: '440000/440100',
        identityKey: expect.stringContaining('11010519491231002X'),
      },
    })
    expect(checkInvitation(form, today)).toMatchObject({ value: { identityKey: null } })
  })
  it('has no place for an operator, and perhaps none for an auditor', () => {
    expect(checkInvitation({ ...form, role: 'operator' }, today)).toMatchObject({ value: { department: '' } })
    expect(checkInvitation({ name: '李', role: 'auditor' }, today)).toMatchObject({
      value: { department: '' },
    })
    expect(checkInvitation({ ...form, role: 'auditor' }, today)).toMatchObject({
      value: { department: '440000/440100' },
    })
    for (const role of ['manager', 'viewer'])
      expect(codes(checkInvitation({ name: '李', role }, today))).toEqual(['department: required'])
  })
  it('reads three selects, and no more than they can say', () => {
    expect(departmentPathIn({ 'department.1': 'a', 'department.2': 'b', 'department.3': 'c' })).toBe('a/b/c')
    expect(departmentPathIn({ 'department.1': 'a/x' })).toBe('ax')
    expect(departmentPathIn({})).toBe('')
  })
})

describe('a further office', () => {
  const form = { role: 'reviewer', 'department.1': '440000' }
  it('counts to the end of its last day in China', () => {
    expect(checkGrant(form, today)).toMatchObject({ ok: true, value: { until: null } })
    expect(checkGrant({ ...form, until: '2026.11.21' }, today)).toMatchObject({
      value: { until: new Date('2026-11-21T16:00:00Z') },
    })
  })
  it.each(['2026-11-20', '2026-02-30', 'tomorrow'])('does not end “%s”', (until) =>
    expect(codes(checkGrant({ ...form, until }, today))).toEqual(['until: staff-until']),
  )
  it('of an operator has no end', () =>
    expect(codes(checkGrant({ role: 'operator', until: '2027-01-01' }, today))).toEqual([
      'until: staff-operator-until',
    ]))
})

describe('a login name', () => {
  it('is kept in lower case', () => {
    expect(checkLoginName(' Tianhe-01 ')).toEqual({ ok: true, value: 'tianhe-01' })
    expect(checkLoginName('ｔianhe')).toEqual({ ok: true, value: 'tianhe' })
  })
  it.each(['', 'ab', 'a'.repeat(33), 'a b c', '天河审核', 'a_b', 'a@b.cn'])('is not “%s”', (login) =>
    expect(codes(checkLoginName(login))).toEqual(['login: login-name-format']),
  )
  it.each(['123', '1-2-3', 'h12345678', '12345678', '13800138000', '11010519491231002x', 'e12345678'])(
    'is not the number “%s”',
    (login) => expect(codes(checkLoginName(login))).toEqual(['login: login-name-number']),
  )
})

describe('what an invited person types', () => {
  const right = {
    login: 'tianhe',
    password: 'correct horse 42',
    passwordAgain: 'correct horse 42',
    totp: '123456',
  }
  const given = { isNew: true, name: '李审核' }
  it('is told about whole', () => {
    expect(codes(checkAcceptance({}, given))).toEqual([
      'login: login-name-format',
      'password: password-empty',
      'totp: totp-empty',
    ])
    expect(
      codes(
        checkAcceptance({ ...right, password: '我是李审核本人呀', passwordAgain: 'x', totp: '12345' }, given),
      ),
    ).toEqual(['password: password-contains-name', 'passwordAgain: password-mismatch', 'totp: totp-format'])
    expect(
      codes(checkAcceptance({ ...right, password: '12345678', passwordAgain: '12345678' }, given)),
    ).toEqual(['password: password-common'])
  })
  it('has a login name where there is none yet', () => {
    expect(checkAcceptance(right, given)).toMatchObject({ value: { login: 'tianhe', totp: '123456' } })
    expect(checkAcceptance({ ...right, login: '' }, { ...given, isNew: false })).toMatchObject({
      ok: true,
      value: { login: null },
    })
  })
})

describe('what who is signed in confirms with', () => {
  it('is a password and either factor', () => {
    expect(codes(checkConfirmation({}))).toEqual(['currentPassword: password-empty', 'totp: totp-empty'])
    expect(codes(checkConfirmation({ currentPassword: 'x', totp: 'abc' }))).toEqual(['totp: totp-format'])
    for (const totp of ['123 456', 'ABCDE-FGHJK'])
      expect(checkConfirmation({ currentPassword: 'x', totp }).ok).toBe(true)
  })
  it('is no recovery code where an authenticator is to be proven', () =>
    expect(codes(checkFirstCode({ totp: 'ABCDE-FGHJK' }))).toEqual(['totp: totp-format']))
})
