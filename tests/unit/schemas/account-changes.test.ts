import { describe, expect, it } from 'vitest'
import type { Result } from '#lib/domain/result.ts'
import {
  checkClosing,
  checkOwnPassword,
  checkPasswordChange,
  checkPhoneChange,
  checkRecovery,
} from '#lib/schemas/account-changes.ts'

const told = (result: Result<unknown>) =>
  result.ok ? [] : result.issues.map(({ at, code }) => `${at}: ${code}`)

const recovery = {
  idNumber: ' 11010519491231002x',
  name: ' 欧阳明 ',
  phone: '138 1234 5678',
  code: '０１２３４５',
  newPassword: 'correct horse 42',
  newPasswordAgain: 'correct horse 42',
}

describe('the form of 找回密码 (ACC-7)', () => {
  it('is read and normalised, the number as typed', () =>
    expect(checkRecovery(recovery)).toEqual({
      ok: true,
      value: {
        idNumber: ' 11010519491231002x',
        name: '欧阳明',
        phone: '13812345678',
        code: '012345',
        password: 'correct horse 42',
      },
    }))

  it('tells everything that is missing at once, in the order of the form', () =>
    expect(told(checkRecovery({}))).toEqual([
      'idNumber: id-empty',
      'name: name-empty',
      'phone: phone-empty',
      'code: code-empty',
      'newPassword: password-empty',
    ]))

  it.each([
    [{ newPassword: '12345678', newPasswordAgain: '12345678' }, ['newPassword: password-common']],
    [{ newPasswordAgain: 'correct horse 43' }, ['newPasswordAgain: password-mismatch']],
    [
      { newPassword: 'x13812345678', newPasswordAgain: 'x13812345678' },
      ['newPassword: password-contains-phone'],
    ],
    [
      { newPassword: '我是欧阳明呀呀呀', newPasswordAgain: '我是欧阳明呀呀呀' },
      ['newPassword: password-contains-name'],
    ],
    [{ code: '12345' }, ['code: code-format']],
    [{ phone: '12345' }, ['phone: phone-format']],
  ])('refuses %o', (change, issues) =>
    expect(told(checkRecovery({ ...recovery, ...change }))).toEqual(issues),
  )
})

describe('the form of 修改密码 (ACC-8)', () => {
  const typed = {
    currentPassword: 'correct horse 41',
    newPassword: 'correct horse 42',
    newPasswordAgain: 'correct horse 42',
    totp: '１２３４５６',
  }
  const check = (change: Record<string, string>, needsTotp = false) =>
    told(checkPasswordChange({ ...typed, ...change }, { name: '欧阳明' }, { needsTotp }))

  it('asks for the present one, a new one and the same again', () => {
    expect(check({})).toEqual([])
    expect(told(checkPasswordChange({}, {}, { needsTotp: false }))).toEqual([
      'currentPassword: password-empty',
      'newPassword: password-empty',
    ])
    expect(check({ newPassword: 'correct horse 41', newPasswordAgain: 'correct horse 41' })).toEqual([
      'newPassword: password-same',
    ])
  })
  it('asks staff for their authenticator', () => {
    expect(check({ totp: '' })).toEqual([])
    expect(check({ totp: ' ' }, true)).toEqual(['totp: totp-empty'])
    expect(checkPasswordChange(typed, {}, { needsTotp: true })).toMatchObject({ value: { totp: '123456' } })
  })
})

describe('the form of 更换手机号 (ACC-8)', () => {
  const typed = { newPhone: '139 0000 0001', codeNew: '123456', codeOld: '654321', currentPassword: 'x' }

  it('asks for both codes, or for the password where there is no phone', () => {
    expect(checkPhoneChange(typed, '13900000002')).toEqual({
      ok: true,
      value: {
        phone: '13900000001',
        codeNew: '123456',
        codeOld: '654321',
        currentPassword: '',
        release: false,
      },
    })
    expect(checkPhoneChange({ ...typed, release: '1' }, '')).toEqual({
      ok: true,
      value: { phone: '13900000001', codeNew: '123456', codeOld: '', currentPassword: 'x', release: true },
    })
    expect(told(checkPhoneChange({}, '13900000002'))).toEqual([
      'newPhone: phone-empty',
      'codeNew: code-empty',
      'codeOld: code-empty',
    ])
    expect(told(checkPhoneChange({ ...typed, currentPassword: '' }, ''))).toEqual([
      'currentPassword: password-empty',
    ])
  })
  it('refuses the phone that is registered already', () =>
    expect(told(checkPhoneChange(typed, '13900000001'))).toEqual(['newPhone: phone-same']))
})

describe('what asks for the present password alone', () => {
  it('refuses without it, and closing without the tick', () => {
    expect(told(checkOwnPassword({}))).toEqual(['currentPassword: password-empty'])
    expect(checkOwnPassword({ currentPassword: ' x ' })).toEqual({ ok: true, value: ' x ' })
    expect(told(checkClosing({ closing: 'yes' }))).toEqual([
      'currentPassword: password-empty',
      'closing: closing-unconfirmed',
    ])
    expect(checkClosing({ currentPassword: 'x', closing: '1' })).toEqual({ ok: true, value: 'x' })
  })
})
