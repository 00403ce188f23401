import { expect, it } from 'vitest'
import { type Beside, floorTable } from '../../../bench/floor-table.ts'
import { facts, measured } from './facts.ts'

const floors = (next: number) => [measured('floor-next', 'page', next), measured('floor-node', 'page', 0.5)]
const point = (
  letter: Beside['letter'],
  name: string,
  cpuMs: readonly [number, number],
  next: number,
): Beside => ({
  letter,
  name,
  found: [
    measured('10000', name, cpuMs[0]),
    measured('1000000', name, cpuMs[1]),
    ...floors(next),
    ...(letter === 'c' ? [measured('sharp', 'sharp', 20), measured('inspect', 'inspect', 24)] : []),
  ],
})
const lineOf = (table: string, begin: string) =>
  table.split('\n').find((line) => line.startsWith(begin)) ?? ''

it('sets a point of each size beside the floors of its run, as multiples, and marks what is above', () => {
  const table = floorTable(facts, [point('a', 'wizard', [8, 8.2], 5)])
  expect(lineOf(table, '| a | wizard | 10,000 |')).toBe(
    '| a | wizard | 10,000 | 8.0 | 5.0 | 0.5 | 1.60 | 1.6 | 16.00 |  | 100.0 | 9.0 | 17.0 | 2.0 |  |',
  )
  expect(lineOf(table, '| a | wizard | 1,000,000 |')).toMatch(/\| 1\.64 \| 1\.6 \|.*\| \*\*above\*\* \|$/)
})

it('judges a picture beside sharp and the rest of its request beside the bare post', () => {
  const table = floorTable(facts, [point('c', 'upload', [32, 30], 4)])
  expect(table).toContain("24.0 ms beside 20.0 ms of sharp's own decoding and encoding, 1.20 (at most 1.3)\n")
  expect(table).toContain('10,000 people: 8.0 ms, 2.00 (at most 2) times')
  expect(table).toContain('1,000,000 people: 6.0 ms, 1.50 (at most 2) times')
})

it('sets deep pages of the queue beside the first, and many people beside few', () => {
  const table = floorTable(facts, [
    point('e', 'page 1', [10, 12.5], 5),
    point('e', 'page 500', [10.4, 14], 5),
  ])
  expect(table).toContain('beside page 1, 10,000 people: 1.04 (at most 1.05)\n')
  expect(table).toContain('beside page 1, 1,000,000 people: 1.12 (at most 1.05) **above**')
  expect(table).toContain('1,000,000 people beside 10,000: 1.25 (at most 1.2) **above**')
})

it('holds the servers of the service to their memory, not the floors', () => {
  const table = floorTable(facts, [])
  expect(table).toContain('10000 300, 1000000 700 **above**, floor-next 650 (at most 600)')
})
