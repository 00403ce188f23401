/** How a picture of a case is looked at (REV-3): which one, how large, which way up. Addresses carry it, so it is read leniently. */

export const zooms = ['1', '1.5', '2', '3'] as const
export const turns = ['0', '90', '180', '270'] as const
/** `1` fits the window; the others are times its width. */
export type Zoom = (typeof zooms)[number]
/** Degrees, clockwise. */
export type Turn = (typeof turns)[number]

export interface Look {
  readonly zoom: Zoom
  readonly turn: Turn
}

export const firstLook: Look = { zoom: '1', turn: '0' }

/** What an address asks for; whatever it does not know is as if it were not there. */
export const readLook = (asked: Readonly<Record<string, unknown>>): Look => ({
  zoom: zooms.find((one) => one === asked.zoom) ?? firstLook.zoom,
  turn: turns.find((one) => one === asked.turn) ?? firstLook.turn,
})

/** A whole number from 1 to `count`; null for anything else. */
export function readPosition(asked: unknown, count: number): number | null {
  if (typeof asked !== 'string' || !/^[1-9]\d{0,5}$/.test(asked)) return null
  const position = Number(asked)
  return position <= count ? position : null
}

/** One step closer or further; the same at either end. */
export const zoomed = (look: Look, by: 1 | -1): Look => ({
  ...look,
  zoom: zooms[zooms.indexOf(look.zoom) + by] ?? look.zoom,
})

/** A quarter to the right or to the left. */
export const turned = (look: Look, by: 1 | -1): Look => ({
  ...look,
  turn: turns[(turns.indexOf(look.turn) + by + turns.length) % turns.length] ?? look.turn,
})

export const fitted = (look: Look): Look => ({ ...look, zoom: firstLook.zoom })

/** The picture before and the one after; null where there is none. */
export const neighbours = (position: number, count: number) => ({
  previous: position > 1 ? position - 1 : null,
  next: position < count ? position + 1 : null,
})

interface Size {
  readonly width: number
  readonly height: number
}

/** The sheet a turned picture lies on, and how an SVG moves it there; all in the picture's own pixels. */
export function sheetOf({ width, height }: Size, turn: Turn): Size & { readonly transform: string } {
  switch (turn) {
    case '0':
      return { width, height, transform: 'rotate(0)' }
    case '90':
      return { width: height, height: width, transform: `translate(${height} 0) rotate(90)` }
    case '180':
      return { width, height, transform: `translate(${width} ${height}) rotate(180)` }
    case '270':
      return { width: height, height: width, transform: `translate(0 ${width}) rotate(270)` }
  }
}
