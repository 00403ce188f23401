import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cutOf,
  firstCrop,
  frame,
  holdsFrame,
  isFramed,
  legible,
  mostZoom,
  moved,
  portraitSize,
  sizesFor,
  within,
} from '#lib/schemas/fit.ts'

const size = fc.record({
  width: fc.integer({ min: 1, max: 9_000 }),
  height: fc.integer({ min: 1, max: 9_000 }),
})
const photo = fc.record({
  width: fc.integer({ min: frame.width, max: 9_000 }),
  height: fc.integer({ min: frame.height, max: 9_000 }),
})
const crop = fc.record({
  x: fc.double({ min: -20_000, max: 20_000, noNaN: true }),
  y: fc.double({ min: -20_000, max: 20_000, noNaN: true }),
  zoom: fc.double({ min: 0.01, max: 100, noNaN: true }),
})
const longSide = ({ width, height }: { width: number; height: number }) => Math.max(width, height)

describe('sizes to try', () => {
  test('a photo of a phone: the legible size is tried before anything smaller', () => {
    const sides = sizesFor({ width: 3_000, height: 4_000 }).map(longSide)
    expect(sides.slice(0, 5)).toEqual([2_400, 1_920, 1_536, 1_229, legible])
    expect(sides.at(-1)).toBeLessThanOrEqual(480)
  })
  test('what is small is tried as it is', () => {
    expect(sizesFor({ width: 800, height: 600 })[0]).toEqual({ width: 800, height: 600 })
    expect(sizesFor({ width: 40, height: 30 })).toEqual([{ width: 40, height: 30 }])
  })
  test('they fall, are never larger than the picture and never empty', () => {
    fc.assert(
      fc.property(size, (source) => {
        const sizes = sizesFor(source)
        for (const [index, { width, height }] of sizes.entries()) {
          expect(width).toBeGreaterThanOrEqual(1)
          expect(height).toBeGreaterThanOrEqual(1)
          expect(width).toBeLessThanOrEqual(source.width)
          expect(height).toBeLessThanOrEqual(source.height)
          const before = sizes[index - 1]
          if (before) expect(longSide({ width, height })).toBeLessThan(longSide(before))
        }
      }),
    )
  })
  test('within keeps the shape', () => {
    expect(within({ width: 4_000, height: 3_000 }, 512)).toEqual({ width: 512, height: 384 })
    expect(within({ width: 100, height: 50 }, 512)).toEqual({ width: 100, height: 50 })
  })
})

describe('the frame of the portrait', () => {
  test('any crop of any photo lies on the photo, has its shape and enough pixels', () => {
    fc.assert(
      fc.property(photo, crop, (source, wanted) => {
        const { left, top, width, height } = cutOf(source, wanted)
        const nearly = 1e-6
        expect(left).toBeGreaterThanOrEqual(0)
        expect(top).toBeGreaterThanOrEqual(0)
        expect(left + width).toBeLessThanOrEqual(source.width + nearly)
        expect(top + height).toBeLessThanOrEqual(source.height + nearly)
        expect(width / height).toBeCloseTo(295 / 413, 6)
        expect(width).toBeGreaterThanOrEqual(295 - nearly)
        const sent = portraitSize({ width, height })
        expect(sent.width).toBeGreaterThanOrEqual(295)
        expect(sent.height).toBeGreaterThanOrEqual(413)
        expect(sent.width).toBeLessThanOrEqual(Math.max(295, width))
      }),
    )
  })
  test('moving there and back ends where it began, unless an edge was met', () => {
    const source = { width: 3_000, height: 4_000 }
    const start = { x: 1_500, y: 2_000, zoom: 3 }
    const there = moved(source, start, { dx: 0.1, dy: -0.2 })
    expect(there.x).toBeGreaterThan(start.x)
    expect(there.y).toBeLessThan(start.y)
    const back = moved(source, there, { dx: -0.1, dy: 0.2 })
    expect(back.x).toBeCloseTo(start.x, 6)
    expect(back.y).toBeCloseTo(start.y, 6)
    const edge = moved(source, start, { dx: 100 })
    expect(cutOf(source, edge).left + cutOf(source, edge).width).toBeCloseTo(3_000, 6)
  })
  test('one zooms no further than the least portrait, and not out of the photo', () => {
    const source = { width: 590, height: 826 }
    expect(mostZoom(source)).toBeCloseTo(2, 6)
    expect(moved(source, firstCrop(source), { factor: 50 }).zoom).toBeCloseTo(2, 6)
    expect(moved(source, firstCrop(source), { factor: 0.1 }).zoom).toBe(1)
  })
  test('a large photo gives at least 590 by 826, the smallest one exactly the least', () => {
    const large = cutOf({ width: 3_000, height: 4_000 }, firstCrop({ width: 3_000, height: 4_000 }))
    expect(portraitSize(large)).toEqual({ width: 1_180, height: 1_652 })
    expect(portraitSize({ width: 700.4, height: 980.6 })).toEqual({ width: 700, height: 980 })
    expect(portraitSize({ width: 295, height: 413 })).toEqual({ width: 295, height: 413 })
  })
  test('which photos can be framed, and which are already', () => {
    expect(holdsFrame({ width: 294, height: 5_000 })).toBe(false)
    expect(holdsFrame({ width: 5_000, height: 412 })).toBe(false)
    expect(holdsFrame({ width: 295, height: 413 })).toBe(true)
    expect(isFramed({ width: 295, height: 413 })).toBe(true)
    expect(isFramed({ width: 591, height: 826 })).toBe(true)
    expect(isFramed({ width: 600, height: 800 })).toBe(false)
  })
})
