import { createHmac, randomBytes } from 'node:crypto'
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
  maxConnections: number
  /** By which our own requests are known (Next fetches the page an action leads to); no client knows it. */
  innerMark: string
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

/** Reads HOST, PORT, APP_ORIGIN, TRUST_PROXY and what may be at once (MAX_…); throws a sentence on nonsense. */
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
    maxConnections: whole('MAX_CONNECTIONS', env.MAX_CONNECTIONS, 4000),
    // The same in all processes: such a request may come to another one.
    innerMark: createHmac('sha256', env.ACTION_KEY || randomBytes(32))
      .update('inner')
      .digest('hex'),
  }
}

const mostProcesses = 64

/** How many processes PROCESSES asks for, 1 unless said; throws a sentence where there cannot be several. */
export function processesOf(env: Record<string, string | undefined>, dev: boolean): number {
  const count = whole('PROCESSES', env.PROCESSES, 1)
  if (count < 1 || count > mostProcesses)
    throw new Error(`PROCESSES must be between 1 and ${mostProcesses}, not ${count}`)
  if (count > 1 && dev) throw new Error('PROCESSES is for "npm start": development has one process')
  if (count > 1 && !env.DATABASE_URL)
    throw new Error('PROCESSES needs PostgreSQL (DATABASE_URL): the embedded database has one process')
  return count
}
