import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

export type Encoding = 'utf-8' | 'gb18030'

const pieceBytes = 256 * 1024

const canRead = (encoding: Encoding, bytes: Uint8Array) => {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Spreadsheets in China save CSV as GB 18030 unless told otherwise: told by its beginning, and UTF-8 where that says nothing. */
export async function encodingOf(file: string): Promise<Encoding> {
  const handle = await open(file)
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(pieceBytes), 0, pieceBytes, 0)
    const beginning = buffer.subarray(0, bytesRead)
    return !canRead('utf-8', beginning) && canRead('gb18030', beginning) ? 'gb18030' : 'utf-8'
  } finally {
    await handle.close()
  }
}

/** The file as text, piece by piece; what cannot be decoded becomes U+FFFD. */
export async function* textOf(file: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const bytes of createReadStream(file, { highWaterMark: pieceBytes }))
    yield decoder.decode(bytes, { stream: true })
  yield decoder.decode()
}
