/**
 * Pages that are the same for everybody who brings no cookie: a crowd begins with them, so each is drawn once in a few seconds.
 * Every answer has a nonce and a request id of its own.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import { originOf } from './request-headers.ts'
import type { DoorSettings } from './settings.ts'

const sameForAll: ReadonlySet<string> = new Set(['/'])
/** Of one answer alone. */
const ownOfAnswer = new Set([
  'connection',
  'content-length',
  'content-security-policy',
  'date',
  'keep-alive',
  'transfer-encoding',
  'x-request-id',
])

/** Whoever brings one of these may be answered with something else. */
const notPlain = ['cookie', 'authorization', 'range', 'rsc', 'next-action', 'x-nextjs-data']

interface KeptPage {
  readonly headers: ReadonlyMap<string, string | number | readonly string[]>
  readonly bytes: Buffer
  /** Where its nonce stands, and how long one is. */
  readonly nonces: readonly number[]
  readonly length: number
}

type Origins = DoorSettings['origins']

/** An old page is given while another is drawn, which may take a while where much is asked for; beyond this it is not. */
const atMost = 60_000
/** One request draws it anew; the next after so many ms, where nothing came of that. */
const again = 1_000

/** What a stranger's plain look at one of these pages asks for; null for any other request. */
function lookOf({ method, headers }: IncomingMessage, path: string, query: string, origins: Origins) {
  const isPlain = notPlain.every((name) => headers[name] === undefined)
  if (method !== 'GET' || query !== '' || !isPlain || !sameForAll.has(path)) return null
  // Who names no browser is drawn in another order.
  return `${headers['user-agent'] === undefined ? 'unnamed ' : ''}${originOf(headers, origins)}${path}`
}

function placesOf(bytes: Buffer, nonce: string): readonly number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(nonce); at >= 0; at = bytes.indexOf(nonce, at + nonce.length)) places.push(at)
  return places
}

/** Gives what was answered once it is whole; only a page that is well and sets no cookie is. */
function recorded(res: ServerResponse, nonce: string, done: (page: KeptPage) => void): void {
  const chunks: Buffer[] = []
  const note = (chunk: unknown, coding: unknown) => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, coding === 'latin1' ? coding : 'utf8'))
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
  }
  const { write, end } = res
  Object.assign(res, {
    write(...args: unknown[]) {
      note(args[0], args[1])
      return Reflect.apply(write, res, args)
    },
    end(...args: unknown[]) {
      note(args[0], args[1])
      return Reflect.apply(end, res, args)
    },
  })
  res.once('finish', () => {
    const bytes = Buffer.concat(chunks)
    const nonces = placesOf(bytes, nonce)
    const isPage = String(res.getHeader('content-type') ?? '').startsWith('text/html')
    if (res.statusCode !== 200 || !isPage || res.hasHeader('set-cookie') || nonces.length === 0) return
    const said = Object.entries(res.getHeaders()).flatMap(([name, value]) =>
      value === undefined || ownOfAnswer.has(name) || String(value).includes(nonce)
        ? []
        : [[name, value] as const],
    )
    done({ headers: new Map(said), bytes, nonces, length: nonce.length })
  })
}

export interface Strangers {
  /** What is kept for this request; null where it is to be answered by the application, be it to have the page drawn anew. */
  find: (req: IncomingMessage, path: string, query: string) => KeptPage | null
  /** Keeps what the application answers, where it may be given to others. To be told before anything is written. */
  watch: (req: IncomingMessage, res: ServerResponse, path: string, query: string, nonce: string) => void
}

/** Each is kept for so many ms. */
export function strangersPages(origins: Origins, ms: number, now = () => performance.now()): Strangers {
  const kept = new Map<string, { readonly page: KeptPage; readonly drawn: number; drawAt: number }>()
  return {
    find(req, path, query) {
      const look = lookOf(req, path, query, origins)
      const found = look === null ? undefined : kept.get(look)
      if (!found || now() > found.drawn + ms + atMost) return null
      if (now() < found.drawAt) return found.page
      found.drawAt = now() + again
      return null
    },
    watch(req, res, path, query, nonce) {
      const look = ms > 0 ? lookOf(req, path, query, origins) : null
      if (look === null) return
      const drawn = now()
      recorded(res, nonce, (page) => {
        if (drawn >= (kept.get(look)?.drawn ?? drawn)) kept.set(look, { page, drawn, drawAt: drawn + ms })
      })
    },
  }
}

/** Answers with a kept page and this answer's nonce; what else is said of the answer is set already. */
export function sendKept(
  res: ServerResponse,
  { headers, bytes, nonces, length }: KeptPage,
  nonce: string,
): void {
  const body = Buffer.from(bytes)
  if (nonce.length !== length) throw new Error('a nonce of another length')
  for (const at of nonces) body.write(nonce, at, 'latin1')
  for (const [name, value] of headers) res.setHeader(name, value as string)
  res.setHeader('content-length', body.length)
  res.writeHead(200).end(body)
}
