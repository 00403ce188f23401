import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { limiter } from '#lib/limiter.ts'
import { once } from '#lib/once.ts'

it('runs no more than its number at once, in order, and survives failures', async () => {
  const turn = limiter(2)
  const started: number[] = []
  let running = 0
  let most = 0
  const results = await Promise.allSettled(
    Array.from({ length: 9 }, (_, i) =>
      turn(async () => {
        started.push(i)
        running += 1
        most = Math.max(most, running)
        await wait(2)
        running -= 1
        if (i % 3 === 0) throw new Error('failed')
        return i
      }),
    ),
  )
  expect(most).toBe(2)
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(results.map((r) => (r.status === 'fulfilled' ? r.value : null))).toEqual([
    null,
    1,
    2,
    null,
    4,
    5,
    null,
    7,
    8,
  ])
  expect(await turn(async () => 'still open')).toBe('still open')
})

it('makes a thing once per name, even when it is undefined', () => {
  let made = 0
  const make = () => {
    made += 1
  }
  once('test-limiter', make)
  once('test-limiter', make)
  expect(made).toBe(1)
  expect(once('test-limiter-other', () => 'other')).toBe('other')
})
