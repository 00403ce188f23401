import type { Issue } from '#lib/domain/result.ts'
import { type PictureFacts, type PictureLimits, pictureIssues } from './picture.ts'

/** BAS-1 */
export const portraitLimits = {
  formats: ['jpeg'],
  minBytes: 10 * 1024,
  maxBytes: 5 * 1024 * 1024,
  minWidth: 295,
  minHeight: 413,
  maxPixels: 40_000_000,
} as const satisfies PictureLimits

/**
 * BAS-1, the portrait of a person: `photo-format`, `photo-too-small-bytes`, `photo-too-large-bytes`,
 * `photo-too-narrow`, `photo-too-short`, `photo-too-many-pixels`, each with {measured, limit}.
 */
export const checkPortrait = (facts: PictureFacts, at = 'slot:portrait'): Issue[] =>
  pictureIssues(facts, portraitLimits, 'photo', at)
