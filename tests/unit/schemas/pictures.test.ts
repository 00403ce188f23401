import { describe, expect, test } from 'vitest'
import { checkProof, proofLimits } from '#lib/schemas/attachment.ts'
import { checkPortrait, portraitLimits } from '#lib/schemas/photo.ts'
import type { PictureFacts } from '#lib/schemas/picture.ts'

const picture = (changes: Partial<PictureFacts> = {}): PictureFacts => {
  const facts = { format: 'jpeg' as const, bytes: 50_000, width: 295, height: 413, ...changes }
  return { pixels: facts.width * facts.height, ...facts }
}
const found = (issues: readonly { code: string; params?: object }[]) =>
  issues.map(({ code, params }) => [code, params])

describe('portraits (BAS-1)', () => {
  test.each([
    ['the least', { bytes: 10_240, width: 295, height: 413 }],
    ['the most', { bytes: 5 * 1024 * 1024, width: 5000, height: 8000 }],
  ])('%s passes', (_, changes) => expect(checkPortrait(picture(changes))).toEqual([]))

  test.each<[Partial<PictureFacts>, string, string | number, string | number]>([
    [{ format: 'png' }, 'photo-format', 'png', 'jpeg'],
    [{ bytes: 10_239 }, 'photo-too-small-bytes', 10_239, 10_240],
    [{ bytes: 5_242_881 }, 'photo-too-large-bytes', 5_242_881, 5_242_880],
    [{ width: 294 }, 'photo-too-narrow', 294, 295],
    [{ height: 412 }, 'photo-too-short', 412, 413],
    [{ width: 5000, height: 8001 }, 'photo-too-many-pixels', 40_005_000, 40_000_000],
  ])('%j: %s', (changes, code, measured, limit) =>
    expect(checkPortrait(picture(changes))).toEqual([
      { at: 'slot:portrait', code, params: { measured, limit } },
    ]),
  )

  test('every rule that is broken has its own issue', () => {
    const facts = picture({ format: 'png', bytes: 100, width: 200, height: 200 })
    expect(checkPortrait(facts).map(({ code }) => code)).toEqual([
      'photo-format',
      'photo-too-small-bytes',
      'photo-too-narrow',
      'photo-too-short',
    ])
  })

  test('what is no picture is not measured in pixels', () =>
    expect(found(checkPortrait(picture({ format: 'other', width: 0, height: 0 })))).toEqual([
      ['photo-format', { measured: 'other', limit: 'jpeg' }],
    ]))
})

describe('proofs (BAS-3)', () => {
  test.each([
    ['just over 20 KB', { bytes: 20_481 }],
    ['just 500 KB', { bytes: 512_000 }],
    ['a small PNG', { format: 'png' as const, width: 1, height: 1 }],
  ])('%s passes', (_, changes) => expect(checkProof(picture(changes), 'slot:idFront')).toEqual([]))

  test.each<[Partial<PictureFacts>, string, string | number, string | number]>([
    [{ bytes: 20_480 }, 'proof-too-small-bytes', 20_480, 20_480],
    [{ bytes: 512_001 }, 'proof-too-large-bytes', 512_001, 512_000],
    [{ format: 'other' }, 'proof-format', 'other', 'jpeg png'],
    [{ width: 8000, height: 5001 }, 'proof-too-many-pixels', 40_008_000, 40_000_000],
  ])('%j: %s', (changes, code, measured, limit) =>
    expect(checkProof(picture(changes), 'slot:idFront')).toEqual([
      { at: 'slot:idFront', code, params: { measured, limit } },
    ]),
  )

  test.each([checkPortrait, checkProof])('HEIC is told by that alone, whatever it weighs', (check) =>
    expect(check(picture({ format: 'heic', bytes: 4_000_000, width: 0, height: 0 }), 'slot:idFront')).toEqual(
      [{ at: 'slot:idFront', code: 'picture-heic' }],
    ),
  )

  test('the limits help pages read are those of the rules', () => {
    expect([proofLimits.moreThanBytes, proofLimits.maxBytes]).toEqual([20 * 1024, 500 * 1024])
    expect([portraitLimits.minBytes, portraitLimits.minWidth, portraitLimits.minHeight]).toEqual([
      10_240, 295, 413,
    ])
  })
})
