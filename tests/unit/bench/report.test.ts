import { expect, it } from 'vitest'
import { rowsOf } from '../../../bench/points.ts'
import { type RunFacts, tableOf } from '../../../bench/report.ts'

const facts: RunFacts = {
  at: '2026-11-22T01:00:00.000Z',
  commit: 'abc1234',
  node: 'v24.0.0',
  machine: '2 × CPU, 8 GB',
  sizes: [10_000, 1_000_000],
  requests: 200,
  loadBefore: 1,
  loadAfter: 2,
  idle: { 10000: 1, 1000000: 1 },
}
const one = (size: number, point: string, cpuMs: number, rows = 20) => ({
  size,
  actor: 'reviewer',
  point,
  requests: 200,
  cpuMs,
  p50Ms: cpuMs + 1,
  p99Ms: cpuMs + 9,
  rows,
  bytes: 1,
})

it('sets both sizes side by side and marks what costs more than the target', () => {
  const table = tableOf(facts, [
    one(10_000, 'cheap', 10),
    one(1_000_000, 'cheap', 12),
    one(10_000, 'dear', 10),
    one(1_000_000, 'dear', 12.1),
  ])
  expect(table).toContain(
    '| reviewer | cheap | 20 / 20 | 10.0 / 12.0 | 1.20 | 11.0 / 13.0 | 19.0 / 21.0 |  |',
  )
  expect(table).toContain(
    '| reviewer | dear | 20 / 20 | 10.0 / 12.1 | 1.21 | 11.0 / 13.1 | 19.0 / 21.1 | **above** |',
  )
})

it('says of pages with unlike rows that they cannot be compared', () => {
  const table = tableOf(facts, [one(10_000, 'names', 10, 1), one(1_000_000, 'names', 30, 50)])
  expect(table).toContain('rows differ |')
  expect(table).not.toContain('**above**')
})

it('counts the rows of data, not those of headings', () => {
  const html =
    '<table><thead><tr><th>a</th></tr></thead><tbody class="x"><tr><td>1</td></tr><tr class="y"></tr></tbody></table>'
  expect(rowsOf(html)).toBe(2)
  expect(rowsOf('<p>nothing</p>')).toBe(0)
})
