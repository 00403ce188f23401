/**
 * Speaks 0–9 in Mandarin, twice each, into `lib/adapters/digit-sounds.json` (ACC-3). Run by hand, once:
 * `apt-get install -y espeak-ng && node scripts/generate-digit-sounds.ts` (made with espeak-ng 1.51 of Debian 12).
 * Each sound is base64 of signed 8-bit samples at 11,025 a second, without silence around it, at full height.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

/** A man's voice and a woman's. Digits, not characters: Debian's dictionary of characters is too small. */
const voices = [
  { voice: 'cmn', pitch: 50 },
  { voice: 'cmn+f2', pitch: 55 },
]
const wordsPerMinute = 125
const rate = 11_025
const file = new URL('../lib/adapters/digit-sounds.json', import.meta.url)

/** Samples in [-1, 1] at twice our rate, which is how espeak-ng speaks. */
function spoken(digit: number, { voice, pitch }: (typeof voices)[number]): Float32Array {
  const options = ['-v', voice, '-p', String(pitch), '-s', String(wordsPerMinute), '--stdout', String(digit)]
  const wav = execFileSync('espeak-ng', options)
  if (wav.readUInt32LE(24) !== 2 * rate || wav.readUInt16LE(34) !== 16)
    throw new Error('not 16 bit, 22,050 Hz')
  const body = wav.subarray(wav.indexOf('data') + 8)
  return Float32Array.from({ length: body.length >> 1 }, (_, i) => body.readInt16LE(2 * i) / 32_768)
}

/** Half as many samples, after a low pass (windowed sinc) that keeps what is too high for them from folding back. */
function halved(samples: Float32Array): Float32Array {
  const reach = 24
  const taps = Array.from({ length: 2 * reach + 1 }, (_, i) => {
    const x = (i - reach) * 0.48
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * (i - reach)) / (reach + 1)))
  })
  const whole = taps.reduce((sum, tap) => sum + tap, 0)
  return Float32Array.from({ length: samples.length >> 1 }, (_, at) =>
    taps.reduce((sum, tap, i) => sum + (tap / whole) * (samples[2 * at + i - reach] ?? 0), 0),
  )
}

/** What is louder than a fiftieth of the loudest, with ten milliseconds around it that fade in and out. */
function trimmed(samples: Float32Array): Float32Array {
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const margin = Math.round(rate / 100)
  const loud = (value: number) => Math.abs(value) > peak / 50
  const from = Math.max(0, samples.findIndex(loud) - margin)
  const to = Math.min(samples.length, samples.findLastIndex(loud) + margin)
  return samples
    .slice(from, to)
    .map((value, i, all) => (value / peak) * Math.min(1, i / margin, (all.length - 1 - i) / margin))
}

const packed = (samples: Float32Array) =>
  Buffer.from(Int8Array.from(samples, (value) => Math.round(value * 127)).buffer).toString('base64')

const digits = Array.from({ length: 10 }, (_, digit) =>
  voices.map((voice) => packed(trimmed(halved(spoken(digit, voice))))),
)
writeFileSync(file, `${JSON.stringify({ rate, digits }, null, 2)}\n`)
