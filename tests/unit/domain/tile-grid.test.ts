import { expect, it } from 'vitest'
import { departments } from '#db/seed/departments.ts'
import { provinceTiles } from '#lib/domain/tile-grid.ts'
import { provinceNames } from '#lib/text/figures.ts'

const codes = provinceTiles.map(({ code }) => code)

it('every division of the first level has a square of its own and a name', () => {
  expect(codes).toHaveLength(34)
  expect(new Set(codes)).toEqual(new Set(Object.keys(provinceNames)))
  expect(new Set(provinceTiles.map(({ row, column }) => `${row}.${column}`)).size).toBe(34)
  expect(provinceTiles.every(({ row, column }) => [row, column].every((at) => at >= 1 && at <= 8))).toBe(true)
})

it('a square stands for the province of its name', () => {
  const provinces = departments().filter(({ kind }) => kind === 'province')
  expect(provinces).toHaveLength(31)
  for (const { regionCode, name } of provinces)
    expect(name.startsWith(provinceNames[regionCode ?? ''] ?? '?'), name).toBe(true)
})

it('north lies above south, west before east', () => {
  const at = (code: string) => provinceTiles.find((one) => one.code === code) ?? { row: 0, column: 0 }
  const [north, south, west, east] = ['230000', '460000', '650000', '310000'].map(at)
  expect(north?.row).toBeLessThan(south?.row ?? 0)
  expect(west?.column).toBeLessThan(east?.column ?? 0)
})
