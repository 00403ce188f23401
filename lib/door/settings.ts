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
  /** Foreign origins a form may end at after a redirect (an identity provider's gateway). */
  formTargets: readonly string[]
}

const twins: Record<string, string> = { '127.0.0.1': 'localhost', localhost: '127.0.0.1' }

const whole = (name: string, text: string | undefined, otherwise: number): number => {
  if (text === undefined || text === '') return otherwise
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`${name} must be a whole number, not "${text}"`)
  return value
}

/** The origin of an http(s) address, or null: never throws, so that it can judge what a stranger sends. */
export const originOf = (address: string | undefined): string | null => {
  if (address === undefined || !URL.canParse(address)) return null
  const { protocol, origin } = new URL(address)
  return protocol === 'http:' || protocol === 'https:' ? origin : null
}

const withTwin = (origin: string): [string, ...string[]] => {
  const url = new URL(origin)
  const twin = twins[url.hostname]
  if (twin === undefined) return [origin]
  url.hostname = twin
  return [origin, url.origin]
}

/** Reads HOST, PORT, APP_ORIGIN, TRUST_PROXY, MAX_PAGES, MAX_UPLOADS, ALIPAY_GATEWAY; throws a sentence on nonsense. */
export function doorSettings(env: Record<string, string | undefined>, dev: boolean): DoorSettings {
  const host = env.HOST || '127.0.0.1'
  const port = whole('PORT', env.PORT, 3000)
  const written = env.APP_ORIGIN || `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const origin = originOf(written)
  if (origin === null) throw new Error(`APP_ORIGIN must be an http or https address, not "${written}"`)
  const gateway = originOf(env.ALIPAY_GATEWAY)
  return {
    host,
    port,
    origins: withTwin(origin),
    dev,
    trustProxy: env.TRUST_PROXY === '1',
    maxPages: whole('MAX_PAGES', env.MAX_PAGES, 64),
    maxUploads: whole('MAX_UPLOADS', env.MAX_UPLOADS, 200),
    formTargets: gateway === null ? [] : [gateway],
  }
}
