import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  firstLook,
  fitted,
  neighbours,
  readLook,
  readPosition,
  sheetOf,
  turned,
  turns,
  zoomed,
  zooms,
} from '#lib/schemas/picture-view.ts'

const looks = fc.record({ zoom: fc.constantFrom(...zooms), turn: fc.constantFrom(...turns) })

describe('how a picture is looked at', () => {
  it('is read from an address, and whatever it does not know is as if not asked for', () => {
    expect(readLook({ zoom: '1.5', turn: '270' })).toEqual({ zoom: '1.5', turn: '270' })
    for (const asked of [{}, { zoom: '4', turn: '45' }, { zoom: ['2', '3'], turn: 90 }])
      expect(readLook(asked)).toEqual(firstLook)
  })

  it('comes closer step by step, stops at either end, and keeps the way up', () => {
    const closer = [1, 2, 3, 4].map((steps) =>
      Array.from({ length: steps }).reduce<typeof firstLook>((look) => zoomed(look, 1), firstLook),
    )
    expect(closer.map(({ zoom }) => zoom)).toEqual(['1.5', '2', '3', '3'])
    expect(zoomed(firstLook, -1)).toEqual(firstLook)
    expect(zoomed({ zoom: '3', turn: '90' }, -1)).toEqual({ zoom: '2', turn: '90' })
    expect(fitted({ zoom: '3', turn: '90' })).toEqual({ zoom: '1', turn: '90' })
  })

  it('turns by quarters, four of which lead back, and keeps the size', () => {
    expect(turned(firstLook, 1).turn).toBe('90')
    expect(turned(firstLook, -1).turn).toBe('270')
    fc.assert(
      fc.property(looks, fc.constantFrom(1 as const, -1 as const), (look, by) => {
        expect(turned(turned(look, by), by === 1 ? -1 : 1)).toEqual(look)
        expect(turned(turned(turned(turned(look, by), by), by), by)).toEqual(look)
        expect(turned(look, by).zoom).toBe(look.zoom)
      }),
    )
  })

  it('lays a turned picture exactly onto its sheet', () => {
    const size = { width: 300, height: 200 }
    /** Where a transform of `translate(x y) rotate(a)` takes a corner. */
    const moved = (transform: string, x: number, y: number) => {
      const [, dx = '0', dy = '0'] = /translate\((\S+) (\S+)\)/.exec(transform) ?? []
      const angle = (Number(/rotate\((\d+)\)/.exec(transform)?.[1]) * Math.PI) / 180
      return [
        Number(dx) + x * Math.cos(angle) - y * Math.sin(angle),
        Number(dy) + x * Math.sin(angle) + y * Math.cos(angle),
        // 0 and -0 are one place.
      ].map((at) => Math.round(at) + 0)
    }
    const corners = turns.map((turn) => {
      const { width, height, transform } = sheetOf(size, turn)
      const [left, top] = moved(transform, 0, 0)
      const [right, bottom] = moved(transform, size.width, size.height)
      const xs = [left ?? -1, right ?? -1].sort((a, b) => a - b)
      const ys = [top ?? -1, bottom ?? -1].sort((a, b) => a - b)
      expect([turn, xs, ys]).toEqual([turn, [0, width], [0, height]])
      // Where the upper left corner went.
      return [left, top]
    })
    expect(corners).toEqual([
      [0, 0],
      [200, 0],
      [300, 200],
      [0, 300],
    ])
  })
})

describe('which picture', () => {
  it('is a whole number there are pictures for, or none', () => {
    expect(['1', '9', '10'].map((asked) => readPosition(asked, 9))).toEqual([1, 9, null])
    for (const asked of ['0', '-1', '01', '1.0', '1e1', ' 1', '', undefined, ['1'], '99999999999'])
      expect([asked, readPosition(asked, 40)]).toEqual([asked, null])
    expect(readPosition('1', 0)).toBe(null)
  })

  it('has one before and one after, but at the ends', () => {
    expect(neighbours(1, 1)).toEqual({ previous: null, next: null })
    expect(neighbours(1, 40)).toEqual({ previous: null, next: 2 })
    expect(neighbours(40, 40)).toEqual({ previous: 39, next: null })
  })
})
