/** A point in a box of 1 × 1, y downwards. */
export type Point = readonly [x: number, y: number]
export type Stroke = readonly Point[]

const STEPS = 8

/** Catmull-Rom through all points. */
function curve(...points: Point[]): Stroke {
  const at = (index: number): Point => points[Math.min(Math.max(index, 0), points.length - 1)] ?? [0, 0]
  const out: Point[] = [at(0)]
  for (let i = 0; i < points.length - 1; i += 1) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)]
    for (let step = 1; step <= STEPS; step += 1) {
      const t = step / STEPS
      out.push([blend(a[0], b[0], c[0], d[0], t), blend(a[1], b[1], c[1], d[1], t)])
    }
  }
  return out
}

const blend = (a: number, b: number, c: number, d: number, t: number) =>
  b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))

/** Straight pieces, cut short so that a later warp bends them as well. */
function line(...points: Point[]): Stroke {
  const out: Point[] = []
  for (const [index, [x, y]] of points.entries()) {
    const from = points[index - 1]
    if (from) for (let s = 1; s < STEPS; s += 1) out.push(between(from, [x, y], s / STEPS))
    out.push([x, y])
  }
  return out
}

const between = ([ax, ay]: Point, [bx, by]: Point, t: number): Point => [
  ax + (bx - ax) * t,
  ay + (by - ay) * t,
]

/** Clockwise from `start` radians past the top. */
const ring = (cx: number, cy: number, rx: number, ry: number, start = 0): Stroke =>
  Array.from({ length: 33 }, (_, i): Point => {
    const angle = start + (i / 32) * 2 * Math.PI
    return [cx + rx * Math.sin(angle), cy - ry * Math.cos(angle)]
  })

/** One pen movement: down the stem, then round the bowl from its left side. */
const six: Stroke = [
  ...curve([0.76, 0.02], [0.5, 0.12], [0.24, 0.38], [0.12, 0.7]),
  ...ring(0.5, 0.7, 0.38, 0.3, -Math.PI / 2),
]

/** Our own outlines of the ten digits as strokes of a pen; no font is involved. */
export const digitStrokes: Readonly<Record<string, readonly Stroke[]>> = {
  '0': [ring(0.5, 0.5, 0.37, 0.5)],
  '1': [line([0.22, 0.24], [0.55, 0], [0.55, 1]), line([0.25, 1], [0.85, 1])],
  '2': [
    curve([0.12, 0.28], [0.22, 0.08], [0.5, 0], [0.8, 0.1], [0.86, 0.32], [0.68, 0.58], [0.4, 0.8], [0.1, 1]),
    line([0.1, 1], [0.92, 1]),
  ],
  '3': [
    curve([0.14, 0.13], [0.45, 0], [0.78, 0.1], [0.82, 0.3], [0.66, 0.45], [0.42, 0.48]),
    curve([0.42, 0.48], [0.72, 0.52], [0.9, 0.72], [0.76, 0.93], [0.45, 1], [0.1, 0.87]),
  ],
  '4': [line([0.68, 1], [0.68, 0], [0.06, 0.7], [0.96, 0.7])],
  '5': [
    line([0.84, 0], [0.24, 0], [0.17, 0.45]),
    curve([0.17, 0.45], [0.5, 0.36], [0.82, 0.48], [0.88, 0.72], [0.68, 0.96], [0.36, 1], [0.08, 0.88]),
  ],
  '6': [six],
  '7': [line([0.08, 0], [0.92, 0]), curve([0.92, 0], [0.58, 0.5], [0.4, 1])],
  '8': [ring(0.5, 0.24, 0.32, 0.24), ring(0.5, 0.74, 0.4, 0.26)],
  '9': [six.map(([x, y]): Point => [1 - x, 1 - y])],
}
