import sharp from 'sharp'
import { digitStrokes, type Point, type Stroke } from './digit-strokes.ts'

const WIDTH = 200
const HEIGHT = 72
const PAPER = 248
/** Radius of the thickest pen. */
const PEN = 2.6
/** So far noise stays from the border before the warp, which moves it by 6.5 at most. */
const EDGE = 10
/** Ink on paper is at least 9:1, far over the 4.5:1 people with weak sight need. */
const INK = { from: 25, to: 70 } as const

export interface CaptchaOptions {
  /** 2 is the enlarged picture of the same drawing (ACC-3). */
  readonly scale: 1 | 2
  /** In [0, 1). The same numbers give the same drawing at every scale. */
  readonly random: () => number
}

/**
 * A grey PNG of 200 × 72 pixels times `scale` showing the digits. Digits, noise curves and specks run through
 * one warp into one field of ink, so that no digit can be lifted out by its own path or colour.
 * Drawn without SVG: uploads shut every loader but JPEG and PNG for the whole process. RangeError unless 5 digits.
 */
export async function drawCaptcha(digits: string, { scale, random }: CaptchaOptions): Promise<Buffer> {
  if (!/^\d{5}$/.test(digits)) throw new RangeError('a captcha has five digits')
  const between = (from: number, to: number) => from + (to - from) * random()
  const ink = between(INK.from, INK.to)
  const warp = makeWarp(between)
  const bend = ({ points, radius }: Line): Line => ({ points: points.map(warp), radius })
  const lines = [
    ...fitted(digitLines(digits, between).map(bend)),
    ...[...noiseCurves(between), ...specks(between)].map(bend),
  ]
  const cover = new Float32Array(WIDTH * scale * HEIGHT * scale)
  const grow = ([x, y]: Point): Point => [x * scale, y * scale]
  for (const { points, radius } of lines) {
    const bent = points.map(grow)
    for (const [index, to] of bent.entries())
      paint(cover, bent[index - 1] ?? to, to, radius * scale, WIDTH * scale)
  }
  const grey = Uint8Array.from(cover, (share) => Math.round(PAPER + (ink - PAPER) * share))
  return sharp(grey, { raw: { width: WIDTH * scale, height: HEIGHT * scale, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
}

type Between = (from: number, to: number) => number

interface Line {
  readonly points: Stroke
  readonly radius: number
}

function digitLines(digits: string, between: Between): Line[] {
  const step = (WIDTH - 44) / (digits.length - 1)
  return Array.from(digits).flatMap((digit, index) => {
    const turn = between(-0.3, 0.3)
    const slant = between(-0.2, 0.2)
    const [width, height] = [between(23, 29), between(37, 46)]
    const [x, y] = [22 + index * step + between(-4, 4), HEIGHT / 2 + between(-4, 4)]
    const radius = between(1.9, PEN)
    const place = ([px, py]: Point): Point => {
      const dy = (py - 0.5) * height
      const dx = (px - 0.5) * width + slant * dy
      return [x + dx * Math.cos(turn) - dy * Math.sin(turn), y + dx * Math.sin(turn) + dy * Math.cos(turn)]
    }
    return (digitStrokes[digit] ?? []).map((stroke) => ({ points: stroke.map(place), radius }))
  })
}

/** The lines moved, and if need be drawn together, so that their whole ink lies inside the picture. */
function fitted(lines: readonly Line[]): Line[] {
  const points = lines.flatMap((line) => line.points)
  const [across, down] = [
    inside(
      points.map(([x]) => x),
      WIDTH,
    ),
    inside(
      points.map(([, y]) => y),
      HEIGHT,
    ),
  ]
  return lines.map((line) => ({ ...line, points: line.points.map(([x, y]): Point => [across(x), down(y)]) }))
}

function inside(places: readonly number[], size: number): (place: number) => number {
  const edge = PEN + 2
  const [low, high] = [Math.min(...places), Math.max(...places)]
  const share = Math.min(1, (size - 2 * edge) / (high - low))
  const start = Math.min(Math.max(low, edge), size - edge - (high - low) * share)
  return (place) => start + (place - low) * share
}

/** Long waves across the whole picture, thinner than a digit's pen so that people still follow the digits. */
function noiseCurves(between: Between): Line[] {
  return Array.from({ length: 3 }, () => {
    const [start, end] = [between(24, HEIGHT - 24), between(24, HEIGHT - 24)]
    const [swing, waves, phase] = [between(5, 13), between(0.8, 2.2), between(0, 2 * Math.PI)]
    const points = Array.from({ length: 61 }, (_, i): Point => {
      const t = i / 60
      return [
        EDGE + t * (WIDTH - 2 * EDGE),
        start + (end - start) * t + swing * Math.sin(phase + waves * t * 2 * Math.PI),
      ]
    })
    return { points, radius: between(0.7, 1) }
  })
}

function specks(between: Between): Line[] {
  return Array.from({ length: 60 }, () => {
    const at: Point = [between(EDGE, WIDTH - EDGE), between(EDGE, HEIGHT - EDGE)]
    return { points: [at, [at[0] + between(-2, 2), at[1] + between(-2, 2)]], radius: between(0.4, 0.9) }
  })
}

function makeWarp(between: Between): (point: Point) => Point {
  const wave = (height: number, from: number, to: number) => {
    const [swing, length, phase] = [between(height * 0.6, height), between(from, to), between(0, 2 * Math.PI)]
    return (along: number) => swing * Math.sin(phase + (along / length) * 2 * Math.PI)
  }
  const [sway, squeeze, roll, ripple] = [
    wave(3.5, 45, 90),
    wave(2, 40, 70),
    wave(5, 80, 150),
    wave(1.5, 25, 45),
  ]
  return ([x, y]) => [x + sway(y) + squeeze(x), y + roll(x) + ripple(x + y)]
}

/** Inks the piece from a to b: a pixel's share of ink falls off over one pixel at the edge of the pen. */
function paint(cover: Float32Array, [ax, ay]: Point, [bx, by]: Point, radius: number, width: number): void {
  const margin = radius + 1
  const left = Math.max(0, Math.floor(Math.min(ax, bx) - margin))
  const right = Math.min(width - 1, Math.ceil(Math.max(ax, bx) + margin))
  const top = Math.max(0, Math.floor(Math.min(ay, by) - margin))
  const bottom = Math.min(cover.length / width - 1, Math.ceil(Math.max(ay, by) + margin))
  const [dx, dy] = [bx - ax, by - ay]
  const square = dx * dx + dy * dy || 1
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square))
      const away = Math.hypot(x - ax - along * dx, y - ay - along * dy)
      const share = Math.min(1, Math.max(0, 0.5 + radius - away))
      const at = y * width + x
      if (share > (cover[at] ?? 0)) cover[at] = share
    }
  }
}
