/**
 * Whom the door lets in, decided from the request line and headers alone: nothing of a body has been
 * read when a request is refused. Pure; the counters are kept by the door.
 */
import { originOf } from './origin.ts'

/** Provider callbacks that carry a signature instead of our Origin (SEC-4). A closed list, for POST alone. */
const signedCallbacks: ReadonlySet<string> = new Set(['/identity/alipay/callback', '/exams/payment/notice'])

export const formLimit = 512 * 1024
export const uploadLimit = 13 * 1024 * 1024

/** Pages and files are counted apart, so that slow uploads cannot shut out pages; `free` is never refused for load. */
export type Lane = 'page' | 'file' | 'free'
export type Load = Record<Lane, number>

export interface Ask {
  method: string
  path: string
  /** What follows the `?`, as it was sent. */
  query: string
  origin: string | undefined
  contentLength: string | undefined
}

export type Admission = { lane: Lane } | { refused: 400 | 403 | 405 | 411 | 413 | 503 }

const reading = new Set(['GET', 'HEAD'])
const probes = new Set(['/healthz', '/readyz', '/metrics'])

/** Probes are read by machines: they keep their own answers and are not counted. */
export const isProbe = (path: string): boolean => probes.has(path)
export const isAsset = (path: string): boolean => path.startsWith('/_next/')

export function laneOf(path: string): Lane {
  if (path.startsWith('/files/')) return 'file'
  return isProbe(path) || isAsset(path) ? 'free' : 'page'
}

/** Absent, opaque ("null") and foreign origins are all refused (SEC-4). `own` holds bare origins. */
export function sameOrigin(origin: string | undefined, own: readonly string[]): boolean {
  const named = originOf(origin)
  return named !== null && named === origin && own.includes(named)
}

/**
 * Escaped control characters, but tab and line ends, which people paste: no address of ours holds one, and a NUL is
 * what PostgreSQL cannot even look up.
 */
const control = /%(?:0[0-8bcef]|1[0-9a-f]|7f)/i

/** How much of a lane one network may fill. */
export const shareOf = (limit: number): number => Math.ceil(limit / 4)

/** 403 before 405 before size: a stranger learns nothing but that it is one. `here` is what the sender's network holds. */
export function admission(
  ask: Ask,
  own: readonly string[],
  load: Load,
  limits: Load,
  here: Load = { page: 0, file: 0, free: 0 },
): Admission {
  if (!ask.path.startsWith('/') || control.test(ask.path) || control.test(ask.query)) return { refused: 400 }
  const lane = laneOf(ask.path)
  if (!reading.has(ask.method)) {
    const signed = ask.method === 'POST' && signedCallbacks.has(ask.path)
    if (!signed && !sameOrigin(ask.origin, own)) return { refused: 403 }
    if (ask.method !== 'POST') return { refused: 405 }
    if (ask.contentLength === undefined) return { refused: 411 }
    if (Number(ask.contentLength) > (lane === 'file' ? uploadLimit : formLimit)) return { refused: 413 }
  }
  const full = load[lane] >= limits[lane] || here[lane] >= shareOf(limits[lane])
  return full ? { refused: 503 } : { lane }
}
