import { expect, it } from 'vitest'
import { growthTable } from '../../../bench/growth-table.ts'
import { rowsOf } from '../../../bench/measure.ts'
import { facts, measured } from './facts.ts'

it('sets both sizes side by side and marks what costs more than the target', () => {
  const table = growthTable(facts, [
    measured('10000', 'cheap', 10),
    measured('1000000', 'cheap', 12),
    measured('10000', 'dear', 10),
    measured('1000000', 'dear', 12.1),
  ])
  expect(table).toContain(
    '| reviewer | cheap | 20 / 20 | 10.0 / 12.0 | 1.20 | 11.0 / 13.0 | 19.0 / 21.0 |  |',
  )
  expect(table).toContain(
    '| reviewer | dear | 20 / 20 | 10.0 / 12.1 | 1.21 | 11.0 / 13.1 | 19.0 / 21.1 | **above** |',
  )
})

it('says of pages with unlike rows that they cannot be compared', () => {
  const table = growthTable(facts, [measured('10000', 'names', 10, 1), measured('1000000', 'names', 30, 50)])
  expect(table).toContain('rows differ |')
  expect(table).not.toContain('**above**')
})

it('counts the rows of data, not those of headings', () => {
  const html =
    '<table><thead><tr><th>a</th></tr></thead><tbody class="x"><tr><td>1</td></tr><tr class="y"></tr></tbody></table>'
  expect(rowsOf(html)).toBe(2)
  expect(rowsOf('<p>nothing</p>')).toBe(0)
})
