/** How long anybody may take over what only they can do: send a request, read an answer. In ms. */
import type { IncomingMessage, ServerResponse } from 'node:http'

export const timeLimits = {
  requestTimeout: 120_000, // 12 MB over a county's line
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
}

/** A connection on which nothing moves. */
export const idleLimit = 180_000

export interface Deadlines {
  /** The head of a request, and the first byte of a connection. */
  readonly head: number
  /** The body of a form; uploads have `requestTimeout`. 512 KB in 15 s is what a weak mobile line carries. */
  readonly form: number
  /** How old a page may be that is the same for every stranger (`strangers.ts`). */
  readonly kept: number
  /** From a request's first line to its answer's last byte: whoever reads a byte a minute holds what was made for them. */
  readonly answer: number
}

export const deadlines: Deadlines = { head: 10_000, form: 15_000, answer: 300_000, kept: 5_000 }

/** Ends a request whose body does not arrive in time, so that its place is free again; gives whether it was ended. */
export function hurry(
  req: IncomingMessage,
  res: ServerResponse,
  limit: number,
  tell: () => void,
): () => boolean {
  let ended = false
  const timer = setTimeout(() => {
    if (req.complete || res.writableEnded) return
    ended = true
    if (res.headersSent) {
      req.destroy()
      return
    }
    tell()
  }, limit)
  res.once('close', () => clearTimeout(timer))
  return () => ended
}

/** Cuts an answer that is not read to its end in time. */
export function readInTime(res: ServerResponse, limit: number): void {
  const timer = setTimeout(() => res.destroy(), limit)
  res.once('close', () => clearTimeout(timer))
}
