/** Many requests at a server: as they come, without waiting for one another. */
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PageForm } from './plain-browser.ts'
import { formHeaders } from './raw-request.ts'

export interface Sent {
  readonly path: string
  /** 0 where the connection ended without an answer. */
  readonly status: number
  /** From sending to the last byte of the answer. */
  readonly ms: number
  /** ms of the clock `performance.now()` at which its head was handed over, on a connection that was there or is new. */
  readonly at: number
  readonly headers: IncomingHttpHeaders
  /** Why there was no answer. */
  readonly error?: string
}

export interface Shot {
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** A form of a page of `origin` as a browser without script sends it, with these values over what the page filled in. */
export async function formShot(
  origin: string,
  { action, fields }: PageForm,
  values: Readonly<Record<string, string | Blob>>,
  cookie = '',
): Promise<Shot> {
  const data = new FormData()
  for (const [name, value] of new Map<string, string | Blob>([...fields, ...Object.entries(values)]))
    typeof value === 'string' ? data.append(name, value) : data.append(name, value, 'picture.jpg')
  const encoded = new Response(data)
  const body = Buffer.from(await encoded.arrayBuffer())
  const type = encoded.headers.get('content-type') ?? ''
  return {
    path: action,
    method: 'POST',
    headers: { ...formHeaders(origin, body), 'content-type': type, cookie },
    body,
  }
}

/** A client that keeps connections and opens more when all are taken. */
export class Client {
  readonly #agent = new Agent({ keepAlive: true, scheduling: 'lifo' })
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  send({ path, method = 'GET', headers = {}, body }: Shot): Promise<Sent> {
    const begun = performance.now()
    let at = Number.POSITIVE_INFINITY
    return new Promise((resolve) => {
      const end = (status: number, got: IncomingHttpHeaders, error?: string) =>
        resolve({
          path,
          status,
          ms: performance.now() - begun,
          at,
          headers: got,
          ...(error ? { error } : {}),
        })
      const sent = request(this.#url + path, { method, headers, agent: this.#agent }, (answer) => {
        answer.once('end', () => end(answer.statusCode ?? 0, answer.headers))
        answer.once('error', (error) => end(0, {}, error.message))
        answer.resume()
      })
      const handedOver = () => {
        at = performance.now()
      }
      sent.once('socket', (socket) => {
        if (socket.connecting) socket.once('connect', handedOver)
        else handedOver()
      })
      sent.once('error', (error) => end(0, {}, error.message))
      sent.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** An open loop: `rate` a second for `seconds`, whatever becomes of those before; resolves when all are answered. */
export async function openLoop(
  send: (n: number) => Promise<Sent>,
  { rate, seconds }: { rate: number; seconds: number },
): Promise<Sent[]> {
  const all: Promise<Sent>[] = []
  const begun = performance.now()
  const total = Math.round(rate * seconds)
  while (all.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1000) * rate))
    while (all.length < due) all.push(send(all.length))
    await sleep(2)
  }
  return Promise.all(all)
}

/** A closed loop: so many clients, each sending when it was answered; for `seconds`, or `total` requests. */
export async function closedLoop(
  send: (n: number) => Promise<Sent>,
  {
    clients,
    seconds = Number.POSITIVE_INFINITY,
    total = Number.POSITIVE_INFINITY,
  }: {
    clients: number
    seconds?: number
    total?: number
  },
): Promise<Sent[]> {
  const all: Sent[] = []
  const end = performance.now() + seconds * 1000
  let next = 0
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < total && performance.now() < end) {
        const n = next
        next += 1
        all.push(await send(n))
      }
    }),
  )
  return all
}

/** The value below which this share of them lies; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const rising = values.toSorted((a, b) => a - b)
  return rising[Math.min(rising.length - 1, Math.floor(rising.length * share))] ?? 0
}

export const msOf = (all: readonly Sent[]): number[] => all.map(({ ms }) => ms)

/** How many of each status. */
export function statuses(all: readonly Sent[]): Record<number, number> {
  const found: Record<number, number> = {}
  for (const { status } of all) found[status] = (found[status] ?? 0) + 1
  return found
}
