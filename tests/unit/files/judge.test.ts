import { expect, it } from 'vitest'
import type { Inspected } from '#lib/files/inspect.ts'
import { arrivalIssue, judgePicture } from '#lib/files/judge.ts'
import { proofLimits } from '#lib/schemas/attachment.ts'
import { portraitLimits } from '#lib/schemas/photo.ts'
import type { PictureFacts } from '#lib/schemas/picture.ts'

const at = 'slot:idFront'
type Seen = Extract<Inspected, { ok: true }>['facts']
const sound: Seen = { format: 'png', bytes: 60_000, width: 800, height: 600, pixels: 480_000 }
const clean = Buffer.from('clean')
const seen = (facts: Partial<Seen> = {}): Inspected => ({
  ok: true,
  facts: { ...sound, ...facts },
  clean,
})
const unseen = (
  code: Extract<Inspected, { ok: false }>['code'],
  facts: Partial<PictureFacts> = {},
): Inspected => ({
  ok: false,
  code,
  facts: { ...sound, ...facts },
})
const codesOf = (inspected: Inspected, accept: 'portrait' | 'proof' = 'proof') => {
  const judged = judgePicture(inspected, { at, accept })
  return judged.ok ? [] : judged.issues.map(({ code }) => code)
}

it('lets a sound picture stand, with what was measured as it came', () =>
  expect(judgePicture(seen(), { at, accept: 'proof' })).toEqual({
    ok: true,
    value: { clean, format: 'png', bytes: 60_000, width: 800, height: 600 },
  }))

it.each<[string, Inspected, 'portrait' | 'proof', string[]]>([
  [
    'every limit it breaks',
    seen({ bytes: 5000, width: 100 }),
    'portrait',
    ['photo-format', 'photo-too-small-bytes', 'photo-too-narrow'],
  ],
  ['what it is no picture of', unseen('format', { format: 'other' }), 'proof', ['proof-format']],
  [
    'a photo as a phone keeps it, by that alone',
    unseen('format', { format: 'heic', bytes: 2_000_000, width: 0, height: 0, pixels: 0 }),
    'portrait',
    ['picture-heic'],
  ],
  ['the same for a proof', unseen('format', { format: 'heic', bytes: 900_000 }), 'proof', ['picture-heic']],
  [
    'too many pixels to look at',
    unseen('too-many-pixels', { pixels: 50_000_000 }),
    'proof',
    ['proof-too-many-pixels'],
  ],
  ['bytes that are no picture', unseen('unreadable'), 'proof', ['picture-unreadable']],
  ['a server that was too busy to look', unseen('timeout'), 'proof', ['picture-busy']],
])('names %s', (_what, inspected, accept, codes) => expect(codesOf(inspected, accept)).toEqual(codes))

it.each([
  ['portrait', portraitLimits.maxBytes],
  ['proof', proofLimits.maxBytes],
] as const)('names what did not arrive whole, and how much a %s may weigh', (accept, limit) =>
  expect(arrivalIssue({ at, accept }, { code: 'too-big' })).toEqual({
    at,
    code: 'picture-too-large',
    params: { limit },
  }),
)
