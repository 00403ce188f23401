/** What a browser does with a chosen picture before it is sent; it never decides, the server judges again. */
import { checkProof, proofLimits } from '#lib/schemas/attachment.ts'
import {
  type Cut,
  decodablePixels,
  holdsFrame,
  isFramed,
  portraitSize,
  portraitTarget,
  proofTarget,
  qualities,
  readableBytes,
  type Size,
  sizesFor,
  within,
} from '#lib/schemas/fit.ts'
import { checkPortrait, portraitLimits } from '#lib/schemas/photo.ts'
import type { PictureFacts } from '#lib/schemas/picture.ts'
import { headOf } from '#lib/schemas/picture-head.ts'
import { type Look, lookedAt, looksOf } from '#lib/schemas/picture-look.ts'

type Accept = 'portrait' | 'proof'
/** What is wrong, as the server would find it. */
type Found = ReturnType<typeof checkProof>

export interface Fitted {
  /** What is to be sent: the file as it was chosen, or its smaller copy. */
  readonly file: File
  /** Of the copy, where one was made. */
  readonly size: Size | null
  readonly issues: Found
  readonly looks: readonly Look[]
  /** A portrait that is to be cut; whoever gets it closes it. */
  readonly photo: ImageBitmap | null
}

const rules = { portrait: checkPortrait, proof: checkProof }
const at = 'file'

/** Reads, judges and, for a proof that is too large, encodes anew. What a browser cannot judge is left to the server. */
export async function prepare(file: File, accept: Accept): Promise<Fitted> {
  const as = (issues: Found, more: Partial<Fitted> = {}): Fitted => ({
    file,
    size: null,
    issues,
    looks: [],
    photo: null,
    ...more,
  })
  if (file.size > readableBytes) return as([])
  const { format, width, height, whole } = headOf(new Uint8Array(await file.arrayBuffer()))
  const facts = (size: Size): PictureFacts => ({
    format,
    bytes: file.size,
    width: size.width,
    height: size.height,
    pixels: size.width * size.height,
  })
  if (format === 'heic' || format === 'other') return as(rules[accept](facts({ width: 0, height: 0 }), at))
  if (!whole) return as([{ at, code: 'picture-unreadable' }])
  if (width === 0 || height === 0) return as([])
  if (width * height > decodablePixels) return as(rules[accept](facts({ width, height }), at))
  const photo = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!photo) return as([])
  let kept = false
  try {
    const issues = rules[accept](facts(photo), at)
    if (accept === 'portrait') {
      const large =
        file.size > portraitLimits.maxBytes || photo.width * photo.height > portraitLimits.maxPixels
      kept = holdsFrame(photo) && (format !== 'jpeg' || large || !isFramed(photo))
      return as(issues, { looks: looksAt(photo, photo, accept), photo: kept ? photo : null })
    }
    const large = file.size > proofLimits.maxBytes || photo.width * photo.height > proofLimits.maxPixels
    const copy = large ? await smaller(photo, file.name) : null
    return as(copy ? [] : issues, { ...copy, looks: looksAt(photo, photo, accept) })
  } finally {
    if (!kept) photo.close()
  }
}

/** The portrait inside the frame as a JPEG; `file` is null where even that does not fit. */
export async function cutPortrait(
  photo: ImageBitmap,
  cut: Cut,
  name: string,
): Promise<{ file: File | null; size: Size; issues: Found; looks: readonly Look[] }> {
  const size = portraitSize(cut)
  return onCanvas(photo, cut, size, async (canvas) => {
    const looks = looksAt(canvas, size, 'portrait')
    let issues: Found = []
    for (const quality of [0.92, 1, 0.8]) {
      const blob = await encoded(canvas, quality)
      if (!blob) break
      const { width, height } = size
      issues = checkPortrait({ format: 'jpeg', bytes: blob.size, width, height, pixels: width * height }, at)
      if (issues.length === 0 && suits(blob, portraitTarget))
        return { file: renamed(blob, name), size, issues, looks }
    }
    return { file: null, size, issues, looks }
  })
}

/** The best copy that fits; null where there is none, as for a picture with nothing on it. */
async function smaller(photo: ImageBitmap, name: string): Promise<{ file: File; size: Size } | null> {
  const whole = { left: 0, top: 0, width: photo.width, height: photo.height }
  for (const size of sizesFor(photo)) {
    const found = await onCanvas(photo, whole, size, async (canvas) => {
      for (const quality of qualities) {
        const blob = await encoded(canvas, quality)
        if (!blob || blob.size <= proofTarget.moreThanBytes) return 'none'
        if (suits(blob, proofTarget)) return blob
      }
      return null
    })
    if (found === 'none') return null
    if (found) return { file: renamed(found, name), size }
  }
  return null
}

const suits = ({ size }: Blob, { moreThanBytes, maxBytes }: typeof proofTarget | typeof portraitTarget) =>
  size > moreThanBytes && size <= maxBytes

function looksAt(picture: CanvasImageSource, size: Size, accept: Accept): Look[] {
  const small = within(size, lookedAt)
  const canvas = document.createElement('canvas')
  canvas.width = small.width
  canvas.height = small.height
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  pen?.drawImage(picture, 0, 0, small.width, small.height)
  return pen ? looksOf(pen.getImageData(0, 0, small.width, small.height), accept) : []
}

/** Some browsers free the memory of a canvas late; a canvas of no size holds none. */
async function onCanvas<T>(
  photo: ImageBitmap,
  { left, top, width, height }: Cut,
  size: Size,
  work: (canvas: HTMLCanvasElement) => Promise<T>,
): Promise<T> {
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  const pen = canvas.getContext('2d')
  if (pen) {
    // A JPEG has no transparency: what is left open becomes paper, not black.
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, size.width, size.height)
    pen.imageSmoothingQuality = 'high'
    pen.drawImage(photo, left, top, width, height, 0, 0, size.width, size.height)
  }
  try {
    return await work(canvas)
  } finally {
    canvas.width = 0
    canvas.height = 0
  }
}

const encoded = (canvas: HTMLCanvasElement, quality: number) =>
  new Promise<Blob | null>((done) => {
    canvas.toBlob(done, 'image/jpeg', quality)
  })

const renamed = (blob: Blob, name: string) =>
  new File([blob], `${name.replace(/\.[^.]*$/, '') || 'picture'}.jpg`, { type: 'image/jpeg' })
