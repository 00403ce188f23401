import { describe, expect, it } from 'vitest'
import { usualRules } from '#lib/domain/province-rules.ts'
import { checkProvinceRules } from '#lib/schemas/province-rules.ts'

const typed = {
  transferInside: 'both',
  transferOutside: 'target',
  creditsTotal: '120',
  creditsProfessional: '９0',
  creditsOnline: '2',
}
const issues = (change: Record<string, unknown>) => {
  const read = checkProvinceRules({ ...typed, ...change })
  return read.ok ? [] : read.issues.map(({ at, code }) => `${at} ${code}`)
}

describe('the rules of a province as typed', () => {
  it('are taken, the usual ones too', () => {
    expect(checkProvinceRules(typed)).toEqual({
      ok: true,
      value: {
        transferInside: 'both',
        transferOutside: 'target',
        creditsTotal: 120,
        creditsProfessional: 90,
        creditsOnline: 2,
      },
    })
    const usual = Object.fromEntries(Object.entries(usualRules).map(([key, value]) => [key, String(value)]))
    expect(checkProvinceRules(usual)).toEqual({ ok: true, value: usualRules })
  })

  it.each([
    [{ transferInside: '' }, ['transferInside required']],
    [{ transferOutside: 'nobody' }, ['transferOutside not-offered']],
    [{ creditsTotal: '89' }, ['creditsTotal province-number']],
    [{ creditsTotal: '361' }, ['creditsTotal province-number']],
    [{ creditsTotal: '1e2' }, ['creditsTotal province-number']],
    [{ creditsProfessional: '59' }, ['creditsProfessional province-number']],
    [{ creditsProfessional: '' }, ['creditsProfessional province-number']],
    [{ creditsProfessional: '121' }, ['creditsProfessional province-professional']],
    [{ creditsOnline: '0' }, ['creditsOnline province-number']],
    [{ creditsOnline: '11' }, ['creditsOnline province-number']],
    [{ creditsOnline: ['2'] }, ['creditsOnline province-number']],
  ])('%o is refused', (change, expected) => expect(issues(change)).toEqual(expected))

  it('are refused with everything that is wrong', () =>
    expect(
      issues({ transferInside: 'x', transferOutside: 'y', creditsTotal: '1', creditsOnline: '' }),
    ).toEqual([
      'transferInside not-offered',
      'transferOutside not-offered',
      'creditsTotal province-number',
      'creditsOnline province-number',
    ]))
})
