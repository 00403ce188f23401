/** The picture rules in words, from the limits the schemas check (BAS-1, BAS-3). */
import { proofLimits } from '#lib/schemas/attachment.ts'
import { portraitLimits } from '#lib/schemas/photo.ts'
import type { PictureLimits } from '#lib/schemas/picture.ts'

/** 10KB, 5MB: the larger unit where it comes out even. */
export const sizeWords = (bytes: number) => {
  const kb = bytes / 1024
  if (kb >= 1024 && kb % 1024 === 0) return `${kb / 1024}MB`
  return `${Number.isInteger(kb) ? kb : kb.toFixed(1)}KB`
}

/** The limits of a proof in words. */
export const proofRuleOf = ({ moreThanBytes = 0, maxBytes }: PictureLimits) =>
  `jpg 或 png 图片，大于 ${sizeWords(moreThanBytes)} 且不超过 ${sizeWords(maxBytes)}`
/** The limits of the portrait in words. */
export const portraitRuleOf = ({ minBytes = 0, maxBytes, minWidth = 0, minHeight = 0 }: PictureLimits) =>
  `jpg 图片，不小于 ${sizeWords(minBytes)}、不超过 ${sizeWords(maxBytes)}，至少宽 ${minWidth} 像素、高 ${minHeight} 像素`

export const proofRule = proofRuleOf(proofLimits)
export const portraitRule = portraitRuleOf(portraitLimits)
