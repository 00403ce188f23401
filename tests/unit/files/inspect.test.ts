import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { inspectPicture, preview } from '#lib/files/inspect.ts'
import { testFolder } from '#tests/support/folder.ts'
import {
  hugePng,
  jpegOfBytes,
  noisyJpeg,
  pngOfBytes,
  truncated,
  turned,
  withPlace,
} from '#tests/support/pictures.ts'

async function accepted(bytes: Buffer) {
  const result = await inspectPicture(bytes)
  if (!result.ok) throw new Error(`refused: ${result.code}`)
  return result
}

describe('what is measured', () => {
  it.each([10_239, 10_240, 10_241, 10_242, 20_480, 20_481, 512_000, 512_001, 5_242_881])(
    'a JPEG of %i bytes',
    async (bytes) => {
      const picture = await jpegOfBytes(295, 413, bytes)
      expect(picture).toHaveLength(bytes)
      const { facts } = await accepted(picture)
      expect(facts).toEqual({ format: 'jpeg', bytes, width: 295, height: 413, pixels: 295 * 413 })
    },
  )

  it.each([20_480, 20_481, 512_000, 512_001])('a PNG of %i bytes', async (bytes) => {
    const picture = await pngOfBytes(300, 420, bytes)
    expect(picture).toHaveLength(bytes)
    expect((await accepted(picture)).facts).toEqual({
      format: 'png',
      bytes,
      width: 300,
      height: 420,
      pixels: 126_000,
    })
  })

  it.each([
    [294, 413],
    [295, 412],
    [295, 413],
  ])('%i × %i pixels', async (width, height) => {
    expect((await accepted(await jpegOfBytes(width, height, 12_000))).facts).toMatchObject({ width, height })
  })

  it('a picture lying on its side is measured and stored upright', async () => {
    const picture = await turned(295, 413)
    expect(await sharp(picture).metadata()).toMatchObject({ width: 413, height: 295, orientation: 6 })
    const { facts, clean } = await accepted(picture)
    expect(facts).toMatchObject({ width: 295, height: 413 })
    const stored = await sharp(clean).metadata()
    expect(stored).toMatchObject({ width: 295, height: 413 })
    expect(stored.orientation).toBeUndefined()
  })

  it('a file on disk by its path', async () => {
    const path = join(await testFolder(), 'photo.jpg')
    await writeFile(path, await jpegOfBytes(300, 420, 15_000))
    expect(await inspectPicture(path)).toMatchObject({ ok: true, facts: { bytes: 15_000, width: 300 } })
  })
})

describe('what is stored', () => {
  it('carries no position, camera or owner', async () => {
    const picture = await withPlace(300, 420)
    expect(picture.includes('SecretCamera')).toBe(true)
    expect((await sharp(picture).metadata()).exif).toBeDefined()
    const { clean } = await accepted(picture)
    expect(clean.includes('SecretCamera')).toBe(false)
    expect(clean.includes('SecretOwner')).toBe(false)
    const { exif, icc, xmp, iptc } = await sharp(clean).metadata()
    expect({ exif, icc, xmp, iptc }).toEqual({
      exif: undefined,
      icc: undefined,
      xmp: undefined,
      iptc: undefined,
    })
  })

  it('drops what was appended or padded into the file', async () => {
    const hidden = Buffer.concat([
      await jpegOfBytes(300, 420, 12_000),
      Buffer.from('<script>alert(1)</script>'),
    ])
    const { facts, clean } = await accepted(hidden)
    expect(facts.bytes).toBe(hidden.length)
    expect(clean.includes('<script>')).toBe(false)
  })

  it('a PNG stays a PNG whatever its name was, and 16 bits become 8', async () => {
    const deep = await sharp({ create: { width: 60, height: 80, channels: 3, background: '#456' } })
      .toColourspace('rgb16')
      .png()
      .toBuffer()
    expect(await sharp(deep).metadata()).toMatchObject({ depth: 'ushort' })
    const { facts, clean } = await accepted(deep)
    expect(facts.format).toBe('png')
    expect(await sharp(clean).metadata()).toMatchObject({ format: 'png', depth: 'uchar', space: 'srgb' })
  })

  it('print colours become screen colours', async () => {
    const cmyk = await sharp({ create: { width: 60, height: 80, channels: 3, background: '#b04020' } })
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer()
    expect(await sharp(cmyk).metadata()).toMatchObject({ space: 'cmyk', channels: 4 })
    expect(await sharp((await accepted(cmyk)).clean).metadata()).toMatchObject({ space: 'srgb', channels: 3 })
  })

  it('a preview is small, upright and never larger than the picture', async () => {
    const { clean } = await accepted(await noisyJpeg(600, 800))
    const small = await preview(clean, { width: 120 })
    expect(await sharp(small).metadata()).toMatchObject({ format: 'jpeg', width: 120, height: 160 })
    expect(small.length).toBeLessThan(clean.length / 4)
    expect(await sharp(await preview(clean, { width: 5_000 })).metadata()).toMatchObject({ width: 600 })
    expect(await sharp(await preview(await turned(90, 120), { width: 45 })).metadata()).toMatchObject({
      height: 60,
    })
  })
})

