import { expect, it } from 'vitest'
import { freshBytes } from '#db/random.ts'

it('gives as many bytes as asked for, none of them twice', () => {
  const given = Array.from({ length: 5000 }, (_, n) => freshBytes(12 + (n % 5)))
  expect(given.map(({ length }) => length)).toEqual(given.map((_, n) => 12 + (n % 5)))
  expect(new Set(given.map((bytes) => bytes.toString('hex'))).size).toBe(5000)
  // Not a view of what is given next.
  const [first] = given
  const before = first?.toString('hex')
  first?.fill(0)
  expect(freshBytes(12).every((byte) => byte === 0)).toBe(false)
  expect(before).not.toBe(first?.toString('hex'))
  expect(freshBytes(20_000)).toHaveLength(20_000)
})
