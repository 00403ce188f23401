import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

export type Encoding = 'utf-8' | 'gb18030'

/** What a spreadsheet writes as Unicode 文本: tabs between the cells and two bytes a sign, told by the mark at its beginning. */
const wideMarks = ['fffe', 'feff']

const pieceBytes = 256 * 1024

const canRead = (encoding: Encoding, bytes: Uint8Array) => {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

const beginningOf = async (file: string): Promise<Uint8Array> => {
  const handle = await open(file)
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(pieceBytes), 0, pieceBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/**
 * Of bytes, or of the file at a path. Spreadsheets in China save CSV as GB 18030 unless told otherwise: told by its beginning,
 * and UTF-8 where that says nothing.
 */
export async function encodingOf(source: Buffer | string): Promise<Encoding> {
  const beginning = typeof source === 'string' ? await beginningOf(source) : source.subarray(0, pieceBytes)
  return !canRead('utf-8', beginning) && canRead('gb18030', beginning) ? 'gb18030' : 'utf-8'
}

/** Whether it begins with the mark of UTF-16, in either order of bytes. */
export async function isUtf16(source: Buffer | string): Promise<boolean> {
  const beginning = typeof source === 'string' ? await beginningOf(source) : source
  return wideMarks.includes(Buffer.from(beginning.subarray(0, 2)).toString('hex'))
}

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

/** Bytes, or the file at a path, as text, piece by piece; what cannot be decoded becomes U+FFFD. */
export async function* textOf(source: Buffer | string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  const pieces =
    typeof source === 'string' ? createReadStream(source, { highWaterMark: pieceBytes }) : piecesOf(source)
  for await (const bytes of pieces) yield decoder.decode(bytes, { stream: true })
  yield decoder.decode()
}
