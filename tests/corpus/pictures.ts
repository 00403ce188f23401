/** Pictures as people send them: sound ones, and those a rule refuses. */
import sharp from 'sharp'
import { proofLimits } from '#lib/schemas/attachment.ts'
import { portraitLimits } from '#lib/schemas/photo.ts'
import { hugePng, jpegOfBytes, noisyJpeg, pngOfBytes, truncated, turned } from '#tests/support/pictures.ts'

export interface Drawn {
  readonly what: string
  readonly draw: () => Promise<Buffer>
  /** Sent without its end, as on a line that breaks off. */
  readonly breaksOff?: true
}
export interface Refused extends Drawn {
  readonly code: string
}

const { minWidth, minHeight, minBytes } = portraitLimits
const enough = 30_000
const flat = (width = 600, height = 800) =>
  sharp({ create: { width, height, channels: 3, background: '#b4c8dc' } })

/** The same small picture whose header says another size: nothing is decoded of what is too large. */
async function claimingToBe(width: number, height: number): Promise<Buffer> {
  const bytes = Buffer.from(await jpegOfBytes(300, 420, enough))
  let at = 2
  while (at < bytes.length && !(bytes[at] === 0xff && bytes[at + 1] === 0xc0))
    at += bytes[at + 1] === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  bytes.writeUInt16BE(height, at + 5)
  bytes.writeUInt16BE(width, at + 7)
  return bytes
}
const padded = (head: string | Buffer, bytes = enough) =>
  Buffer.concat([Buffer.from(head), Buffer.alloc(Math.max(0, bytes - head.length), 0x20)])
const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')])

export const soundPortraits = {
  portrait: { what: '标准证件照', draw: () => jpegOfBytes(minWidth, minHeight, enough) },
  smallest: { what: '刚好达到下限的证件照', draw: () => jpegOfBytes(minWidth, minHeight, minBytes) },
  largest: {
    what: '刚好达到上限的证件照',
    draw: () => jpegOfBytes(minWidth, minHeight, portraitLimits.maxBytes),
  },
  turned: { what: '横着存、竖着看的证件照', draw: () => turned(minWidth, minHeight, enough) },
  cmyk: {
    what: 'CMYK 色彩的 jpg',
    draw: () => noisy().then((p) => p.toColourspace('cmyk').jpeg().toBuffer()),
  },
  grey: { what: '灰度 jpg', draw: () => noisy().then((p) => p.greyscale().jpeg().toBuffer()) },
  progressive: {
    what: '渐进式 jpg',
    draw: () => noisy().then((p) => p.jpeg({ progressive: true }).toBuffer()),
  },
} as const satisfies Readonly<Record<string, Drawn>>

const noisy = async () => sharp(await noisyJpeg(600, 800))

export const soundProofs = {
  proof: { what: '清楚的证明图片', draw: () => jpegOfBytes(600, 800, enough) },
  'proof-smallest': {
    what: '刚好超过下限的图片',
    draw: () => jpegOfBytes(600, 800, proofLimits.moreThanBytes + 1),
  },
  'proof-largest': { what: '刚好达到上限的图片', draw: () => pngOfBytes(600, 800, proofLimits.maxBytes) },
} as const satisfies Readonly<Record<string, Drawn>>

