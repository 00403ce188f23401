/**
 * Last look at an answer before it leaves: nothing personal may be stored by a cache, and an error without
 * a page gets ours. Without script Next answers notFound(), a fault or a stale action with a blank body.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isAsset, isProbe } from './admission.ts'
import { retryAfter } from './send-page.ts'

export interface Shape {
  path: string
  dev: boolean
  /** Whether a store could not be used meanwhile: what would be a fault is then a 503, for whoever asks. */
  unavailable: () => boolean
  /** Answers with our page for this status. Called at most once, with the response's own methods restored. */
  page: (status: number) => void
}

const soft = ({ headers }: IncomingMessage): boolean =>
  headers.rsc !== undefined || headers['next-action'] !== undefined

const typeOf = (res: ServerResponse): string => String(res.getHeader('content-type') ?? '')

/** Soft navigations, assets, probes and answers that are not text keep their own body. */
export function shapeAnswer(
  req: IncomingMessage,
  res: ServerResponse,
  { path, dev, unavailable, page }: Shape,
): void {
  const { writeHead, write, end, flushHeaders } = res
  const left = isAsset(path) || isProbe(path) || soft(req)
  let decided: boolean | undefined

  const swapped = (): boolean => {
    if (res.statusCode === 500 && unavailable() && !res.headersSent) {
      res.statusCode = 503
      res.setHeader('retry-after', retryAfter)
    }
    const failed = res.statusCode >= 400 && !(dev && res.statusCode >= 500) // the developer's overlay stays
    decided ??= failed && !left && /^(text\/(html|plain)|$)/.test(typeOf(res))
    return decided
  }

  const keepPrivate = () => {
    if (typeOf(res).startsWith('text/html') || (!res.hasHeader('cache-control') && !isAsset(path))) {
      res.setHeader('cache-control', 'private, no-store')
    }
  }

  Object.assign(res, {
    writeHead(status: number, ...rest: unknown[]) {
      res.statusCode = status
      const headers = rest.at(-1)
      if (headers !== null && typeof headers === 'object' && !Array.isArray(headers)) {
        for (const [name, value] of Object.entries(headers)) res.setHeader(name, value)
        rest.pop()
      }
      if (swapped()) return res
      keepPrivate()
      return Reflect.apply(writeHead, res, [res.statusCode, ...rest])
    },
    flushHeaders() {
      if (!swapped()) Reflect.apply(flushHeaders, res, [])
    },
    write(...args: unknown[]) {
      if (!swapped()) return Reflect.apply(write, res, args)
      const done = args.at(-1)
      if (typeof done === 'function') process.nextTick(done)
      return true
    },
    end(...args: unknown[]) {
      if (!swapped()) return Reflect.apply(end, res, args)
      Object.assign(res, { writeHead, write, end, flushHeaders })
      for (const name of res.getHeaderNames()) if (name !== 'set-cookie') res.removeHeader(name)
      page(res.statusCode)
      return res
    },
  })
}
