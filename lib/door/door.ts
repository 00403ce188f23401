/**
 * The door: what every request passes before and after the application, in development and production.
 * Only node:* and four files that import nothing are imported in this room, so that it can stand beside a standalone
 * build.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { faultLine } from '../fault-line.ts'
import { networkOf } from '../network.ts'
import { unavailableWords } from '../text/door.ts'
import { type Admission, admission, isAsset, isProbe, laneOf, limitsOf, noLoad } from './admission.ts'
import { boundConnections } from './connections.ts'
import { createHeld } from './held.ts'
import { lastCalls } from './last-calls.ts'
import { loggedPath } from './logged-path.ts'
import { marksOfRequests } from './marks.ts'
import { mayBeFramed, plainHeaders, policyFor } from './policy.ts'
import { addressOf, isDirect, isLoopback, ownHeaders } from './request-headers.ts'
import { newId, newNonce, refuse, sendPage, sendRaw } from './send-page.ts'
import type { DoorSettings } from './settings.ts'
import { shapeAnswer } from './shape-answer.ts'
import { sendKept, strangersPages } from './strangers.ts'
import { countRefused, countRequest, tally } from './tally.ts'
import { type Deadlines, deadlines, hurry, idleLimit, readInTime, timeLimits } from './time-limits.ts'
import { type Kind, threadTurns } from './turns.ts'

export interface LogLine {
  at: string
  [key: string]: unknown
}

export interface DoorParts {
  settings: DoorSettings
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>
  /** Address → script hashes of pages rendered at build. */
  prerendered: ReadonlyMap<string, readonly string[]>
  log: (line: LogLine) => void
  within?: Partial<Deadlines>
}

export interface Door {
  server: Server
  /** Takes what is already on its way, stops listening, lets what is under way finish, and cuts what is left after `limit` ms. */
  drain: (limit: number) => Promise<void>
}

const unreadable: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

function placeOf(url = ''): { path: string; query: string } {
  const mark = url.indexOf('?')
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) }
}

/** Uploads take their time; pictures shown take the thread as pages do. */
function turnOf(verdict: Admission, method: string): Kind | null {
  if ('refused' in verdict || verdict.lane === 'free') return null
  if (verdict.lane === 'entry') return 'entry'
  if (method !== 'POST') return 'page'
  return verdict.lane === 'file' ? null : 'form'
}

/** The cookie of `sessionCookie` in lib/auth/session.ts; what it opens is asked further in. */
const session = /(?:^|;\s*)sid=/