export const badPortraits = {
  png: { what: '证件照是 png', code: 'photo-format', draw: () => pngOfBytes(minWidth, minHeight, enough) },
  gif: { what: '证件照是动图，扩展名改成 jpg', code: 'photo-format', draw: animated },
  webp: { what: '证件照是 webp', code: 'photo-format', draw: async () => padded('RIFF0000WEBPVP8 ') },
  heic: { what: '证件照是手机的 heic', code: 'picture-heic', draw: async () => padded(heic) },
  pdf: { what: '证件照是 PDF，扩展名改成 jpg', code: 'photo-format', draw: async () => padded('%PDF-1.7\n') },
  text: { what: '证件照不是图片', code: 'photo-format', draw: async () => padded('不是图片') },
  light: {
    what: '证件照差一个字节到 10KB',
    code: 'photo-too-small-bytes',
    draw: () => jpegOfBytes(minWidth, minHeight, minBytes - 1),
  },
  heavy: {
    what: '证件照超过 5MB 一个字节',
    code: 'photo-too-large-bytes',
    draw: () => jpegOfBytes(minWidth, minHeight, portraitLimits.maxBytes + 1),
  },
  narrow: {
    what: '证件照窄一个像素',
    code: 'photo-too-narrow',
    draw: () => jpegOfBytes(minWidth - 1, minHeight, enough),
  },
  low: {
    what: '证件照矮一个像素',
    code: 'photo-too-short',
    draw: () => jpegOfBytes(minWidth, minHeight - 1, enough),
  },
  lying: {
    what: '证件照转正以后太窄',
    code: 'photo-too-narrow',
    draw: () => turned(minWidth - 1, minHeight, enough),
  },
  vast: { what: '证件照像素太多', code: 'photo-too-many-pixels', draw: () => claimingToBe(8000, 5001) },
  broken: {
    what: '证件照文件不完整',
    code: 'picture-unreadable',
    draw: async () => truncated(await noisyJpeg(600, 800)),
  },
  headless: {
    what: '证件照只有文件头',
    code: 'picture-unreadable',
    draw: async () => padded(Buffer.from([0xff, 0xd8, 0xff, 0xe0])),
  },
  empty: { what: '没有选择文件', code: 'picture-none', draw: async () => Buffer.alloc(0) },
  enormous: {
    what: '文件超过接收上限',
    code: 'picture-too-large',
    draw: () => jpegOfBytes(minWidth, minHeight, 13 * 1024 * 1024),
  },
  interrupted: {
    what: '图片没有传完',
    code: 'picture-interrupted',
    draw: () => jpegOfBytes(minWidth, minHeight, enough),
    breaksOff: true,
  },
} as const satisfies Readonly<Record<string, Refused>>

/** Every slot of a proof is offered the first three, one slot the others too. */
export const badProofs = {
  'proof-light': {
    what: '不超过 20KB',
    code: 'proof-too-small-bytes',
    draw: () => jpegOfBytes(600, 800, proofLimits.moreThanBytes),
  },
  'proof-heavy': {
    what: '超过 500KB 一个字节',
    code: 'proof-too-large-bytes',
    draw: () => jpegOfBytes(600, 800, proofLimits.maxBytes + 1),
  },
  'proof-gif': { what: '是 gif', code: 'proof-format', draw: animated },
  'proof-pdf': { what: '是 PDF', code: 'proof-format', draw: async () => padded('%PDF-1.7\n') },
  'proof-heic': { what: '是手机的 heic', code: 'picture-heic', draw: async () => padded(heic) },
  'proof-webp': { what: '是 webp', code: 'proof-format', draw: async () => padded('RIFF0000WEBPVP8 ') },
  'proof-bomb': {
    what: '像素太多（解压炸弹）',
    code: 'proof-too-many-pixels',
    draw: async () => hugePng(20_000, 20_000),
  },
  'proof-broken': {
    what: '文件不完整',
    code: 'picture-unreadable',
    draw: async () => truncated(await noisyJpeg(600, 800)),
  },
} as const satisfies Readonly<Record<string, Refused>>
export const everySlotIsOffered = ['proof-light', 'proof-heavy', 'proof-gif'] as const

async function animated(): Promise<Buffer> {
  const frame = await flat(295, 413).gif().toBuffer()
  return padded(frame, enough)
}

const all: Readonly<Record<string, Drawn>> = {
  ...soundPortraits,
  ...soundProofs,
  ...badPortraits,
  ...badProofs,
}

export function drawnAs(name: string): Drawn {
  const found = Object.hasOwn(all, name) ? all[name] : undefined
  if (!found) throw new Error(`no such picture: ${name}`)
  return found
}
