import fc from 'fast-check'
import { expect, test } from 'vitest'
import { headOf } from '#lib/schemas/picture-head.ts'
import {
  hugePng,
  jpegOfBytes,
  noisyJpeg,
  pngOfBytes,
  truncated,
  turned,
  withPlace,
} from '#tests/support/pictures.ts'

test('a JPEG says its size through padding, EXIF and orientation', async () => {
  expect(headOf(await jpegOfBytes(640, 480, 200_000))).toEqual({
    format: 'jpeg',
    width: 640,
    height: 480,
    whole: true,
  })
  expect(headOf(await turned(400, 600))).toMatchObject({ width: 600, height: 400, whole: true })
  expect(headOf(await withPlace(300, 200))).toMatchObject({ width: 300, height: 200, whole: true })
})

test('a PNG says its size, however large', async () => {
  expect(headOf(await pngOfBytes(64, 48, 5_000))).toEqual({
    format: 'png',
    width: 64,
    height: 48,
    whole: true,
  })
  expect(headOf(hugePng(16_000, 16_000))).toMatchObject({ width: 16_000, height: 16_000 })
})

test('what broke off is not whole; what a camera appends after the picture does not matter', async () => {
  const jpeg = await noisyJpeg(300, 200)
  expect(headOf(truncated(jpeg)).whole).toBe(false)
  expect(headOf(jpeg.subarray(0, 10))).toMatchObject({ format: 'jpeg', width: 0, whole: false })
  expect(headOf(Buffer.concat([jpeg, Buffer.alloc(500, 1)])).whole).toBe(true)
  expect(headOf(truncated(await pngOfBytes(64, 48, 5_000))).whole).toBe(false)
})

test('HEIC is known by its brand, anything else is other', () => {
  const box = (brand: string) => Buffer.from(`\0\0\0\u0018ftyp${brand}\0\0\0\0`, 'latin1')
  expect(headOf(box('heic')).format).toBe('heic')
  expect(headOf(box('mif1')).format).toBe('heic')
  expect(headOf(box('isom')).format).toBe('other')
  // Of the same family, and no phone's camera makes it.
  expect(headOf(box('avif')).format).toBe('other')
  expect(headOf(Buffer.from('not a picture')).format).toBe('other')
  expect(headOf(new Uint8Array()).format).toBe('other')
})

test('no bytes make it fail or run on', () => {
  const starts = [[0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], []]
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 400 }), (start, rest) => {
      const { width, height } = headOf(Uint8Array.from([...start, ...rest]))
      expect(Number.isInteger(width) && width >= 0).toBe(true)
      expect(Number.isInteger(height) && height >= 0).toBe(true)
    }),
  )
})
