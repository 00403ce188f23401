import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

/** A flat picture; GPS and a camera name go into the EXIF where asked. */
const flat = (width: number, height: number): Sharp =>
  sharp({ create: { width, height, channels: 3, background: { r: 180, g: 200, b: 220 } } })

/** A valid JPEG of exactly `bytes` bytes, padded by comment segments that any decoder skips. */
export async function jpegOfBytes(width: number, height: number, bytes: number): Promise<Buffer> {
  return padJpeg(await flat(width, height).jpeg({ quality: 80 }).toBuffer(), bytes)
}

/** A valid PNG of exactly `bytes` bytes, padded by one ancillary chunk. At least 12 bytes over its bare size. */
export async function pngOfBytes(width: number, height: number, bytes: number): Promise<Buffer> {
  const bare = await flat(width, height).png().toBuffer()
  const room = bytes - bare.length
  if (room === 0) return bare
  if (room < 12) throw new RangeError(`this PNG has ${bare.length} bytes, too many to pad to ${bytes}`)
  const end = bare.length - 12
  return Buffer.concat([bare.subarray(0, end), pngChunk('paDd', Buffer.alloc(room - 12)), bare.subarray(end)])
}

/** A JPEG stored lying on its side (EXIF orientation 6) that a person sees as `width` × `height`; of `bytes` bytes if said. */
export async function turned(width: number, height: number, bytes?: number): Promise<Buffer> {
  const bare = await flat(height, width).jpeg().withMetadata({ orientation: 6 }).toBuffer()
  return bytes === undefined ? bare : padJpeg(bare, bytes)
}

/** The same with a position, a camera and a copyright line in its EXIF. */
export const withPlace = (width: number, height: number): Promise<Buffer> =>
  flat(width, height)
    .jpeg()
    .withExif({
      IFD0: { Make: 'SecretCamera', Copyright: 'SecretOwner' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 26/1', GPSLongitudeRef: 'E' },
    })
    .toBuffer()

/** Noise does not compress, so that a cut falls into the picture data and not into padding. */
export const noisyJpeg = (width: number, height: number): Promise<Buffer> =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .jpeg({ quality: 90 })
    .toBuffer()

/** The first part of a picture, as after a broken transfer. */
export const truncated = (picture: Buffer, share = 0.6): Buffer =>
  picture.subarray(0, Math.floor(picture.length * share))

/** A true one-bit PNG of any size in a few dozen kilobytes. */
export function hugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function padJpeg(bare: Buffer, bytes: number): Buffer {
  let room = bytes - bare.length
  if (room < 0) throw new RangeError(`this JPEG has ${bare.length} bytes, more than ${bytes}`)
  const padding: Buffer[] = []
  while (room >= 4) {
    const take = Math.min(room, 65_537)
    const segment = Buffer.alloc(take)
    segment.writeUInt16BE(0xfffe, 0)
    segment.writeUInt16BE(take - 2, 2)
    padding.push(segment)
    room -= take
  }
  // Any number of 0xFF may stand before a marker (ISO 10918-1 B.1.1.2).
  padding.push(Buffer.alloc(room, 0xff))
  return Buffer.concat([bare.subarray(0, 2), ...padding, bare.subarray(2)])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return chunk
}
