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

interface KeptPage {
  readonly until: number
  readonly headers: ReadonlyMap<string, string | number | readonly string[]>
  readonly bytes: Buffer
  /** Where its nonce stands, and how long one is. */
  readonly nonces: readonly number[]
  readonly length: number
}

type Origins = DoorSettings['origins']

/** What a stranger's plain look at one of these pages asks for; null for any other request. */
function lookOf({ method, headers }: IncomingMessage, path: string, query: string, origins: Origins) {
  const { cookie, range, rsc, authorization } = headers
  const isPlain =
    cookie === undefined && range === undefined && rsc === undefined && authorization === undefined
  return method === 'GET' && query === '' && isPlain && sameForAll.has(path)
    ? `${originOf(headers, origins)}${path}`
    : null
}

function placesOf(bytes: Buffer, nonce: string): readonly number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(nonce); at >= 0; at = bytes.indexOf(nonce, at + nonce.length)) places.push(at)
  return places
}

/** Gives what was answered once it is whole; only a page that is well and sets no cookie is. */
function recorded(res: ServerResponse, nonce: string, done: (page: Omit<KeptPage, 'until'>) => void): void {
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
      value === undefined || ownOfAnswer.has(name) ? [] : [[name, value] as const],
    )
    done({ headers: new Map(said), bytes, nonces, length: nonce.length })
  })
}

export interface Strangers {
  /** What is kept for this request; null where it is to be answered by the application. */
  find: (req: IncomingMessage, path: string, query: string) => KeptPage | null
  /** Keeps what the application answers, where it may be given to others. To be told before anything is written. */
  watch: (req: IncomingMessage, res: ServerResponse, path: string, query: string, nonce: string) => void
}

/** Each is kept for so many ms. */
export function strangersPages(origins: Origins, ms: number, now = () => performance.now()): Strangers {
  const kept = new Map<string, KeptPage>()
  return {
    find(req, path, query) {
      const look = lookOf(req, path, query, origins)
      const page = look === null ? undefined : kept.get(look)
      return page && page.until > now() ? page : null
    },
    watch(req, res, path, query, nonce) {
      const look = lookOf(req, path, query, origins)
      if (look === null) return
      const until = now() + ms
      recorded(res, nonce, (page) => kept.set(look, { ...page, until }))
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