describe('what is refused', () => {
  it('a picture that breaks off, JPEG or PNG', async () => {
    const photo = await noisyJpeg(400, 500)
    expect(await inspectPicture(truncated(photo))).toMatchObject({
      ok: false,
      code: 'unreadable',
      facts: { width: 400, height: 500 },
    })
    const png = await sharp(photo).png().toBuffer()
    expect(await inspectPicture(truncated(png))).toMatchObject({ ok: false, code: 'unreadable' })
  })

  it('a signature with nothing behind it', async () => {
    expect(await inspectPicture(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toEqual({
      ok: false,
      code: 'unreadable',
      facts: { format: 'jpeg', bytes: 4, width: 0, height: 0, pixels: 0 },
    })
  })

  it('16000 × 16000 pixels, by its measured size and without unpacking it', async () => {
    const bomb = hugePng(16_000, 16_000)
    expect(bomb.length).toBeLessThan(500_000)
    const result = await inspectPicture(bomb)
    expect(result).toMatchObject({
      ok: false,
      code: 'too-many-pixels',
      facts: { width: 16_000, height: 16_000, pixels: 256_000_000 },
    })
    const headOnly = await inspectPicture(truncated(bomb, 0.01))
    expect(headOnly).toMatchObject({ ok: false, code: 'too-many-pixels', facts: { pixels: 256_000_000 } })
  })

  it('one pixel over the limit, not the limit itself', async () => {
    const picture = hugePng(200, 100)
    expect(await inspectPicture(picture, { maxPixels: 20_000 })).toMatchObject({ ok: true })
    expect(await inspectPicture(picture, { maxPixels: 19_999 })).toMatchObject({ code: 'too-many-pixels' })
  })

  it('HEIC, by its brand', async () => {
    const photo = Buffer.concat([
      Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0', 'latin1'),
      Buffer.alloc(60_000, 7),
    ])
    expect(await inspectPicture(photo)).toMatchObject({
      ok: false,
      code: 'format',
      facts: { format: 'heic' },
    })
  })

  it.each(['gif', 'webp', 'tiff', 'avif'] as const)('%s, even when named .jpg', async (format) => {
    const picture = await sharp({ create: { width: 50, height: 50, channels: 3, background: '#fff' } })
      .toFormat(format)
      .toBuffer()
    expect(await inspectPicture(picture)).toMatchObject({
      ok: false,
      code: 'format',
      facts: { format: 'other' },
    })
  })

  it('nothing at all', async () => {
    expect(await inspectPicture(Buffer.alloc(0))).toMatchObject({ ok: false, code: 'format' })
  })

  it('every other loader is shut for the whole process', async () => {
    await inspectPicture(await jpegOfBytes(20, 20, 2_000))
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    )
    await expect(sharp(svg).png().toBuffer()).rejects.toThrow()
    const webp = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
      .webp()
      .toBuffer()
    await expect(sharp(webp).png().toBuffer()).rejects.toThrow()
  })

  it('many at once all get their answer', async () => {
    const picture = await jpegOfBytes(295, 413, 12_000)
    const results = await Promise.all(Array.from({ length: 12 }, () => inspectPicture(picture)))
    expect(results.every((result) => result.ok)).toBe(true)
  })
})
