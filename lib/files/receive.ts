import { readdir, rm, stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import formidable, { errors, multipart } from 'formidable'
import { landing } from './landing.ts'

const MAX_FIELDS = 20
const MAX_FIELD_BYTES = 64 * 1024
/** What a form may weigh beside its file: the text fields, boundaries and part headers. */
const OVERHEAD_BYTES = MAX_FIELD_BYTES + 16 * 1024
const MAX_NAME_LENGTH = 200

export interface ReceivedFile {
  readonly ok: true
  /** The bytes, or the path of a temp file in `dir`, mode 0600, where the form is a large one (`landing.ts`). */
  readonly content: Buffer | string
  /** As the browser named it, without folders or control characters; may be empty. Never a path to open. */
  readonly originalName: string
  readonly bytes: number
  readonly fields: Record<string, string>
  /** Removes the temp file and gives the memory free; call it in `finally`. May be called twice. */
  drop(): Promise<void>
}

/**
 * `too-big`: over `maxBytes`. `none`: no file. `empty`: one of no bytes. `length`: the body broke off, or is not what
 * content-length announced. `bad`: not the form we serve (two files, too many fields, not multipart).
 * `fields` holds what had been read by then (nothing when refused by content-length alone);
 * `announced` is the content-length: the whole form, a few hundred bytes more than the file.
 */
export interface NotReceived {
  readonly ok: false
  readonly code: 'too-big' | 'none' | 'empty' | 'bad' | 'length'
  readonly fields: Record<string, string>
  readonly announced?: number
}

export type Received = ReceivedFile | NotReceived

/**
 * Takes the one file named `file` out of a multipart form: a small one into memory, a large one to a temp file. A body
 * announced over the cap is refused before it is read. Whatever is refused leaves nothing behind. Throws only on faults
 * (disk full, no folder).
 */
export async function receive(
  request: Request,
  { maxBytes, dir }: { maxBytes: number; dir: string },
): Promise<Received> {
  const fields = new Map<string, string>()
  const header = request.headers.get('content-length')
  const announced = header === null ? undefined : Number(header)
  const refuse = (code: NotReceived['code']): NotReceived => ({
    ok: false,
    code,
    fields: Object.fromEntries(fields),
    ...(announced !== undefined && Number.isSafeInteger(announced) && { announced }),
  })
  if (header !== null && !/^\d{1,15}$/.test(header)) return refuse('length')
  if (announced !== undefined && announced > maxBytes + OVERHEAD_BYTES) return refuse('too-big')
  if (!request.body || announced === 0) return refuse('none')

  const place = await landing(dir, announced)
  const form = formidable({
    enabledPlugins: [multipart],
    maxFiles: 1,
    maxFileSize: maxBytes,
    // formidable watches only this one while bytes arrive; maxFileSize is looked at when the part ends.
    maxTotalFileSize: maxBytes,
    maxFields: MAX_FIELDS,
    maxFieldsSize: MAX_FIELD_BYTES,
    allowEmptyFiles: true,
    minFileSize: 0,
    fileWriteStreamHandler: () => place.open(),
  })
  form.on('field', (name, value) => {
    if (typeof name === 'string' && !fields.has(name)) fields.set(name, value)
  })
  const body = bodyOf(request.body, request.headers)
  let arrived = 0
  form.on('progress', (bytes) => {
    arrived = bytes
    // Part headers are not counted by formidable; without content-length nothing else would bound them.
    if (bytes > maxBytes + OVERHEAD_BYTES) body.destroy(new TooBig())
    else if (announced !== undefined && bytes > announced) body.destroy(new Error('longer than announced'))
  })

  try {
    // The stream carries all that formidable reads of an IncomingMessage: `headers` and the data itself.
    const [, files] = await form.parse<string, string>(body as unknown as IncomingMessage)
    // formidable may be done with a file before it hears that it could not be written, or that more came than was to come.
    const fault = body.errored ?? place.fault()
    if (fault) throw fault
    const file = files.file?.[0]
    const content = place.content()
    if (content === null || !file || file.size === 0) {
      await place.drop()
      // A form in which nothing was chosen sends a file without a name.
      return refuse(file?.originalFilename ? 'empty' : 'none')
    }
    return {
      ok: true,
      content,
      originalName: plainName(file.originalFilename),
      bytes: file.size,
      fields: Object.fromEntries(fields),
      drop: () => place.drop(),
    }
  } catch (error) {
    const broken = body.errored
    body.destroy()
    await place.drop()
    if (broken) return refuse(isTooBig(broken) ? 'too-big' : 'length')
    const code = codeOf(error, announced !== undefined && arrived < announced)
    if (!code) throw error
    return refuse(code)
  }
}

/** Removes temp files a crash left behind. Gives how many. A missing folder counts as empty. */
export async function sweepTemp(dir: string, olderThanMs: number, now: Date): Promise<number> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  let swept = 0
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(dir, entry.name)
    // Gone meanwhile means its upload has just finished.
    const info = await stat(path).catch(() => null)
    if (!info || now.getTime() - info.mtimeMs < olderThanMs) continue
    await rm(path, { force: true })
    swept += 1
  }
  return swept
}

class TooBig extends Error {
  readonly code = 'too-big'
}

const isTooBig = (error: Error) => 'code' in error && error.code === 'too-big'

function bodyOf(body: ReadableStream, headers: Headers) {
  // Less work than `Readable.fromWeb`; in bytes, so that a slow disk is not read ahead of by more than a piece.
  const stream = Readable.from(body as NodeReadableStream, { objectMode: false })
  const plain: Record<string, string> = Object.fromEntries(headers)
  // formidable takes a body that names neither its length nor an encoding for an empty one.
  if (!plain['content-length']) plain['transfer-encoding'] ??= 'chunked'
  return Object.assign(stream, { headers: plain })
}

/** formidable numbers its refusals; anything with another kind of code (ENOSPC) is a fault. */
function codeOf(error: unknown, cutShort: boolean): NotReceived['code'] | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === errors.biggerThanTotalMaxFileSize || code === errors.biggerThanMaxFileSize) return 'too-big'
  if (code === errors.malformedMultipart && cutShort) return 'length'
  return typeof code === 'number' ? 'bad' : null
}

const plainName = (name: string | null): string =>
  Array.from((name ?? '').replace(/^.*[/\\]/s, '').replace(/[\p{Cc}\p{Cf}]/gu, ''))
    .slice(0, MAX_NAME_LENGTH)
    .join('')
