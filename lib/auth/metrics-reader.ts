import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Whether a request may read the metrics: from this machine itself, as the door saw it, or with the token, where one is set (SEC-4). */
export function mayReadMetrics(headers: Headers, token: string | undefined): boolean {
  if (headers.get('x-direct') === '1') return true
  const [, shown] = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '') ?? []
  return token !== undefined && shown !== undefined && timingSafeEqual(digest(shown), digest(token))
}
