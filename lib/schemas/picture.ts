import { type Issue, issue } from '#lib/domain/result.ts'

/** What the inspection of a file found, by content. Width and height after EXIF orientation, in pixels. */
export interface PictureFacts {
  readonly format: 'jpeg' | 'png' | 'heic' | 'other'
  /** As received. */
  readonly bytes: number
  readonly width: number
  readonly height: number
  readonly pixels: number
}

/** KB = 1024 bytes; MP = 1,000,000 pixels (BAS-1, BAS-3). */
export interface PictureLimits {
  readonly formats: readonly PictureFacts['format'][]
  /** Allowed itself; `moreThanBytes` is not. */
  readonly minBytes?: number
  readonly moreThanBytes?: number
  readonly maxBytes: number
  readonly minWidth?: number
  readonly minHeight?: number
  readonly maxPixels: number
}

/**
 * Every limit a picture breaks, each with {measured, limit}. What could not be decoded at all (`other` without
 * dimensions) is not measured in pixels. A photo as a phone keeps it is told by that alone (`picture-heic`): as a jpeg it
 * will have another size.
 */
export function pictureIssues(
  facts: PictureFacts,
  limits: PictureLimits,
  prefix: 'photo' | 'proof',
  at: string,
): Issue[] {
  if (facts.format === 'heic') return [issue(at, 'picture-heic')]
  const found: Issue[] = []
  const add = (fault: string, measured: string | number, limit: string | number) =>
    found.push(issue(at, `${prefix}-${fault}`, { measured, limit }))

  if (!limits.formats.includes(facts.format)) add('format', facts.format, limits.formats.join(' '))
  if (limits.minBytes !== undefined && facts.bytes < limits.minBytes)
    add('too-small-bytes', facts.bytes, limits.minBytes)
  if (limits.moreThanBytes !== undefined && facts.bytes <= limits.moreThanBytes)
    add('too-small-bytes', facts.bytes, limits.moreThanBytes)
  if (facts.bytes > limits.maxBytes) add('too-large-bytes', facts.bytes, limits.maxBytes)
  if (facts.format === 'other' && facts.width === 0 && facts.height === 0) return found
  if (limits.minWidth !== undefined && facts.width < limits.minWidth)
    add('too-narrow', facts.width, limits.minWidth)
  if (limits.minHeight !== undefined && facts.height < limits.minHeight)
    add('too-short', facts.height, limits.minHeight)
  if (facts.pixels > limits.maxPixels) add('too-many-pixels', facts.pixels, limits.maxPixels)
  return found
}
