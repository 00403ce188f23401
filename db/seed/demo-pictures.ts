/** Drawn portraits and documents for the demo: they meet the rules of real ones and show nobody. */
import sharp from 'sharp'

type Colour = readonly [red: number, green: number, blue: number]
/** The colour at a point, both coordinates from 0 to 1. */
type Drawing = (x: number, y: number) => Colour

/** Numbers in [0, 1) that follow from the seed alone, so that the same name gives the same picture. */
function numbers(seed: string): () => number {
  let state = [...seed].reduce(
    (sum, sign) => Math.imul(sum ^ (sign.codePointAt(0) ?? 0), 0x01000193),
    0x811c9dc5,
  )
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 8) / 2 ** 24
  }
}

/** Grain as of a camera; a flat drawing would be smaller than the rules let a picture be. */
const grain = 14

function pixels(width: number, height: number, drawing: Drawing, random: () => number): Buffer {
  const bytes = Buffer.alloc(width * height * 3)
  let at = 0
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const noise = (random() - 0.5) * grain
      for (const channel of drawing(column / width, row / height))
        bytes[at++] = Math.max(0, Math.min(255, Math.round(channel + noise)))
    }
  return bytes
}

const jpeg = (width: number, height: number, drawing: Drawing, random: () => number) =>
  sharp(pixels(width, height, drawing, random), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 85 })
    .toBuffer()

const inside = (
  x: number,
  y: number,
  [cx, cy]: readonly [number, number],
  [rx, ry]: readonly [number, number],
) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1

const skins: readonly Colour[] = [
  [236, 200, 172],
  [226, 186, 156],
  [242, 210, 186],
]
const clothes: readonly Colour[] = [
  [44, 62, 92],
  [70, 70, 76],
  [30, 84, 84],
]
const one = <T>(all: readonly T[], random: () => number, otherwise: T): T =>
  all[Math.floor(random() * all.length)] ?? otherwise

/** A head and shoulders before a light wall: 413 × 579 pixels, JPEG (BAS-1). */
export function drawPortrait(seed: string): Promise<Buffer> {
  const random = numbers(seed)
  const skin = one(skins, random, [236, 200, 172])
  const cloth = one(clothes, random, [44, 62, 92])
  const drawing: Drawing = (x, y) => {
    if (inside(x, y, [0.5, 0.42], [0.2, 0.21])) {
      const eye = inside(x, y, [0.43, 0.4], [0.022, 0.01]) || inside(x, y, [0.57, 0.4], [0.022, 0.01])
      const mouth = inside(x, y, [0.5, 0.53], [0.05, 0.009])
      return eye ? [40, 34, 32] : mouth ? [178, 92, 84] : y < 0.27 ? [38, 32, 30] : skin
    }
    if (inside(x, y, [0.5, 0.36], [0.225, 0.2]) && y < 0.42) return [38, 32, 30]
    if (inside(x, y, [0.5, 1.06], [0.42, 0.36])) return cloth
    if (Math.abs(x - 0.5) < 0.075 && y > 0.55 && y < 0.75) return skin
    return [214, 226, 240]
  }
  return jpeg(413, 579, drawing, random)
}

/** A document with a heading, lines of writing and a stamp: 800 × 540 pixels, JPEG (BAS-3). */
export function drawProof(seed: string): Promise<Buffer> {
  const random = numbers(seed)
  const lines = Array.from({ length: 9 }, (_, line) => ({
    y: 0.3 + line * 0.06,
    until: 0.35 + random() * 0.5,
  }))
  const tint = one<Colour>(
    [
      [248, 246, 238],
      [240, 246, 250],
      [250, 244, 240],
    ],
    random,
    [248, 246, 238],
  )
  const drawing: Drawing = (x, y) => {
    const ring = inside(x, y, [0.78, 0.72], [0.115, 0.17]) && !inside(x, y, [0.78, 0.72], [0.1, 0.148])
    if (ring) return [206, 62, 54]
    const frame = Math.min(x, 1 - x, y, 1 - y)
    if (frame > 0.03 && frame < 0.038) return [120, 104, 86]
    if (y > 0.12 && y < 0.19 && Math.abs(x - 0.5) < 0.22) return [96, 44, 40]
    const written = lines.some((line) => y > line.y && y < line.y + 0.022 && x > 0.1 && x < line.until)
    return written && Math.sin(x * 240) > -0.7 ? [70, 70, 74] : tint
  }
  return jpeg(800, 540, drawing, random)
}
