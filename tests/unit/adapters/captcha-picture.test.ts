import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { drawCaptcha } from '#lib/adapters/captcha-picture.ts'
import { inspectPicture } from '#lib/files/inspect.ts'
import { jpegOfBytes } from '#tests/support/pictures.ts'
import { seeded } from '#tests/support/random.ts'

const draw = (digits: string, seed: number, scale: 1 | 2 = 1) =>
  drawCaptcha(digits, { scale, random: seeded(seed) })
const grey = async (png: Buffer) => (await sharp(png).toColourspace('b-w').raw().toBuffer()) as Uint8Array

describe('the picture', () => {
  it('is a small grey PNG, twice as large when asked', async () => {
    expect(await sharp(await draw('20481', 1)).metadata()).toMatchObject({
      format: 'png',
      width: 200,
      height: 72,
      channels: 1,
    })
    expect(await sharp(await draw('20481', 1, 2)).metadata()).toMatchObject({ width: 400, height: 144 })
  })

  it('is the same for the same numbers and another for others', async () => {
    const picture = await draw('20481', 1)
    expect(await draw('20481', 1)).toEqual(picture)
    expect(await draw('20481', 2)).not.toEqual(picture)
    expect(await draw('20487', 1)).not.toEqual(picture)
  })

  it('enlarged, it is the same drawing', async () => {
    const small = await grey(await draw('20481', 5))
    const large = await grey(
      await sharp(await draw('20481', 5, 2))
        .resize({ width: 200, kernel: 'linear' })
        .png()
        .toBuffer(),
    )
    const apart = small.reduce((sum, value, i) => sum + Math.abs(value - (large[i] ?? 0)), 0) / small.length
    const other = await grey(await draw('20481', 6))
    const strangers =
      small.reduce((sum, value, i) => sum + Math.abs(value - (other[i] ?? 0)), 0) / small.length
    expect(apart).toBeLessThan(strangers / 3)
  })

  it.each(Array.from({ length: 10 }, (_, digit) => String(digit)))(
    'shows five times %s in ink that people can see',
    async (digit) => {
      const pixels = await grey(await draw(digit.repeat(5), Number(digit)))
      const darkest = Math.min(...pixels)
      expect(contrast(248, darkest)).toBeGreaterThan(4.5)
      const inked = pixels.filter((value) => contrast(248, value) > 4.5).length / pixels.length
      expect(inked).toBeGreaterThan(0.06)
      expect(inked).toBeLessThan(0.3)
    },
  )

  it.each([
    [1, 250],
    [2, 40],
  ] as const)('leaves the border clear at scale %i: no digit is cut off', async (scale, seeds) => {
    const [width, height] = [200 * scale, 72 * scale]
    const cut: number[] = []
    for (let seed = 0; seed < seeds; seed += 1) {
      const digits = String((seed * 7919) % 100_000).padStart(5, '0')
      const pixels = await grey(await draw(digits, seed, scale))
      const inked = (x: number, y: number) => pixels[y * width + x] !== 248
      const columns = Array.from({ length: height }, (_, y) => inked(0, y) || inked(width - 1, y))
      const lines = Array.from({ length: width }, (_, x) => inked(x, 0) || inked(x, height - 1))
      if ([...columns, ...lines].includes(true)) cut.push(seed)
    }
    expect(cut).toEqual([])
  })

  it('is still drawn after uploads have shut the other loaders', async () => {
    await inspectPicture(await jpegOfBytes(20, 20, 2_000))
    expect((await draw('13579', 3)).length).toBeGreaterThan(500)
  })

  it.each(['', '1234', '123456', '12a45', '１２３４５'])('is refused for %j', async (digits) => {
    await expect(draw(digits, 1)).rejects.toThrow(RangeError)
  })
})

/** WCAG 2.2 relative luminance of two greys. */
function contrast(light: number, dark: number): number {
  const luminance = (grey8: number) => {
    const share = grey8 / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return (luminance(light) + 0.05) / (luminance(dark) + 0.05)
}
