/** One of our own pages as an answer: to a request, or to a socket on which no request could be read. */
import { randomBytes } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { PageWords } from '../text/door.ts'
import { errorPage } from './error-page.ts'
import { plainHeaders, policyFor } from './policy.ts'
import type { DoorSettings } from './settings.ts'

export const newId = (): string => randomBytes(8).toString('hex')
export const newNonce = (): string => randomBytes(16).toString('base64')

/** How long a refused sender may go on sending: cut at once, it may never see the answer. */
const lingerMs = 2_000

/** About a minute, as the page says. */
export const retryAfter = '60'

const extras: Record<number, Record<string, string>> = {
  405: { allow: 'GET, HEAD, POST' },
  503: { 'retry-after': retryAfter },
}

/** `path` is what was asked for: where a page may stand in a frame, so may what is said in its place. */
function pageParts(status: number, id: string, settings: DoorSettings, path = '', words?: PageWords) {
  const nonce = newNonce()
  const body = errorPage(status, id, nonce, words)
  const headers: Record<string, string> = {
    ...plainHeaders(settings.origins[0]),
    'x-request-id': id,
    'content-security-policy': policyFor({ nonce }, settings, path),
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'private, no-store',
    ...extras[status],
  }
  return { body, headers }
}

/** Answers with the page, or one with other words; the connection goes on. */
export function sendPage(
  res: ServerResponse,
  status: number,
  id: string,
  settings: DoorSettings,
  path: string,
  words?: PageWords,
): void {
  const { body, headers } = pageParts(status, id, settings, path, words)
  res.writeHead(status, headers).end(body)
}

/** Answers before the body was read, then gives the sender a moment to notice before the connection ends. */
export function refuse(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  id: string,
  settings: DoorSettings,
  path: string,
): void {
  const { body, headers } = pageParts(status, id, settings, path)
  const { 'content-length': length, 'transfer-encoding': coding } = req.headers
  // Whoever is to come again keeps the connection: one is taken up in each turn of the loop, and in a crowd a new one waits longest.
  if (status === 503 && length === undefined && coding === undefined) {
    res.writeHead(status, headers).end(body)
    return
  }
  res.writeHead(status, { ...headers, connection: 'close' }).write(body)
  const finish = () => {
    clearTimeout(timer)
    res.end()
  }
  const timer = setTimeout(finish, lingerMs)
  req.once('end', finish).once('close', finish).resume()
}

/** The same for a connection whose bytes made no request; ends it. */
export function sendRaw(socket: Duplex, status: number, id: string, settings: DoorSettings): void {
  const { body, headers } = pageParts(status, id, settings)
  const lines = Object.entries({ ...headers, connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'))
}
