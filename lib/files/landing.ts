import { randomBytes } from 'node:crypto'
import { createWriteStream, type WriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { release } from '#lib/domain/release.ts'
import { once } from '../once.ts'
import { makeFolder } from './make-folder.ts'

/** A form announced as larger than this goes through a temp file. A proof may have 500 KB. */
export const mostInMemory = 1024 * 1024
/** Of all forms of this process that are on their way or being looked at; what comes on top goes through a temp file. */
export const mostTogether = 32 * 1024 * 1024

/** Where the bytes of an upload come to lie. */
export interface Landing {
  /** For the bytes of the file; called once for every file of the form, of which only one is let through. */
  open(): Writable
  /** What went wrong while it was written. */
  fault(): Error | null
  /** The bytes, or the path of a temp file of mode 0600; null where no file was begun. */
  content(): Buffer | string | null
  /** Forgets it: the content is empty, or gone. May be called twice. */
  drop(): Promise<void>
}

/** In memory where the form is small and there is room; `announced` is its content-length, undefined where it has none. */
export async function landing(dir: string, announced: number | undefined): Promise<Landing> {
  return (announced !== undefined && inMemory(announced)) || inFolder(dir)
}

/** Written into one piece, however small the pieces are in which it comes: many of a few bytes would hold many times as much. */
function inMemory(announced: number): Landing | null {
  const all = once('uploads-in-memory', () => ({ bytes: 0 }))
  if (announced > mostInMemory || all.bytes + announced > mostTogether) return null
  all.bytes += announced
  let whole: Buffer | null = null
  let stream: Writable | null = null
  let filled = 0
  let held = announced
  const open = () => {
    const bytes = Buffer.allocUnsafeSlow(announced)
    whole = bytes
    stream = new Writable({
      write(piece: Buffer, _encoding, done) {
        if (filled + piece.length > bytes.length) return done(new RangeError('longer than announced'))
        bytes.set(piece, filled)
        filled += piece.length
        done()
      },
    })
    return stream
  }
  return {
    open,
    fault: () => stream?.errored ?? null,
    content: () => whole?.subarray(0, filled) ?? null,
    async drop() {
      all.bytes -= held
      held = 0
      if (whole) release(whole)
      whole = null
    },
  }
}

async function inFolder(dir: string): Promise<Landing> {
  await makeFolder(dir)
  const made = new Map<string, WriteStream>()
  return {
    open() {
      const path = join(dir, `${randomBytes(16).toString('hex')}.part`)
      const stream = createWriteStream(path, { flags: 'wx', mode: 0o600 })
      made.set(path, stream)
      return stream
    },
    fault: () => [...made.values()].find(({ errored }) => errored)?.errored ?? null,
    content: () => [...made.keys()][0] ?? null,
    async drop() {
      await Promise.all([...made].map(([path, stream]) => discard(path, stream)))
    },
  }
}

/** Waits for the close first: a file whose opening is still under way would appear after its removal. */
async function discard(path: string, stream: WriteStream): Promise<void> {
  if (!stream.closed) {
    await new Promise<void>((done) => {
      stream.once('close', () => done())
      stream.destroy()
    })
  }
  await rm(path, { force: true })
}