export function createDoor({ settings, handle, prerendered, log, within }: DoorParts): Door {
  const limit = { ...deadlines, ...within }
  const held = createHeld()
  const turns = threadTurns(settings.dev ? Number.POSITIVE_INFINITY : undefined)
  const limits = limitsOf({ pages: settings.maxPages, files: settings.maxUploads })
  const fixed = Object.entries(plainHeaders(settings.origins[0]))
  const answering = new WeakMap<Duplex, ServerResponse>()
  const counts = Object.assign(tally(), { inFlight: held.all, limits })
  const answers = new Set<ServerResponse>()
  const sockets = new Set<Duplex>()
  let draining = false
  const requests = marksOfRequests()
  const strangers = strangersPages(settings.origins, settings.dev ? 0 : limit.kept)
  const note = (line: Record<string, unknown>) => log({ at: new Date().toISOString(), ...line })

  /** Follows a request to its end and writes its line: the path without its query, which may name people. */
  const follow = (req: IncomingMessage, res: ServerResponse, id: string, path: string, leave: () => void) => {
    const started = performance.now()
    res.once('close', () => {
      leave()
      const took = performance.now() - started
      const cut = !res.writableFinished
      countRequest(counts, { path, status: res.statusCode, seconds: took / 1000, cut })
      if ((isAsset(path) || isProbe(path)) && res.statusCode < 400) return
      const ms = Math.round(took * 10) / 10
      const line = { id, method: req.method, path: loggedPath(path), status: res.statusCode, ms }
      note({ ...line, ...(cut ? { cut } : {}) })
    })
  }

  /** Gives the nonce of the answer. */
  const dress = (req: IncomingMessage, res: ServerResponse, id: string, path: string): string => {
    const nonce = newNonce()
    const read = req.method !== 'POST' && req.headers.rsc === undefined
    const hashes = read ? prerendered.get(path) : undefined
    const policy = policyFor(hashes ? { hashes } : { nonce }, settings, path)
    const direct = isDirect(req.headers, req.socket.remoteAddress ?? '')
    ownHeaders(req.headers, req.socket.remoteAddress ?? '', settings)
    // Next reads the nonce for its scripts out of the request's policy.
    Object.assign(req.headers, {
      'x-request-id': id,
      'x-nonce': nonce,
      // What was asked for, for whoever has to sign in first; without its query, which may name people.
      'x-path': path,
      'x-inner': settings.innerMark,
      // The layout leaves head and foot of the service out.
      ...(mayBeFramed(path) ? { 'x-framed': '1' } : {}),
      // Only such a one reads the metrics without a token.
      ...(direct ? { 'x-direct': '1' } : {}),
      'content-security-policy': policy,
    })
    for (const [name, value] of fixed) res.setHeader(name, value)
    res.setHeader('x-request-id', id)
    res.setHeader('content-security-policy', policy)
    return nonce
  }

  const serve = (
    req: IncomingMessage,
    res: ServerResponse,
    { id, path, query }: { id: string; path: string; query: string },
  ) => {
    const nonce = dress(req, res, id, path)
    strangers.watch(req, res, path, query, nonce)
    // Who asks by script is sent the tree alone.
    const isDocument = req.headers.rsc === undefined && req.headers['next-action'] === undefined
    const texts: string[] | null = isDocument ? [] : null
    const marks = { unavailable: false, texts }
    // Timers that began with the request remember its marks for a while longer.
    if (texts) res.once('finish', () => void texts.splice(0))
    const page = (status: number) => {
      // What is still on its way of a late body belongs to no next request.
      if (draining || status === 408) res.setHeader('connection', 'close')
      if (status < 500 || !marks.unavailable) sendPage(res, status, id, settings, path)
      else
        sendPage(res, 503, id, settings, path, unavailableWords[req.method === 'POST' ? 'saving' : 'reading'])
    }
    shapeAnswer(req, res, { path, dev: settings.dev, unavailable: () => marks.unavailable, page })
    const late = laneOf(path) === 'page' ? hurry(req, res, limit.form, () => page(408)) : () => false
    const answered = requests.run(marks, () => handle(req, res))
    answered.catch((error: unknown) => {
      if (!late()) note({ event: 'fault', id, ...faultLine(error) })
      if (res.headersSent) res.destroy()
      else page(500)
    })
  }

  // Next listens for upgrades, and holds for good what it knows nothing about: only its own tools in development use one.
  const shouldUpgradeCallback = () => settings.dev
  const server = createServer(
    { ...timeLimits, headersTimeout: limit.head, shouldUpgradeCallback },
    (req, res) => {
      const id = newId()
      const { path, query } = placeOf(req.url)
      const { origin, 'content-length': contentLength } = req.headers
      const address = addressOf(req.headers, req.socket.remoteAddress ?? '', settings.trustProxy)
      const network = networkOf(address)
      const hasSession = session.test(req.headers.cookie ?? '')
      const method = req.method ?? ''
      // What we ask ourselves for is part of a request that has its turn.
      // Of many requests sent ahead on one connection only the first is: their answers would all wait in memory for its reader.
      const isAhead = answering.get(req.socket)?.writableFinished === false
      const kept = isAhead ? null : strangers.find(req, path, query)
      const verdict: Admission =
        kept || (method === 'GET' && req.headers['x-inner'] === settings.innerMark)
          ? { lane: 'free' }
          : admission(
              { method, path, query, origin, contentLength, hasSession },
              settings.origins,
              held.all,
              limits,
              isLoopback(address) ? noLoad() : held.of(network),
            )
      const turn = turnOf(verdict, method)
      const refused = 'refused' in verdict ? verdict.refused : turn && turns.isTooLong(turn) ? 503 : null
      const leave = held.enter('refused' in verdict || refused ? 'free' : verdict.lane, network)
      let endTurn: (() => void) | undefined
      answers.add(res)
      answering.set(req.socket, res)
      follow(req, res, id, path, () => {
        answers.delete(res)
        leave()
        endTurn?.()
      })
      if (draining) res.setHeader('connection', 'close')
      if (refused !== null) {
        countRefused(counts, refused)
        refuse(req, res, refused, id, settings, path)
        return
      }
      if (draining && path === '/readyz') {
        // Whoever shares out requests is to send no more here.
        res
          .writeHead(503, { 'content-type': 'application/json', 'cache-control': 'no-store' })
          .end('{"ready":false}')
        return
      }
      readInTime(res, limit.answer)
      if (kept) {
        sendKept(res, kept, dress(req, res, id, path))
        return
      }
      const answer = () => serve(req, res, { id, path, query })
      if (turn) endTurn = turns.enter(turn, answer)
      else answer()
    },
  )
  server.timeout = idleLimit
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  boundConnections(server, { most: settings.maxConnections, behindProxy: settings.trustProxy })

  // Bytes that make no request: Node alone would answer with a bare status line.
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const current = answering.get(socket)
    const halfSaid = current?.headersSent === true && !current.writableEnded
    if (!socket.writable || error.code === 'ECONNRESET' || halfSaid) {
      socket.destroy()
      return
    }
    const status = unreadable[error.code ?? ''] ?? 400
    const id = newId()
    note({ event: 'unreadable', id, status })
    countRefused(counts, status)
    sendRaw(socket, status, id, settings)
  })

  const drain = async (longest: number) => {
    draining = true
    for (const res of answers) if (!res.headersSent) res.setHeader('connection', 'close')
    await lastCalls(server, longest)
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    // Connections that never said anything count as busy with Node, and nothing else ends them now.
    for (const socket of sockets) if (!answering.has(socket)) socket.destroy()
    // Answers that began before draining did not say "connection: close".
    const idle = setInterval(() => server.closeIdleConnections(), 250)
    const cut = setTimeout(() => server.closeAllConnections(), longest)
    await closed
    clearInterval(idle)
    clearTimeout(cut)
  }

  return { server, drain }
}
