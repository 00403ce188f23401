import fc from 'fast-check'
import { expect, it } from 'vitest'
import { startOfDay } from '#lib/domain/days.ts'
import { firstIdAt, instantOfId } from '#lib/domain/id-times.ts'
import { newId } from '#lib/ids.ts'

const instants = fc.date({
  min: new Date('1971-01-01T00:00:00Z'),
  max: new Date('2199-12-31T00:00:00Z'),
  noInvalidDate: true,
})

it('ids of a time lie between where that time begins and where the next begins', () =>
  fc.assert(
    fc.property(instants, (at) => {
      const id = newId(at)
      expect(instantOfId(id)).toEqual(at)
      expect(id >= firstIdAt(at)).toBe(true)
      expect(id < firstIdAt(new Date(at.getTime() + 1))).toBe(true)
    }),
  ))

it('a later time begins later, whatever it is', () =>
  fc.assert(
    fc.property(instants, instants, (a, b) => {
      expect(Math.sign(a.getTime() - b.getTime())).toBe(
        firstIdAt(a) < firstIdAt(b) ? -1 : firstIdAt(a) > firstIdAt(b) ? 1 : 0,
      )
    }),
  ))

it('is nothing of a text that is no such id', () => {
  for (const text of ['', 'between-1', '440106', '019a0000-0000-4000-8000-000000000001'])
    expect(instantOfId(text)).toBeNull()
})

it('a day begins at midnight of UTC+8', () =>
  expect(startOfDay('2026-11-21')).toEqual(new Date('2026-11-20T16:00:00Z')))
