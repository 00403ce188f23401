import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '#lib/domain/days.ts'
import { identityCheckCharacter } from '#lib/schemas/checksum.ts'
import {
  checkNumber,
  type IdentityType,
  identityTypes,
  isPassportShaped,
  needsPersonalDetails,
  normaliseNumber,
} from '#lib/schemas/identity-number.ts'

const today = '2026-11-21'
const codes = (type: IdentityType, raw: string, nationality?: string) => {
  const result = checkNumber(type, raw, { today, ...(nationality ? { nationality } : {}) })
  return result.ok ? [] : result.issues.map(({ code }) => code)
}
const value = (type: IdentityType, raw: string, nationality?: string) => {
  const result = checkNumber(type, raw, { today, ...(nationality ? { nationality } : {}) })
  return result.ok ? result.value : result.issues
}
const closed = (head: string) => head + identityCheckCharacter(head)

/** Eighteen characters as GB 11643 builds them, with an address code of the given beginning. */
const numberFrom = (region: fc.Arbitrary<string>) =>
  fc
    .tuple(region, fc.nat(46_000), fc.integer({ min: 0, max: 999 }))
    .map(([address, offset, serial]) =>
      closed(address + addDays('1900-01-01', offset).replaceAll('-', '') + String(serial).padStart(3, '0')),
    )
const mainland = numberFrom(fc.integer({ min: 110000, max: 799999 }).map(String))

describe('mainland identity numbers (GB 11643)', () => {
  test.each([
    ['11010519491231002X', '1949-12-31', 'female'],
    ['110101199003070011', '1990-03-07', 'male'],
    ['440300198506150028', '1985-06-15', 'female'],
    [' １１０１０５１９４９１２３１００２ｘ ', '1949-12-31', 'female'],
    ['110105 19491231 002x', '1949-12-31', 'female'],
  ])('%s tells birth and sex', (raw, birth, sex) => {
    const number = normaliseNumber(raw)
    expect(value('mainland_id', raw)).toEqual({ number, identityKey: `mainland_id:${number}`, birth, sex })
  })

  test.each([
    ['', ['id-empty']],
    ['  ', ['id-empty']],
    ['11010519491231002', ['id-length']],
    ['130503670401001', ['id-length']],
    ['11010519491231002Y', ['id-format']],
    ['X1010519491231002X', ['id-format']],
    ['110105194912310021', ['id-check-digit']],
    [closed('11010519490230002'), ['id-birth']],
    [closed('11010518991231002'), ['id-birth']],
    [closed('11010520261122002'), ['id-birth']],
    [closed('01010519491231002'), ['id-region']],
    ['810000199203050019', ['id-region']],
    ['010105194913310020', ['id-region', 'id-birth', 'id-check-digit']],
  ])('%j is refused for %j', (raw, expected) => expect(codes('mainland_id', raw)).toEqual(expected))

  test('somebody born today is not born in the future', () =>
    expect(codes('mainland_id', closed('11010520261121002'))).toEqual([]))

  test('a number of another document names the document it belongs to', () => {
    expect(value('mainland_id', '830000198808170020')).toEqual([
      { at: 'idNumber', code: 'id-region', params: { type: 'mainland_id', belongsTo: 'tw_residence' } },
    ])
    expect(value('mainland_id', '1101051949')).toEqual([
      { at: 'idNumber', code: 'id-length', params: { expected: 18, measured: 10 } },
    ])
  })

  test('every number built by the standard passes; every other last character fails', () => {
    fc.assert(
      fc.property(mainland, fc.constantFrom(...'0123456789X'), (number, last) => {
        expect(codes('mainland_id', number)).toEqual([])
        const changed = number.slice(0, 17) + last
        if (changed !== number) expect(codes('mainland_id', changed)).toEqual(['id-check-digit'])
      }),
    )
  })

  test('one wrong digit anywhere and two neighbours swapped are noticed', () => {
    fc.assert(
      fc.property(mainland, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, at, shift) => {
        const digit = (Number(number.charAt(at)) + shift) % 10
        expect(codes('mainland_id', number.slice(0, at) + digit + number.slice(at + 1))).toContain(
          'id-check-digit',
        )
        const swapped = number.slice(0, at) + number.charAt(at + 1) + number.charAt(at) + number.slice(at + 2)
        if (swapped !== number) expect(codes('mainland_id', swapped)).not.toEqual([])
      }),
    )
  })

  test('any text at all gets an answer', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...identityTypes),
        fc.string({ unit: 'binary', maxLength: 40 }),
        (type, text) => {
          const result = checkNumber(type, text, { today })
          expect(result.ok || result.issues.length > 0).toBe(true)
        },
      ),
    )
  })
})

