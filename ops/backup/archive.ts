/**
 * One file that holds all of an installation: a tar of `manifest.json`, the database in pieces, the stored files as they are, with
 * the SHA-256 of everything in between, and at the very end `end.json`, signed by the keyring. Without its end it is no backup.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, link, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Extract, extract, type Pack, pack } from 'tar-stream'
import { z } from 'zod'
import type { Keyring } from '#db/crypto.ts'

/** Ids of keys and names of files alone: the list of a million takes no more memory than this. */
const namesPerSum = 1000
/** No picture or export is near as large; what says that it is, is none of ours. */
const largestEntry = 512 * 1024 * 1024
const purpose = 'backup'

const sumName = (number: number) => `sums/${String(number).padStart(8, '0')}`
const endName = 'end.json'

const ending = z.strictObject({
  /** How many entries stand before it. */
  entries: z.int(),
  /** Files of the snapshot that were taken away, row and file, before they could be copied: by their keys. */
  gone: z.array(z.string()),
  /** Files that were missing where they should have been. */
  missing: z.array(z.string()),
  /** Over the lists of sums, and by whom. */
  sums: z.string(),
  signature: z.string(),
})
export type Ending = Omit<z.output<typeof ending>, 'signature'>

const signedText = ({ entries, gone, missing, sums }: Ending) =>
  JSON.stringify([entries, gone, missing, sums])

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
const hasCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code

export type Add = (name: string, bytes: Uint8Array) => Promise<void>

const entryOf = (tar: Pack, name: string, bytes: Uint8Array) =>
  new Promise<void>((resolve, reject) => {
    tar.entry(
      { name, mode: 0o600 },
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      (error) => (error ? reject(error) : resolve()),
    )
  })

/** What is being written under another name until it is whole. */
export const partOf = (file: string) => `${file}.part`

async function newPart(file: string): Promise<FileHandle> {
  const there = await open(file, 'r').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  })
  if (there) {
    await there.close()
    throw new Error(`${file} is there already, and is not replaced`)
  }
  return open(partOf(file), 'wx', 0o600).catch((error: unknown) => {
    throw hasCode(error, 'EEXIST')
      ? new Error(
          `${partOf(file)} is there: a backup is being written, or one was cut off and can be removed`,
        )
      : error
  })
}

