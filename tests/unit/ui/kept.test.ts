/** Which edit a form stands on whose values were kept (COL-4). */
import { expect, it } from 'vitest'
import { keptOf, revOf, typedOf } from '#app/(applicant)/_kept.ts'
import type { Row } from '#lib/sections/define.ts'

const stored = (rev: number): Row => ({ id: 'main', rev, values: { address: 'stored' } })
const echo = (notice: string, rev: string, row = 'main') => ({
  id: 'e',
  page: '/collection/basic',
  ownerId: 'somebody',
  values: { row: [row], rev: [rev], address: ['typed'] },
  issues: [],
  notice,
})

it.each([
  ['refused, which saved it as one edit more', '', '4', 5, 5],
  ['refused, and nothing of it was new', '', '4', 4, 4],
  ['refused, and saved elsewhere since', '', '4', 6, 5],
  ['of a session that ended', 'signed-out', '4', 4, 4],
  ['of a session that ended, and saved elsewhere since', 'signed-out', '4', 6, 4],
  ['stale, beside the newer one', 'stale', '4', 6, 6],
])('a form that was %s', (_, notice, from, rev, stands) => {
  expect(revOf(echo(notice, from), stored(rev))).toBe(stands)
})

it('of another row, or of none, is nothing to this one', () => {
  for (const kept of [null, echo('signed-out', '1', 'row002')]) {
    expect(revOf(kept, stored(6))).toBe(6)
    expect(keptOf(kept, stored(6))).toBe('')
    expect(typedOf(kept, 'basic', stored(6))).toEqual(stored(6))
  }
})
