/** What a file's own bytes say before anything is decoded: all of it for the browser, whether it is HEIC for the server too. */

export interface PictureHead {
  readonly format: 'jpeg' | 'png' | 'heic' | 'other'
  /** As stored, before EXIF orientation; 0 where no header could be read. */
  readonly width: number
  readonly height: number
  /** Whether its end is there. */
  readonly whole: boolean
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']

export function headOf(bytes: Uint8Array): PictureHead {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return jpegHead(bytes)
  if (startsWith(bytes, pngSignature)) return pngHead(bytes)
  return { format: isHeic(bytes) ? 'heic' : 'other', width: 0, height: 0, whole: true }
}

/** ISO 14496-12: a file of this family begins with its brand. */
export const isHeic = (bytes: Uint8Array): boolean =>
  latin(bytes, 4, 4) === 'ftyp' && heicBrands.includes(latin(bytes, 8, 4))

/** ISO 10918-1 B.1: segments of known length up to the scan; a thumbnail lies inside one of them and is passed over. */
function jpegHead(bytes: Uint8Array): PictureHead {
  let width = 0
  let height = 0
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xda) return { format: 'jpeg', width, height, whole: endOfJpeg(bytes, at) }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) {
      height = number(bytes, at + 5, 2)
      width = number(bytes, at + 7, 2)
    }
    at += 2 + number(bytes, at + 2, 2)
  }
  return { format: 'jpeg', width, height, whole: false }
}

/** Inside the data of a scan 0xFF is always stuffed: this pair cannot stand there by chance. */
function endOfJpeg(bytes: Uint8Array, from: number): boolean {
  let at = bytes.indexOf(0xff, from)
  while (at !== -1) {
    if (bytes[at + 1] === 0xd9) return true
    at = bytes.indexOf(0xff, at + 1)
  }
  return false
}

const pngHead = (bytes: Uint8Array): PictureHead => ({
  format: 'png',
  width: number(bytes, 16, 4),
  height: number(bytes, 20, 4),
  whole: latin(bytes, bytes.length - 8, 4) === 'IEND',
})

const startsWith = (bytes: Uint8Array, head: readonly number[]) =>
  head.every((value, index) => bytes[index] === value)
const latin = (bytes: Uint8Array, at: number, length: number) =>
  String.fromCharCode(...bytes.subarray(Math.max(0, at), Math.max(0, at + length)))
const number = (bytes: Uint8Array, at: number, length: number) =>
  bytes.subarray(at, at + length).reduce((sum, value) => sum * 256 + value, 0)
