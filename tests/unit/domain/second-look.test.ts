import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeAppKeys, openKeyring } from '#db/crypto.ts'
import { isHeldBack } from '#lib/domain/second-look.ts'
import { newId } from '#lib/ids.ts'

const keys = openKeyring(makeAppKeys())
const lotOf = (id: string, round = 1) => keys.digest('second-look', Buffer.from(`${id}/${round}`))

it('holds back about five of a hundred, and the same ones every time', () => {
  const ids = Array.from({ length: 2000 }, () => newId(new Date()))
  const held = ids.filter((id) => isHeldBack(lotOf(id), 5))
  // 100 are to be expected; five standard deviations on either side.
  expect(held.length).toBeGreaterThan(50)
  expect(held.length).toBeLessThan(150)
  expect(ids.filter((id) => isHeldBack(lotOf(id), 5))).toEqual(held)
  const other = openKeyring(makeAppKeys())
  const byOther = ids.filter((id) => isHeldBack(other.digest('second-look', Buffer.from(`${id}/1`)), 5))
  expect(byOther).not.toEqual(held)
})

it('holds back more where more is asked, all at 100 and none at 0', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 1, max: 99 }), (id, percent) => {
      const lot = lotOf(id)
      expect([isHeldBack(lot, 0), isHeldBack(lot, 100)]).toEqual([false, true])
      if (isHeldBack(lot, percent)) expect(isHeldBack(lot, percent + 1)).toBe(true)
    }),
  )
})
