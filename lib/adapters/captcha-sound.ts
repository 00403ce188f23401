import recorded from './digit-sounds.json' with { type: 'json' }

/** Samples a second. */
const RATE = recorded.rate
/** Long enough to type a digit before the next one comes. */
const PAUSE = { from: 0.5, to: 0.85 } as const
/** Of the loudest digit: well below speech, well above the rounding of a sample. */
const NOISE = { from: 0.03, to: 0.06 } as const

/**
 * The spoken form of a captcha (ACC-3): a WAV of 8-bit mono samples, three to eight seconds long. Voice, speed with
 * pitch, loudness and pause change from digit to digit and noise lies over all, so that no digit is ever the same
 * bytes twice; the same numbers in [0, 1) give the same sound. RangeError unless 5 digits.
 */
export function speakCaptcha(digits: string, random: () => number): Buffer {
  if (!/^\d{5}$/.test(digits)) throw new RangeError('a captcha has five digits')
  const between = (from: number, to: number) => from + (to - from) * random()
  const pause = () => new Float32Array(Math.round(RATE * between(PAUSE.from, PAUSE.to)))
  const parts = [pause(), ...Array.from(digits).flatMap((digit) => [voiced(digit, between), pause()])]
  return wav(withNoise(parts, between))
}

type Between = (from: number, to: number) => number

/** One of the recordings of a digit, played faster or slower. */
function voiced(digit: string, between: Between): Float32Array {
  const takes = recorded.digits[Number(digit)] ?? []
  const take = Buffer.from(takes[Math.floor(between(0, takes.length))] ?? '', 'base64')
  const [speed, loudness] = [between(0.88, 1.08), between(0.65, 0.9)]
  return Float32Array.from({ length: Math.floor((take.length - 1) / speed) }, (_, i) => {
    const at = i * speed
    const before = Math.floor(at)
    const [here, next] = [take.readInt8(before), take.readInt8(Math.min(before + 1, take.length - 1))]
    return (loudness * (here + (at - before) * (next - here))) / 127
  })
}

/** All parts in a row under a rustle whose colour differs each time. */
function withNoise(parts: readonly Float32Array[], between: Between): Float32Array {
  const [height, smooth] = [between(NOISE.from, NOISE.to), between(0.2, 0.7)]
  const sound = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  let rustle = 0
  for (const part of parts) {
    for (const value of part) {
      rustle = smooth * rustle + (1 - smooth) * between(-1, 1)
      sound[at] = value + height * rustle
      at += 1
    }
  }
  return sound
}

/** RIFF/WAVE, PCM, one channel, 8 bits: unsigned, silence is 128. */
function wav(samples: Float32Array): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(RATE, 24)
  header.writeUInt32LE(RATE, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(samples.length, 40)
  const body = Uint8Array.from(samples, (value) => Math.min(255, Math.max(0, Math.round(128 + 127 * value))))
  return Buffer.concat([header, body])
}
