/**
 * The door: what every request passes before and after the application, in development and production.
 * Only node:* and three files that import nothing are imported in this room, so that it can stand beside a standalone
 * build.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { faultLine } from '../fault-line.ts'
import { networkOf } from '../network.ts'
import { admission, isAsset, isProbe, type Lane, type Load } from './admission.ts'
import { loggedPath } from './logged-path.ts'
import { mayBeFramed, plainHeaders, policyFor } from './policy.ts'
import { addressOf, isLoopback, ownHeaders } from './request-headers.ts'
import { newId, newNonce, refuse, sendPage, sendRaw } from './send-page.ts'
import type { DoorSettings } from './settings.ts'
import { shapeAnswer } from './shape-answer.ts'

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
  /** How long the body of a form may take to arrive, in ms; uploads have `requestTimeout`. */
  formDeadline?: number
}

export interface Door {
  server: Server
  /** Stops listening, lets what is under way finish, and cuts what is left after `limit` ms. */
  drain: (limit: number) => Promise<void>
}

const timeLimits = {
  headersTimeout: 10_000,
  requestTimeout: 120_000, // 12 MB over a county's line
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
}
const idleLimit = 180_000
const unreadable: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/** 512 KB in 15 s is what a weak mobile line carries. */
const defaultFormDeadline = 15_000

function placeOf(url = ''): { path: string; query: string } {
  const mark = url.indexOf('?')
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) }
}

const empty = (): Load => ({ page: 0, file: 0, free: 0 })

export function createDoor({
  settings,
  handle,
  prerendered,
  log,
  formDeadline = defaultFormDeadline,
}: DoorParts): Door {
  const load = empty()
  /** What each network holds of it, while it holds any. */
  const loads = new Map<string, Load>()
  const limits: Load = { page: settings.maxPages, file: settings.maxUploads, free: Number.POSITIVE_INFINITY }
  const fixed = Object.entries(plainHeaders(settings.origins[0]))
  const answering = new WeakMap<Duplex, ServerResponse>()
  let draining = false
  const note = (line: Record<string, unknown>) => log({ at: new Date().toISOString(), ...line })

  /** Counts one more in a lane; the answer takes it back. */
  const enter = (lane: Lane, network: string): (() => void) => {
    const here = loads.get(network) ?? empty()
    loads.set(network, here)
    load[lane]++
    here[lane]++
    return () => {
      load[lane]--
      here[lane]--
      if (here.page + here.file + here.free === 0) loads.delete(network)
    }
  }

  /** Follows a request to its end and writes its line: the path without its query, which may name people. */
  const follow = (req: IncomingMessage, res: ServerResponse, id: string, path: string, leave: () => void) => {
    const started = performance.now()
    res.once('close', () => {
      leave()
      if ((isAsset(path) || isProbe(path)) && res.statusCode < 400) return
      const ms = Math.round((performance.now() - started) * 10) / 10
      const cut = res.writableFinished ? {} : { cut: true }
      note({ id, method: req.method, path: loggedPath(path), status: res.statusCode, ms, ...cut })
    })
  }

  const dress = (req: IncomingMessage, res: ServerResponse, id: string, path: string) => {
    const nonce = newNonce()
    const read = req.method !== 'POST' && req.headers.rsc === undefined
    const hashes = read ? prerendered.get(path) : undefined
    const policy = policyFor(hashes ? { hashes } : { nonce }, settings, path)
    ownHeaders(req.headers, req.socket.remoteAddress ?? '', settings)
    // Next reads the nonce for its scripts out of the request's policy.
    Object.assign(req.headers, {
      'x-request-id': id,
      'x-nonce': nonce,
      // What was asked for, for whoever has to sign in first; without its query, which may name people.
      'x-path': path,
      // The layout leaves head and foot of the service out.
      ...(mayBeFramed(path) ? { 'x-framed': '1' } : {}),
      'content-security-policy': policy,
    })
    for (const [name, value] of fixed) res.setHeader(name, value)
    res.setHeader('x-request-id', id)
    res.setHeader('content-security-policy', policy)
  }

  /** Ends a request whose body does not arrive in time, so that its place is free again; gives whether it was ended. */
  const hurry = (req: IncomingMessage, res: ServerResponse, tell: () => void): (() => boolean) => {
    let ended = false
    const timer = setTimeout(() => {
      if (req.complete || res.writableEnded) return
      ended = true
      if (res.headersSent) {
        req.destroy()
        return
      }
      tell()
    }, formDeadline)
    res.once('close', () => clearTimeout(timer))
    return () => ended
  }

  const server = createServer(timeLimits, (req, res) => {
    const id = newId()
    const { path, query } = placeOf(req.url)
    const { origin, 'content-length': contentLength } = req.headers
    const address = addressOf(req.headers, req.socket.remoteAddress ?? '', settings.trustProxy)
    const network = networkOf(address)
    const verdict = admission(
      { method: req.method ?? '', path, query, origin, contentLength },
      settings.origins,
      load,
      limits,
      isLoopback(address) ? empty() : loads.get(network),
    )
    answering.set(req.socket, res)
    follow(req, res, id, path, enter('lane' in verdict ? verdict.lane : 'free', network))
    if (draining) res.setHeader('connection', 'close')
    if ('refused' in verdict) {
      refuse(req, res, verdict.refused, id, settings, path)
      return
    }
    dress(req, res, id, path)
    const page = (status: number) => {
      // What is still on its way of a late body belongs to no next request.
      if (draining || status === 408) res.setHeader('connection', 'close')
      sendPage(res, status, id, settings, path)
    }
    shapeAnswer(req, res, { path, dev: settings.dev, page })
    const late = verdict.lane === 'page' ? hurry(req, res, () => page(408)) : () => false
    handle(req, res).catch((error: unknown) => {
      if (!late()) note({ event: 'fault', id, ...faultLine(error) })
      if (res.headersSent) res.destroy()
      else page(500)
    })
  })
  server.timeout = idleLimit

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
    sendRaw(socket, status, id, settings)
  })

  const drain = async (limit: number) => {
    draining = true
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    // Answers that began before draining did not say "connection: close".
    const idle = setInterval(() => server.closeIdleConnections(), 250)
    const cut = setTimeout(() => server.closeAllConnections(), limit)
    await closed
    clearInterval(idle)
    clearTimeout(cut)
  }

  return { server, drain }
}
