import { describe, expect, it } from 'vitest'
import { partOf } from '#app/captcha/[token]/sound/part.ts'
import { captchaPainter } from '#lib/adapters/captcha.ts'
import { speakCaptcha } from '#lib/adapters/captcha-sound.ts'
import { seeded } from '#tests/support/random.ts'

const rate = 11_025
const speak = (digits: string, seed: number) => speakCaptcha(digits, seeded(seed))
const samples = (wav: Buffer) => Float32Array.from(wav.subarray(44), (value) => (value - 128) / 127)
const loudness = (part: Float32Array) =>
  Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length)

/** Stretches of speech in a sound: windows of 20 ms louder than the rustle, gaps under 200 ms closed. */
function words(wav: Buffer): { from: number; to: number }[] {
  const sound = samples(wav)
  const step = Math.round(rate / 50)
  const found: { from: number; to: number }[] = []
  for (let at = 0; at + step <= sound.length; at += step) {
    if (loudness(sound.subarray(at, at + step)) < 0.06) continue
    const last = found.at(-1)
    if (last && at - last.to < rate / 5) last.to = at + step
    else found.push({ from: at, to: at + step })
  }
  return found
}

describe('the spoken captcha', () => {
  it('is a WAV of 8-bit mono samples that says its own size', () => {
    const wav = speak('20481', 1)
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF')
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8)
    expect(wav.toString('latin1', 8, 16)).toBe('WAVEfmt ')
    expect([wav.readUInt32LE(16), wav.readUInt16LE(20), wav.readUInt16LE(22)]).toEqual([16, 1, 1])
    expect([wav.readUInt32LE(24), wav.readUInt32LE(28)]).toEqual([rate, rate])
    expect([wav.readUInt16LE(32), wav.readUInt16LE(34)]).toEqual([1, 8])
    expect(wav.toString('latin1', 36, 40)).toBe('data')
    expect(wav.readUInt32LE(40)).toBe(wav.length - 44)
  })

  it('says each digit on its own, with time to type it, in three to eight seconds', () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const wav = speak(String((seed * 7919) % 100_000).padStart(5, '0'), seed)
      const seconds = (wav.length - 44) / rate
      expect(seconds).toBeGreaterThan(3)
      expect(seconds).toBeLessThan(8)
      const said = words(wav)
      expect(said, `seed ${seed}`).toHaveLength(5)
      for (const [i, { from }] of said.slice(1).entries())
        expect((from - (said[i]?.to ?? 0)) / rate).toBeGreaterThan(0.35)
    }
  })

  it.each([...'0123456789'])('says %s far louder than the rustle around it, and never cut off', (digit) => {
    for (let seed = 0; seed < 10; seed += 1) {
      const wav = speak(digit.repeat(5), seed)
      const sound = samples(wav)
      const rustle = loudness(sound.subarray(0, Math.round(rate * 0.4)))
      expect(rustle).toBeGreaterThan(0.004)
      for (const { from, to } of words(wav))
        expect(loudness(sound.subarray(from, to)) / rustle).toBeGreaterThan(5)
      expect(Math.max(...sound)).toBeLessThan(1)
      expect(Math.min(...sound)).toBeGreaterThan(-1)
    }
  })

  it('has a sound of its own for every digit', () => {
    const all = [...'0123456789'].map((digit) => speak(digit.repeat(5), 4).toString('base64'))
    expect(new Set(all).size).toBe(10)
  })

  it('is the same for the same numbers, and no digit is ever the same bytes twice', () => {
    expect(speak('20481', 1)).toEqual(speak('20481', 1))
    expect(speak('20481', 2)).not.toEqual(speak('20481', 1))
    const wav = speak('77777', 3)
    const pieces = words(wav).map(({ from }) => wav.subarray(44 + from, 44 + from + 1000).toString('base64'))
    expect(new Set(pieces).size).toBe(5)
  })

  it.each(['', '1234', '123456', '12a45', '１２３４５'])('is refused for %j', (digits) => {
    expect(() => speak(digits, 1)).toThrow(RangeError)
  })

  it('comes from the painter by a seed, like the picture', () => {
    const seed = '00c0ffee'.repeat(8)
    expect(captchaPainter.speak('20481', { seed })).toEqual(captchaPainter.speak('20481', { seed }))
    expect(captchaPainter.speak('20481', { seed: 'facade00' })).not.toEqual(
      captchaPainter.speak('20481', { seed }),
    )
  })
})

describe('a part of the sound', () => {
  it.each([
    ['bytes=0-1', { from: 0, to: 1 }],
    ['bytes=10-', { from: 10, to: 99 }],
    ['bytes=90-400', { from: 90, to: 99 }],
    ['bytes=99-99', { from: 99, to: 99 }],
    [null, null],
    ['bytes=100-', null],
    ['bytes=5-4', null],
    ['bytes=-10', null],
    ['bytes=0-1,5-6', null],
    ['items=0-1', null],
  ])('%s', (range, part) => expect(partOf(range, 100)).toEqual(part))
})
