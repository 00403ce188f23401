/** Advice on how a picture looks, from a small copy of its pixels. Never a reason to refuse it. */

export interface Pixels {
  /** Red, green, blue, opacity; four bytes each, row by row. */
  readonly data: Uint8ClampedArray | Uint8Array
  readonly width: number
  readonly height: number
}
export type Look = 'look-dark' | 'look-blurred' | 'look-background'

/** Long side of the copy that is looked at: the measures below are made for it. */
export const lookedAt = 512

/** Mean brightness, 0 to 255. */
const dark = 60
/** Variance of the Laplacian: a sharp page or face is far above it. */
const blurred = 25
/** Standard deviation of brightness along both sides of the head. */
const uneven = 32

/** `look-dark`, `look-blurred`, and for a portrait `look-background`. */
export function looksOf(pixels: Pixels, accept: 'portrait' | 'proof'): Look[] {
  const { width, height } = pixels
  if (width < 3 || height < 3) return []
  const light = brightness(pixels)
  const found: Look[] = []
  if (mean(light) < dark) found.push('look-dark')
  if (spread(laplacian(light, width, height)) < blurred) found.push('look-blurred')
  if (accept === 'portrait' && Math.sqrt(spread(background(light, width, height))) > uneven)
    found.push('look-background')
  return found
}

/** ITU-R BT.601 luma; what is transparent counts as white paper. */
function brightness({ data, width, height }: Pixels): Float64Array {
  const light = new Float64Array(width * height)
  for (let i = 0; i < light.length; i += 1) {
    const at = i * 4
    const cover = (data[at + 3] ?? 255) / 255
    const luma = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
    light[i] = luma * cover + 255 * (1 - cover)
  }
  return light
}

function laplacian(light: Float64Array, width: number, height: number): Float64Array {
  const edges = new Float64Array((width - 2) * (height - 2))
  let at = 0
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x
      const around =
        (light[i - 1] ?? 0) + (light[i + 1] ?? 0) + (light[i - width] ?? 0) + (light[i + width] ?? 0)
      edges[at] = around - 4 * (light[i] ?? 0)
      at += 1
    }
  return edges
}

/** Where no head is: a strip at each side, from the top down to the shoulders, and one above. */
function background(light: Float64Array, width: number, height: number): Float64Array {
  const side = Math.max(1, Math.round(width * 0.1))
  const above = Math.max(1, Math.round(height * 0.05))
  const shoulders = Math.round(height * 0.5)
  return light.filter((_, i) => {
    const x = i % width
    const y = Math.floor(i / width)
    return y < above || (y < shoulders && (x < side || x >= width - side))
  })
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length

function spread(values: Float64Array): number {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length
}
