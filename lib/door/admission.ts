/**
 * Whom the door lets in, decided from the request line and headers alone: nothing of a body has been
 * read when a request is refused. Pure; the counters are kept by the door.
 */
import { originOf } from './origin.ts'

/** Provider callbacks that carry a signature instead of our Origin (SEC-4). A closed list, for POST alone. */
const signedCallbacks: ReadonlySet<string> = new Set(['/identity/alipay/callback', '/exams/payment/notice'])

export const formLimit = 512 * 1024
export const uploadLimit = 13 * 1024 * 1024

/**
 * Counted apart, so that slow uploads cannot shut out pages, nor a flood of sign-ins those who are in: `entry` is a form of
 * somebody without a session. `free` is never refused for load.
 */
export type Lane = 'page' | 'entry' | 'file' | 'free'
export type Load = Record<Lane, number>

export const noLoad = (): Load => ({ page: 0, entry: 0, file: 0, free: 0 })

export interface Ask {
  method: string
  path: string
  /** What follows the `?`, as it was sent. */
  query: string
  origin: string | undefined
  contentLength: string | undefined
  /** Brings a session's cookie; whether it opens anything is not known here. */
  hasSession: boolean
}

export type Admission = { lane: Lane } | { refused: 400 | 403 | 405 | 411 | 413 | 503 }

const reading = new Set(['GET', 'HEAD'])
const probes = new Set(['/healthz', '/readyz', '/metrics'])

/** Probes are read by machines: they keep their own answers and are not counted. */
export const isProbe = (path: string): boolean => probes.has(path)
/** What lies there as a file; for whatever else begins with /_next/ a page is made that says it is not there. */
export const isAsset = (path: string): boolean => path.startsWith('/_next/static/')

export function laneOf(path: string): Exclude<Lane, 'entry'> {
  if (path.startsWith('/files/')) return 'file'
  return isProbe(path) || isAsset(path) ? 'free' : 'page'
}

/** How many of each at once: of `pages` at most half are forms of people without a session. */
export const limitsOf = ({ pages, files }: { pages: number; files: number }): Load => ({
  page: pages,
  entry: Math.ceil(pages / 2),
  file: files,
  free: Number.POSITIVE_INFINITY,
})

/** Forms of people without a session take places of pages as well. */
const isFull = (lane: Lane, load: Load, limits: Load): boolean => {
  if (lane === 'file' || lane === 'free') return load[lane] >= limits[lane]
  const full = load.page + load.entry >= limits.page
  return full || (lane === 'entry' && load.entry >= limits.entry)
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
/** `.` and `..`, which browsers take out: Next would go by what is left, to another page than the one that was let in. */
const steps = /\/(?:\.|%2e){1,2}(?:\/|$)/i

/** How much one network may fill: a quarter, and of pages with whatever it likes. */
export const shareOf = ({ page, file, free }: Load): Load => ({
  page: Math.ceil(page / 4),
  entry: Math.ceil(page / 4),
  file: Math.ceil(file / 4),
  free,
})

/** 403 before 405 before size: a stranger learns nothing but that it is one. `here` is what the sender's network holds. */
export function admission(
  ask: Ask,
  own: readonly string[],
  load: Load,
  limits: Load,
  here: Load = noLoad(),
): Admission {
  const isOdd = !ask.path.startsWith('/') || control.test(ask.path) || steps.test(ask.path)
  if (isOdd || control.test(ask.query)) return { refused: 400 }
  const room = laneOf(ask.path)
  const lane = room === 'page' && !reading.has(ask.method) && !ask.hasSession ? 'entry' : room
  if (!reading.has(ask.method)) {
    const signed = ask.method === 'POST' && signedCallbacks.has(ask.path)
    if (!signed && !sameOrigin(ask.origin, own)) return { refused: 403 }
    if (ask.method !== 'POST') return { refused: 405 }
    if (ask.contentLength === undefined) return { refused: 411 }
    if (Number(ask.contentLength) > (lane === 'file' ? uploadLimit : formLimit)) return { refused: 413 }
  }
  const full = isFull(lane, load, limits) || isFull(lane, here, shareOf(limits))
  return full ? { refused: 503 } : { lane }
}
