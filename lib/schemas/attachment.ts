import type { Issue } from '#lib/domain/result.ts'
import { type PictureFacts, type PictureLimits, pictureIssues } from './picture.ts'

/** BAS-3; they hold for every proof in every kind of case. */
export const proofLimits = {
  formats: ['jpeg', 'png'],
  moreThanBytes: 20 * 1024,
  maxBytes: 500 * 1024,
  maxPixels: 40_000_000,
} as const satisfies PictureLimits

/**
 * BAS-3: `proof-format`, `proof-too-small-bytes`, `proof-too-large-bytes`, `proof-too-many-pixels`,
 * each with {measured, limit}.
 */
export const checkProof = (facts: PictureFacts, at: string): Issue[] =>
  pictureIssues(facts, proofLimits, 'proof', at)
