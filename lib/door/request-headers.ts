/** What a client says about itself that only we may say: removed, then set from what the door knows. */
import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import type { DoorSettings } from './settings.ts'

const ours = new Set([
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-request-id',
  'x-nonce',
  'x-path',
  'x-framed',
  'x-direct',
  'x-inner',
  'x-action-forwarded',
  'content-security-policy-report-only',
])
const ourPrefixes = ['x-forwarded-', 'x-middleware-', 'x-invoke-']

const mapped = '::ffff:'
const plain = (address: string): string =>
  address.startsWith(mapped) ? address.slice(mapped.length) : address

/** The last hop a trusted proxy wrote, else the socket's address. Earlier hops are the client's own words. */
export function clientAddress(forwarded: string | undefined, socket: string, trustProxy: boolean): string {
  const hop = trustProxy ? plain(forwarded?.split(',').at(-1)?.trim() ?? '') : ''
  return isIP(hop) === 0 ? plain(socket) : hop
}

/** Where a request comes from. */
export function addressOf(headers: IncomingHttpHeaders, socket: string, trustProxy: boolean): string {
  const forwarded = headers['x-forwarded-for']
  return clientAddress(Array.isArray(forwarded) ? forwarded.join(',') : forwarded, socket, trustProxy)
}

/** We ourselves (Next fetches the page an action leads to), or a proxy that is not trusted to name its clients: no one person. */
export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')

/** By which a proxy tells that it passes on what somebody else asked. */
const passedOn = new Set(['forwarded', 'via', 'x-real-ip', 'x-client-ip'])

/**
 * Whether this machine itself asks, and for itself: not by way of a proxy on it, which says for whom it asks, or for which host.
 * To be asked before `ownHeaders`.
 */
export function isDirect(headers: IncomingHttpHeaders, socket: string): boolean {
  if (!isLoopback(plain(socket))) return false
  if (Object.keys(headers).some((name) => passedOn.has(name) || name.startsWith('x-forwarded-'))) return false
  const here = `http://${headers.host ?? ''}`
  if (!URL.canParse(here)) return false
  const { hostname } = new URL(here)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}

type HeaderSettings = Pick<DoorSettings, 'origins' | 'trustProxy'>

/** Which of our own origins was asked: an accepted Origin decides between the loopback twins, whatever is foreign is the first. */
export const originOf = (headers: IncomingHttpHeaders, origins: HeaderSettings['origins']): string =>
  origins.find((origin) => origin === headers.origin) ??
  origins.find((origin) => new URL(origin).host === headers.host) ??
  origins[0]

/**
 * Rewrites `headers` in place. Host becomes one of our own, so that no link, redirect or origin check
 * further in can be steered from outside.
 */
export function ownHeaders(
  headers: IncomingHttpHeaders,
  socket: string,
  { origins, trustProxy }: HeaderSettings,
): void {
  const client = addressOf(headers, socket, trustProxy)
  for (const name of Object.keys(headers)) {
    if (ours.has(name) || ourPrefixes.some((prefix) => name.startsWith(prefix))) delete headers[name]
  }
  const { host, protocol } = new URL(originOf(headers, origins))
  headers.host = host
  headers['x-forwarded-host'] = host
  headers['x-forwarded-proto'] = protocol.slice(0, -1)
  headers['x-client-ip'] = client
}
