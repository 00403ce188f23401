/** How a picture is made to fit its limits before it is sent: sizes, qualities and the frame of the portrait. */
import { proofLimits } from './attachment.ts'
import { portraitLimits } from './photo.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** BAS-3 with room to spare: encoders of other machines weigh differently. */
export const proofTarget = { moreThanBytes: proofLimits.moreThanBytes, maxBytes: 480 * 1024 } as const
export const portraitTarget = {
  moreThanBytes: portraitLimits.minBytes - 1,
  maxBytes: portraitLimits.maxBytes,
} as const

/** Over it nothing is decoded here: four bytes a pixel are more than a phone should be asked for. */
export const decodablePixels = 64_000_000
/** Nobody's photo is larger, and it is read whole. */
export const readableBytes = 64 * 1024 * 1024

/** A page of A4 at 200 dpi; more is not read from it. */
const longest = 2_400
/** Small print is still legible at this long side; below it only when nothing else fits. */
export const legible = 1_200
const smallest = 480
/** Tried at every size, 0 to 1 as `canvas.toBlob` takes them. */
export const qualities = [0.92, 0.84, 0.74, 0.64, 0.54] as const

/** The same shape with no side over `longSide`; never larger than it was. */
export function within({ width, height }: Size, longSide: number): Size {
  const share = Math.min(1, longSide / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) }
}

/** Sizes to try in turn, each with falling quality, until one fits; the largest first. */
export function sizesFor(source: Size): Size[] {
  const start = Math.min(longest, Math.max(source.width, source.height))
  const sides = [start]
  for (let side = start; side > smallest; ) {
    const next = Math.round(side * 0.8)
    // The step that would cross the legible size stops at it.
    side = side > legible && next < legible ? legible : next
    sides.push(side)
  }
  return sides.map((side) => within(source, side))
}

/** The frame of a portrait, 295:413 (BAS-1). */
export const frame = { width: portraitLimits.minWidth, height: portraitLimits.minHeight } as const
const ratio = frame.width / frame.height
/** What is sent at most: enough to print 25 × 35 mm at 1200 dpi. */
const widest = frame.width * 4

/** Where the frame lies on a photo: its middle in pixels of the photo, and how far it is zoomed in (1 = all it can hold). */
export interface Crop {
  readonly x: number
  readonly y: number
  readonly zoom: number
}
export interface Cut extends Size {
  readonly left: number
  readonly top: number
}

/** Whether the frame can be laid on it without enlarging. */
export const holdsFrame = ({ width, height }: Size) => width >= frame.width && height >= frame.height

const largestCut = ({ width, height }: Size) => Math.min(width, height * ratio)

/** How far one may zoom in before the cut has fewer pixels than the least portrait. */
export const mostZoom = (photo: Size) => Math.max(1, largestCut(photo) / frame.width)

/** Whether a photo has the shape of the frame already, within a pixel in a hundred. */
export const isFramed = ({ width, height }: Size) => Math.abs(width / height / ratio - 1) <= 0.01

/** In the middle, and a little up: a head is rarely in the lower half. */
export const firstCrop = ({ width, height }: Size): Crop => ({ x: width / 2, y: height * 0.45, zoom: 1 })

/** The part of the photo inside the frame: never over its edges, never fewer pixels than the least portrait. */
export function cutOf(photo: Size, { x, y, zoom }: Crop): Cut {
  const width = largestCut(photo) / Math.min(Math.max(zoom, 1), mostZoom(photo))
  const height = width / ratio
  const between = (value: number, most: number) => Math.min(Math.max(value, 0), Math.max(0, most))
  return {
    left: between(x - width / 2, photo.width - width),
    top: between(y - height / 2, photo.height - height),
    width,
    height,
  }
}

/** Moved by a share of the frame, or zoomed by a factor; its middle is kept where a cut can have it. */
export function moved(photo: Size, crop: Crop, { dx = 0, dy = 0, factor = 1 }): Crop {
  const before = cutOf(photo, crop)
  const zoom = Math.min(Math.max(crop.zoom * factor, 1), mostZoom(photo))
  const x = before.left + before.width / 2 + dx * before.width
  const y = before.top + before.height / 2 + dy * before.height
  const { left, top, width, height } = cutOf(photo, { x, y, zoom })
  return { x: left + width / 2, y: top + height / 2, zoom }
}

/** Pixels of the portrait that is sent: as many as the photo has inside the frame, in its exact shape, never enlarged. */
export function portraitSize(cut: Size): Size {
  const width = Math.min(Math.max(Math.floor(cut.width), frame.width), widest)
  return { width, height: Math.round(width / ratio) }
}
