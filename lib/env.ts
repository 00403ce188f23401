/** The environment, checked once at start (contract.md). A wrong value stops the start with a sentence. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { publicOrigin } from './door/origin.ts'

const whole = (fallback: number) => z.coerce.number().int().positive().default(fallback)
const text = z.string().optional()
const notBuilt = 'this release has no such thing yet, leave it empty'

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  APP_ORIGIN: text,
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: text,
  FILES_URL: z.undefined(notBuilt).optional(),
  APP_KEYS: text,
  DEMO: z.enum(['0', '1']).optional(),
  CAPTCHA_FIXED: text,
  SMS_PROVIDER: z.enum(['outbox']).default('outbox'),
  IDENTITY_PROVIDER: z.enum(['demo', 'off']).optional(),
  REGISTER_PROVIDER: z.literal('off', notBuilt).optional(),
  LIMITS_SIGN_IN_FAILURES_PER_ADDRESS: whole(5),
  LIMITS_SIGN_IN_FAILURES_PER_DAY: whole(20),
  LIMITS_SMS_PER_ADDRESS_PER_HOUR: whole(20),
  LIMITS_SMS_TRIES: whole(5),
  LIMITS_CAPTCHA_PER_ADDRESS_PER_HOUR: whole(300),
  LIMITS_UPLOADS_PER_PERSON_PER_HOUR: whole(120),
  LIMITS_LEASE_MINUTES: whole(30),
  LIMITS_DRAFT_DAYS: whole(90),
  LIMITS_IDENTITY_PICTURE_DAYS: whole(30),
  LIMITS_SESSION_IDLE_MINUTES: whole(30),
  LIMITS_STAFF_IDLE_MINUTES: whole(15),
  LIMITS_SESSION_HOURS: whole(8),
})

/** Limits and lifetimes, all of them settings (`LIMITS_*`). */
export interface Limits {
  readonly signInFailuresPerAddress: number
  readonly signInFailuresPerDay: number
  readonly smsPerAddressPerHour: number
  readonly smsTries: number
  readonly captchaPerAddressPerHour: number
  readonly uploadsPerPersonPerHour: number
  readonly leaseMinutes: number
  readonly draftDays: number
  readonly identityPictureDays: number
  readonly sessionIdleMinutes: number
  readonly staffIdleMinutes: number
  readonly sessionHours: number
}

export interface Env {
  readonly origin: string
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly appKeys: string
  readonly demo: boolean
  readonly captchaFixed: string | undefined
  readonly identityProvider: 'demo' | 'off'
  readonly limits: Limits
}

const loopback = (origin: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(origin).hostname)

/** Demo mode makes its keys once, beside the data and never in it, so that a copied folder is not a readable one. */
function demoKeys(dataDir: string, make: () => string): string {
  const file = `${dataDir.replace(/\/+$/, '')}.keys`
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true })
    try {
      writeFileSync(file, make(), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
  return readFileSync(file, 'utf8').trim()
}

/** A variable that is set to nothing is one that is not set. */
const withoutEmpty = (source: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))

/** Reads and checks the environment. Throws an Error that says in one sentence what to set. */
export function readEnv(source: Readonly<Record<string, string | undefined>>, makeKeys: () => string): Env {
  const parsed = schema.safeParse(withoutEmpty(source))
  if (!parsed.success)
    throw new Error(
      `environment: ${parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; ')}`,
    )
  const env = parsed.data
  const demo = env.DEMO ? env.DEMO === '1' : env.APP_ORIGIN === undefined && env.APP_KEYS === undefined
  const origin = publicOrigin(env.APP_ORIGIN, env.HOST, env.PORT)
  const dataDir = path.resolve(env.DATA_DIR)
  if (demo && !loopback(origin))
    throw new Error('DEMO=1 is refused when APP_ORIGIN is not a loopback address')
  if (!demo && env.CAPTCHA_FIXED) throw new Error('CAPTCHA_FIXED is honoured in demo mode only')
  if (!demo && env.APP_KEYS === undefined)
    throw new Error('APP_KEYS is required outside demo mode (npm run ops -- make-keys)')
  if (!demo && env.IDENTITY_PROVIDER === 'demo')
    throw new Error('IDENTITY_PROVIDER=demo is refused outside demo mode')
  if (!demo)
    throw new Error('SMS_PROVIDER=outbox is refused outside demo mode, and this release has no other yet')
  return {
    origin,
    dataDir,
    databaseUrl: env.DATABASE_URL,
    appKeys: env.APP_KEYS ?? demoKeys(dataDir, makeKeys),
    demo,
    captchaFixed: env.CAPTCHA_FIXED,
    identityProvider: env.IDENTITY_PROVIDER ?? (demo ? 'demo' : 'off'),
    limits: {
      signInFailuresPerAddress: env.LIMITS_SIGN_IN_FAILURES_PER_ADDRESS,
      signInFailuresPerDay: env.LIMITS_SIGN_IN_FAILURES_PER_DAY,
      smsPerAddressPerHour: env.LIMITS_SMS_PER_ADDRESS_PER_HOUR,
      smsTries: env.LIMITS_SMS_TRIES,
      captchaPerAddressPerHour: env.LIMITS_CAPTCHA_PER_ADDRESS_PER_HOUR,
      uploadsPerPersonPerHour: env.LIMITS_UPLOADS_PER_PERSON_PER_HOUR,
      leaseMinutes: env.LIMITS_LEASE_MINUTES,
      draftDays: env.LIMITS_DRAFT_DAYS,
      identityPictureDays: env.LIMITS_IDENTITY_PICTURE_DAYS,
      sessionIdleMinutes: env.LIMITS_SESSION_IDLE_MINUTES,
      staffIdleMinutes: env.LIMITS_STAFF_IDLE_MINUTES,
      sessionHours: env.LIMITS_SESSION_HOURS,
    },
  }
}
