import fc from 'fast-check'
import { expect, it } from 'vitest'
import { codeAlphabet, codeLength, groupedCode, readCode } from '#lib/domain/receipts.ts'
import { newReceiptCode } from '#lib/ids.ts'

const codes = fc.string({
  unit: fc.constantFrom(...codeAlphabet),
  minLength: codeLength,
  maxLength: codeLength,
})

it('a code is read back however it is typed, and written in fours', () => {
  fc.assert(
    fc.property(codes, (code) => {
      const grouped = groupedCode(code)
      expect(grouped).toMatch(/^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
      for (const typed of [code, grouped, grouped.toLowerCase(), ` ${grouped.replaceAll('-', ' ')}\n`])
        expect(readCode(typed)).toBe(code)
      expect(readCode(grouped.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(code)
      const fullWidth = code.replace(/./g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
      expect(readCode(fullWidth)).toBe(code)
    }),
  )
})

it('what is too short, too long or has another character is no code', () => {
  const code = '7K3MQ9XA20BCDEFG'
  expect(readCode(code)).toBe(code)
  for (const typed of ['', code.slice(1), `${code}7`, code.replace('7', 'U'), code.replace('7', '张')])
    expect(readCode(typed)).toBeNull()
})

it('new ones are codes, and differ', () => {
  const made = Array.from({ length: 200 }, newReceiptCode)
  expect(made.map(readCode)).toEqual(made)
  expect(new Set(made).size).toBe(200)
})