/** Gives the finished file its name: never over another, and durable. */
async function putInPlace(file: string): Promise<void> {
  await link(partOf(file), file).catch((error: unknown) => {
    throw hasCode(error, 'EEXIST') ? new Error(`${file} is there already, and is not replaced`) : error
  })
  await rm(partOf(file))
  const folder = await open(path.dirname(path.resolve(file)), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/**
 * Writes a new archive of what `fill` adds, in its order; `fill` gives what the end is to tell. Nothing is left under `file` unless
 * it is whole and on the disk. Throws where `file` is there already.
 */
export async function writeArchive(
  file: string,
  keys: Pick<Keyring, 'sign'>,
  fill: (add: Add) => Promise<Pick<Ending, 'gone' | 'missing'>>,
): Promise<{ bytes: number; entries: number }> {
  const part = await newPart(file)
  try {
    const entries = await streamed(part, (tar) => filled(tar, keys, fill))
    await part.sync()
    const { size } = await part.stat()
    await part.close()
    await putInPlace(file)
    return { bytes: size, entries }
  } catch (error) {
    await part.close().catch(() => undefined)
    await rm(partOf(file), { force: true })
    throw error
  }
}

function bytesIn(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk
  throw new TypeError('a tar of something else than bytes')
}

/** Writes what `work` adds; where either of them fails, both end. */
async function streamed<T>(part: FileHandle, work: (tar: Pack) => Promise<T>): Promise<T> {
  const tar = pack()
  const flow = async () => {
    for await (const chunk of tar) await part.writeFile(bytesIn(chunk))
  }
  const working = work(tar).catch((error: Error) => {
    tar.destroy(error)
    throw error
  })
  const [written, worked] = await Promise.allSettled([flow(), working])
  // A full disk is what is wrong, and not that the tar was ended because of it.
  if (written.status === 'rejected') throw written.reason
  if (worked.status === 'rejected') throw worked.reason
  return worked.value
}

async function filled(
  tar: Pack,
  keys: Pick<Keyring, 'sign'>,
  fill: (add: Add) => Promise<Pick<Ending, 'gone' | 'missing'>>,
): Promise<number> {
  const over = createHash('sha256')
  let lines: string[] = []
  let [entries, lists] = [0, 0]
  const close = async () => {
    if (lines.length === 0) return
    const list = Buffer.from(lines.join(''))
    lines = []
    over.update(list)
    await entryOf(tar, sumName(lists), list)
    lists += 1
  }
  const told = await fill(async (name, bytes) => {
    await entryOf(tar, name, bytes)
    lines.push(`${sha256(bytes)}  ${name}\n`)
    entries += 1
    if (lines.length === namesPerSum) await close()
  })
  await close()
  const end: Ending = { entries, ...told, sums: over.digest('hex') }
  const signature = keys.sign(purpose, signedText(end))
  await entryOf(tar, endName, Buffer.from(JSON.stringify({ ...end, signature })))
  tar.finalize()
  return entries
}

const damaged = (file: string, what: string) => new Error(`${file} is damaged: ${what}`)

type Entry = Extract extends AsyncIterable<infer E> ? E : never

async function bytesOf(file: string, entry: Entry): Promise<Buffer> {
  const { name, size = 0 } = entry.header
  if (size > largestEntry) throw damaged(file, `${name} is too large`)
  const chunks: Uint8Array[] = []
  for await (const chunk of entry) chunks.push(bytesIn(chunk))
  return Buffer.concat(chunks)
}

/**
 * Reads an archive from its beginning to its end, gives each entry to `visit` and checks all of them; a thousand of them may be
 * given before it is seen that one of them is wrong. Throws a sentence where anything is missing, changed or not signed by `keys`.
 */
export async function readArchive(
  file: string,
  keys: Pick<Keyring, 'verify'>,
  visit: (name: string, bytes: Buffer) => Promise<void>,
): Promise<Ending> {
  const source = createReadStream(file)
  const tar = extract()
  const reading = pipeline(source, tar)
  reading.catch(() => undefined)
  let end: z.output<typeof ending> | null = null
  const over = createHash('sha256')
  let lines: string[] = []
  let [entries, lists] = [0, 0]
  try {
    for await (const entry of tar) {
      const { name } = entry.header
      const bytes = await bytesOf(file, entry)
      if (end) throw damaged(file, 'something stands behind its end')
      if (name === endName) {
        end = read(ending, bytes) ?? null
        if (!end) throw damaged(file, 'its end cannot be read')
      } else if (name === sumName(lists)) {
        const list = bytes.toString()
        if (list !== lines.join('')) throw damaged(file, different(list, lines))
        over.update(bytes)
        lines = []
        lists += 1
      } else {
        if (lines.length === namesPerSum) throw damaged(file, `${sumName(lists)} is not where it should be`)
        lines.push(`${sha256(bytes)}  ${name}\n`)
        entries += 1
        await visit(name, bytes)
      }
    }
    await reading
  } catch (error) {
    source.destroy()
    if (error instanceof Error && /^(Unexpected end of data|Invalid tar header)/.test(error.message))
      throw entries === 0 ? notOne(file) : cutOff(file)
    throw error
  }
  if (!end) throw entries === 0 ? notOne(file) : cutOff(file)
  const { signature, ...told } = end
  if (lines.length > 0 || told.entries !== entries || told.sums !== over.digest('hex'))
    throw damaged(file, 'its end does not belong to what stands before it')
  if (!keys.verify(purpose, signedText(told), signature))
    throw new Error(`${file} was not written under these APP_KEYS, or was changed afterwards`)
  return told
}

export const notOne = (file: string) => new Error(`${file} is no backup of this system`)
const cutOff = (file: string) =>
  new Error(`${file} is cut off: it ends before its end and cannot be restored`)

/** The first entry that is not what the list says. */
function different(list: string, lines: readonly string[]): string {
  const wanted = list.split('\n')
  const at = lines.findIndex((line, index) => line.trimEnd() !== wanted[index])
  const name = lines[at]?.trimEnd().slice(66)
  return name === undefined ? 'something is missing from it' : `${name} is not what was written`
}

/** What a JSON entry holds; undefined where it is something else. */
export function read<T>(shape: z.ZodType<T>, bytes: Uint8Array): T | undefined {
  try {
    return shape.safeParse(JSON.parse(Buffer.from(bytes).toString())).data
  } catch {
    return undefined
  }
}
