import { describe, expect, test } from 'vitest'
import { looksOf } from '#lib/schemas/picture-look.ts'

const width = 120
const height = 160

/** A picture drawn by its brightness at each point. */
function drawn(light: (x: number, y: number) => number, opacity = 255) {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      data.set([light(x, y), light(x, y), light(x, y), opacity], (y * width + x) * 4)
  return { data, width, height }
}
/** A textured head in the middle of a background. */
const person = (around: (x: number, y: number) => number) =>
  drawn((x, y) => {
    const isHead = ((x - 60) / 32) ** 2 + ((y - 70) / 42) ** 2 < 1
    return isHead || y > 120 ? ((x + y) % 6 < 3 ? 90 : 170) : around(x, y)
  })
const page = (paper: number, ink: number) => drawn((x, y) => (y % 8 < 2 && x % 5 < 3 ? ink : paper))

describe('how a picture looks', () => {
  test('a printed page in the light has nothing to be said of it', () => {
    expect(looksOf(page(235, 30), 'proof')).toEqual([])
  })
  test('the same page in the dark', () => {
    expect(looksOf(page(60, 5), 'proof')).toEqual(['look-dark'])
  })
  test('a soft gradient is blurred', () => {
    expect(
      looksOf(
        drawn((x) => 80 + x),
        'proof',
      ),
    ).toEqual(['look-blurred'])
  })
  test('a head before one colour, and before a garden', () => {
    expect(
      looksOf(
        person(() => 220),
        'portrait',
      ),
    ).toEqual([])
    // Light falls off toward one side in nearly every studio.
    expect(
      looksOf(
        person((x) => 200 + x / 4),
        'portrait',
      ),
    ).toEqual([])
    expect(
      looksOf(
        person((x, y) => (((x >> 3) + (y >> 3)) % 2 === 0 ? 60 : 220)),
        'portrait',
      ),
    ).toEqual(['look-background'])
  })
  test('the background of a proof is nobody’s concern', () => {
    expect(
      looksOf(
        person((x, y) => (((x >> 3) + (y >> 3)) % 2 === 0 ? 60 : 220)),
        'proof',
      ),
    ).toEqual([])
  })
  test('what is transparent counts as paper', () => {
    expect(
      looksOf(
        drawn(() => 0, 0),
        'proof',
      ),
    ).toEqual(['look-blurred'])
  })
  test('a picture of a pixel or two says nothing', () => {
    expect(looksOf({ data: new Uint8ClampedArray(16), width: 2, height: 2 }, 'portrait')).toEqual([])
  })
})
