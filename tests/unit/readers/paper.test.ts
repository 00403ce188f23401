import { expect, it } from 'vitest'
import { canonical, factLines } from '#lib/readers/paper.ts'

it('facts stand two in a line, a wide one alone', () => {
  const fact = (label: string, wide = false) => ({ label, value: label, ...(wide ? { wide } : {}) })
  const lines = factLines([fact('a'), fact('b'), fact('c'), fact('d', true), fact('e'), fact('f', true)])
  expect(lines.map((line) => line.map(({ label }) => label).join(''))).toEqual(['ab', 'c', 'd', 'e', 'f'])
})

it('the same values give the same text, in whatever order their keys came', () => {
  expect(canonical({ b: [{ y: 1, x: null }], a: '' })).toBe(canonical({ a: '', b: [{ x: null, y: 1 }] }))
  expect(canonical({ a: ['1', '2'] })).not.toBe(canonical({ a: ['2', '1'] }))
})