describe('other documents', () => {
  test.each<[IdentityType, string, string]>([
    ['hkmo_residence', '810000199203050019', 'hkmo_residence:810000199203050019'],
    ['hkmo_residence', closed('82000019920305001'), `hkmo_residence:${closed('82000019920305001')}`],
    ['tw_residence', '830000198808170020', 'tw_residence:830000198808170020'],
    ['hkmo_permit', 'h12345678', 'hkmo_permit:H12345678'],
    ['hkmo_permit', 'H1234567801', 'hkmo_permit:H12345678'],
    ['hkmo_permit', 'M1234567802', 'hkmo_permit:M12345678'],
    ['tw_permit', '12345678', 'tw_permit:12345678'],
    ['tw_permit', '1234567801', 'tw_permit:12345678'],
    ['tw_permit', '1234567801b', 'tw_permit:12345678'],
    ['foreign_pr_card', 'usa110180010123', 'foreign_pr_card:USA110180010123'],
    ['foreign_pr_card', closed('91184019900307001'), `foreign_pr_card:${closed('91184019900307001')}`],
  ])('%s %s is known as %s', (type, raw, identityKey) => {
    expect(value(type, raw)).toMatchObject({ number: normaliseNumber(raw), identityKey })
  })

  test.each<[IdentityType, string, string[]]>([
    ['hkmo_residence', '830000198808170020', ['id-region']],
    ['tw_residence', '810000199203050019', ['id-region']],
    ['tw_residence', '830000198808170021', ['id-check-digit']],
    ['hkmo_residence', '11010519491231002X', ['id-region']],
    ['hkmo_permit', 'A12345678', ['id-format']],
    ['hkmo_permit', 'H1234567', ['id-format']],
    ['hkmo_permit', 'H123456780', ['id-format']],
    ['tw_permit', '123456789', ['id-format']],
    ['tw_permit', '12345678B', ['id-format']],
    ['foreign_pr_card', 'USA11018001012', ['id-format']],
    ['foreign_pr_card', '11010519491231002X', ['id-region']],
    ['foreign_pr_card', '911840199003070019'.slice(0, 17), ['id-length']],
  ])('%s refuses %s', (type, raw, expected) => expect(codes(type, raw)).toEqual(expected))

  test('a passport is never called like an identity card or a phone', () => {
    const raw: readonly [string, string][] = [
      ['11010519491231002X', 'id-region'],
      ['110105194912310021', 'id-region'],
      ['11010519491231002x', 'id-region'],
      ['13812345678', 'id-is-phone'],
      ['8613812345678', 'id-is-phone'],
      ['008613812345678', 'id-is-phone'],
    ]
    for (const [number, code] of raw) {
      expect(codes('foreign_passport', number, 'USA')).toEqual([code])
      expect(isPassportShaped(number.toUpperCase())).toBe(false)
    }
    for (const number of ['12812345678', '1381234567', '138123456789', '1101051949123100', 'A13812345678'])
      expect(codes('foreign_passport', number, 'USA')).toEqual([])
  })

  test('a passport is one person together with its country', () => {
    expect(value('foreign_passport', 'ab 123456', 'usa')).toEqual({
      number: 'AB123456',
      identityKey: 'foreign_passport:USA:AB123456',
    })
    expect(codes('foreign_passport', 'AB123456')).toEqual(['id-nationality'])
    expect(codes('foreign_passport', 'AB-1', '')).toEqual(['id-nationality', 'id-format'])
    expect(codes('foreign_passport', 'A'.repeat(21), 'USA')).toEqual(['id-format'])
  })

  test('keys of different documents never meet', () => {
    const keys = identityTypes.flatMap((type) => {
      const result = checkNumber(type, '12345678', { today, nationality: 'USA' })
      return result.ok ? [result.value.identityKey] : []
    })
    expect(keys).toEqual(['tw_permit:12345678', 'foreign_passport:USA:12345678'])
  })

  test('sex and birth are asked exactly where the number does not tell them (ACC-1)', () => {
    expect(identityTypes.filter((type) => needsPersonalDetails(type))).toEqual([
      'hkmo_permit',
      'tw_permit',
      'foreign_passport',
      'foreign_pr_card',
    ])
    expect(needsPersonalDetails('foreign_pr_card', closed('91184019900307001'))).toBe(false)
    expect(value('foreign_pr_card', closed('91184019900307001'))).toMatchObject({
      birth: '1990-03-07',
      sex: 'male',
    })
    expect(needsPersonalDetails('foreign_pr_card', 'USA110180010123')).toBe(true)
  })
})
