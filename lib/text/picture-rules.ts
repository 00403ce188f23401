/** The picture rules in words, from the limits the schemas check (BAS-1, BAS-3). */
import { proofLimits } from '#lib/schemas/attachment.ts'
import { portraitLimits } from '#lib/schemas/photo.ts'

/** 10KB, 5MB: the larger unit where it comes out even. */
export const sizeWords = (bytes: number) => {
  const kb = bytes / 1024
  if (kb >= 1024 && kb % 1024 === 0) return `${kb / 1024}MB`
  return `${Number.isInteger(kb) ? kb : kb.toFixed(1)}KB`
}

export const proofRule = `jpg 或 png 图片，大于 ${sizeWords(proofLimits.moreThanBytes)} 且不超过 ${sizeWords(proofLimits.maxBytes)}`
export const portraitRule = `jpg 图片，不小于 ${sizeWords(portraitLimits.minBytes)}、不超过 ${sizeWords(portraitLimits.maxBytes)}，至少宽 ${portraitLimits.minWidth} 像素、高 ${portraitLimits.minHeight} 像素`
