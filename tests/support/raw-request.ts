/** A request as a program sends it: every header said or left out on purpose, the answer kept whole. */
import { type IncomingHttpHeaders, request } from 'node:http'

export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

export interface RawRequest {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
  /** Sends the body in two halves and waits for this in between. */
  pause?: () => Promise<unknown>
}

export const rawRequest = (url: string, { method = 'GET', headers = {}, body, pause }: RawRequest = {}) =>
  new Promise<RawAnswer>((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(parts).toString('utf8'),
        }),
      )
    })
    sent.on('error', reject)
    if (body === undefined || pause === undefined) {
      sent.end(body)
      return
    }
    const bytes = Buffer.from(body)
    const half = Math.floor(bytes.length / 2)
    sent.write(bytes.subarray(0, half), () => {
      pause().then(() => sent.end(bytes.subarray(half)), reject)
    })
  })

/** Headers of a form post from a page of `origin`. */
export const formHeaders = (origin: string, body: string | Buffer): Record<string, string> => ({
  origin,
  'content-type': 'application/x-www-form-urlencoded',
  'content-length': String(Buffer.byteLength(body)),
})
