import { publicOrigin } from './origin.ts'

/** What the door reads from the environment, once, at start. */
export interface DoorSettings {
  host: string
  port: number
  /** The public origin, then its loopback twin where it has one. */
  origins: readonly [string, ...string[]]
  dev: boolean
  trustProxy: boolean
  maxPages: number
  maxUploads: number
}

const twins: Record<string, string> = { '127.0.0.1': 'localhost', localhost: '127.0.0.1' }

const whole = (name: string, text: string | undefined, otherwise: number): number => {
  if (text === undefined || text === '') return otherwise
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`${name} must be a whole number, not "${text}"`)
  return value
}

const withTwin = (origin: string): [string, ...string[]] => {
  const url = new URL(origin)
  const twin = twins[url.hostname]
  if (twin === undefined) return [origin]
  url.hostname = twin
  return [origin, url.origin]
}

/** Reads HOST, PORT, APP_ORIGIN, TRUST_PROXY, MAX_PAGES, MAX_UPLOADS; throws a sentence on nonsense. */
export function doorSettings(env: Record<string, string | undefined>, dev: boolean): DoorSettings {
  const host = env.HOST || '127.0.0.1'
  const port = whole('PORT', env.PORT, 3000)
  return {
    host,
    port,
    origins: withTwin(publicOrigin(env.APP_ORIGIN, host, port)),
    dev,
    trustProxy: env.TRUST_PROXY === '1',
    maxPages: whole('MAX_PAGES', env.MAX_PAGES, 64),
    maxUploads: whole('MAX_UPLOADS', env.MAX_UPLOADS, 200),
  }
}
