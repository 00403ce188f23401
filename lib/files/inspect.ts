import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { proofLimits } from '#lib/schemas/attachment.ts'
import { portraitLimits } from '#lib/schemas/photo.ts'
import type { PictureFacts } from '#lib/schemas/picture.ts'
import { isHeic } from '#lib/schemas/picture-head.ts'
import { type Limiter, limiter } from '../limiter.ts'
import { once } from '../once.ts'

export interface InspectLimits {
  /** Over it nothing is decoded; the highest of the schemas' limits unless told. */
  readonly maxPixels?: number
  /** Whole seconds for decoding and re-encoding. */
  readonly seconds?: number
}

/** Only what a slot may keep is decoded. */
type DecodedFacts = PictureFacts & { readonly format: 'jpeg' | 'png' }

export type Inspected =
  | { readonly ok: true; readonly facts: DecodedFacts; readonly clean: Buffer }
  | {
      readonly ok: false
      readonly code: 'unreadable' | 'too-many-pixels' | 'format' | 'timeout'
      readonly facts: PictureFacts
    }

const MAX_PIXELS = Math.max(portraitLimits.maxPixels, proofLimits.maxPixels)
const SECONDS = 20
const JPEG_QUALITY = 90
const PREVIEW_QUALITY = 80

/**
 * Decodes a picture whole and encodes it anew in its own format: upright, sRGB, 8 bit, without metadata (SEC-3).
 * `source` is the bytes or the path of a temp file. Refusals are values; only reading the path can throw.
 * The facts hold what was received, not what is stored; width and height are 0 where no header could be read.
 */
export function inspectPicture(
  source: Buffer | string,
  { maxPixels = MAX_PIXELS, seconds = SECONDS }: InspectLimits = {},
): Promise<Inspected> {
  return pictureTurn()(async (): Promise<Inspected> => {
    // Only now: of many that wait for their turn none lies in memory for the sake of waiting.
    const bytes = typeof source === 'string' ? await readFile(source) : source
    const format = formatOf(bytes)
    const facts = { format, bytes: bytes.length, width: 0, height: 0, pixels: 0 }
    if (format === 'heic' || format === 'other') return { ok: false, code: 'format', facts }
    // The limit is held against the header before anything is unpacked.
    const upright = sharp(bytes, { failOn: 'error', limitInputPixels: maxPixels })
      .timeout({ seconds })
      .autoOrient()
      .toColourspace('srgb')
    const encoder =
      format === 'jpeg' ? upright.jpeg({ quality: JPEG_QUALITY, mozjpeg: false }) : upright.png()
    try {
      const { data, info } = await encoder.toBuffer({ resolveWithObject: true })
      return { ok: true, facts: { ...facts, format, ...sized(info) }, clean: data }
    } catch (error) {
      const size = await sizeOf(bytes)
      if (!size) return { ok: false, code: 'unreadable', facts }
      const measured = { ...facts, ...sized(size) }
      if (measured.pixels > maxPixels) return { ok: false, code: 'too-many-pixels', facts: measured }
      return { ok: false, code: isTimeout(error) ? 'timeout' : 'unreadable', facts: measured }
    }
  })
}

const sized = ({ width, height }: { width: number; height: number }) => ({
  width,
  height,
  pixels: width * height,
})

/** A small JPEG for lists, at most `width` pixels wide, of a picture `inspectPicture` has let pass. */
export function preview(bytes: Buffer, { width }: { width: number }): Promise<Buffer> {
  return pictureTurn()(() =>
    sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS })
      .timeout({ seconds: SECONDS })
      .autoOrient()
      .resize({ width, withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: PREVIEW_QUALITY })
      .toBuffer(),
  )
}

/** Two decodings at a time; the first caller also shuts every loader of this process but JPEG and PNG (SEC-3). */
const pictureTurn = (): Limiter =>
  once('picture-turn', () => {
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] })
    sharp.cache(false)
    sharp.concurrency(1)
    return limiter(2)
  })

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const JPEG_SIGNATURE = Buffer.from([0xff, 0xd8, 0xff])

function formatOf(bytes: Buffer): PictureFacts['format'] {
  if (bytes.subarray(0, JPEG_SIGNATURE.length).equals(JPEG_SIGNATURE)) return 'jpeg'
  if (bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) return 'png'
  return isHeic(bytes) ? 'heic' : 'other'
}

/** From the header alone: for what was refused, perhaps for its size. */
async function sizeOf(bytes: Buffer): Promise<{ width: number; height: number } | null> {
  try {
    const { autoOrient } = await sharp(bytes, { failOn: 'error', limitInputPixels: false }).metadata()
    return { width: autoOrient.width, height: autoOrient.height }
  } catch {
    return null
  }
}

const isTimeout = (error: unknown) => error instanceof Error && error.message.includes('timeout:')
