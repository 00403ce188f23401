/** The captcha as the service sees it: digits and a seed in, a picture or a sound out. */
import { drawCaptcha } from './captcha-picture.ts'
import { speakCaptcha } from './captcha-sound.ts'

export interface CaptchaPainter {
  /** A PNG. The same seed gives the same drawing at every scale; whoever knows it can undo the noise, so it is secret. */
  draw(digits: string, options: { scale: 1 | 2; seed: string }): Promise<Buffer>
  /** A WAV of the same digits; the same seed gives the same bytes, so that a part of them can be asked for. */
  speak(digits: string, options: { seed: string }): Buffer
}

/** Numbers in [0, 1) from a seed of hex digits (mulberry32). */
function numbersFrom(seed: string): () => number {
  let state = Number.parseInt(seed.slice(0, 8), 16)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export const captchaPainter: CaptchaPainter = {
  draw: (digits, { scale, seed }) => drawCaptcha(digits, { scale, random: numbersFrom(seed) }),
  speak: (digits, { seed }) => speakCaptcha(digits, numbersFrom(seed)),
}
