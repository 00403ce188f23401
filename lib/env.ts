/** The environment, checked once at start (contract.md). A wrong value stops the start with a sentence. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type ChangeSection, changeSections } from './domain/changes.ts'
import { publicOrigin } from './door/origin.ts'
import { type FileSettings, readFilesUrl } from './files/settings.ts'
import { type Limits, readLimits } from './limit-settings.ts'
import { sections } from './sections/all.ts'
import type { Section } from './sections/define.ts'

const text = z.string().optional()
const address = z.url().optional()

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  APP_ORIGIN: text,
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: text,
  FILES_URL: text,
  AWS_ACCESS_KEY_ID: text,
  AWS_SECRET_ACCESS_KEY: text,
  APP_KEYS: text,
  DEMO: z.enum(['0', '1']).optional(),
  CAPTCHA_FIXED: text,
  SMS_PROVIDER: z.enum(['outbox', 'http', 'aliyun', 'tencent']).default('outbox'),
  SMS_HTTP_URL: address,
  SMS_HTTP_TOKEN: text,
  SMS_SIGN_NAME: text,
  SMS_TEMPLATE_CODE: text,
  SMS_TEMPLATE_NOTICE: text,
  ALIYUN_ACCESS_KEY_ID: text,
  ALIYUN_ACCESS_KEY_SECRET: text,
  ALIYUN_SMS_ENDPOINT: address.default('https://dysmsapi.aliyuncs.com'),
  TENCENT_SECRET_ID: text,
  TENCENT_SECRET_KEY: text,
  TENCENT_SMS_APP_ID: text,
  TENCENT_SMS_REGION: z.string().default('ap-guangzhou'),
  TENCENT_SMS_ENDPOINT: address.default('https://sms.tencentcloudapi.com'),
  IDENTITY_PROVIDER: z.enum(['demo', 'alipay', 'off']).optional(),
  PAYMENT_PROVIDER: z.enum(['demo', 'alipay', 'off']).optional(),
  ALIPAY_GATEWAY: address.default('https://openapi.alipay.com/gateway.do'),
  ALIPAY_APP_ID: text,
  ALIPAY_PRIVATE_KEY: text,
  ALIPAY_PUBLIC_KEY: text,
  REGISTER_PROVIDER: z.enum(['register', 'http', 'off']).default('register'),
  REGISTER_HTTP_URL: address,
  REGISTER_HTTP_TOKEN: text,
  AUTOMATIC_CHANGES: z.string().default('basic.email basic.address'),
  METRICS_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  BUILD_COMMIT: z.string().default('unknown'),
})

/** Who carries SMS, with all that it needs (contract.md). */
export type SmsSettings =
  | { readonly provider: 'outbox' }
  | { readonly provider: 'http'; readonly url: string; readonly token: string | undefined }
  | ({ readonly provider: 'aliyun'; readonly keyId: string; readonly keySecret: string } & SmsTemplates)
  | ({
      readonly provider: 'tencent'
      readonly secretId: string
      readonly secretKey: string
      readonly appId: string
      readonly region: string
    } & SmsTemplates)

/** What the clouds ask of every sender: a registered signature and one template for each sort of message. */
interface SmsTemplates {
  readonly endpoint: string
  readonly signName: string
  /** With one parameter: the code. */
  readonly codeTemplate: string
  /** With two: the 受理编号 and what became of it. */
  readonly noticeTemplate: string
}

/** One application at Alipay, for all that is asked of it. Keys are PEM or the bare base64 Alipay hands out. */
export interface AlipaySettings {
  readonly provider: 'alipay'
  readonly gateway: string
  readonly appId: string
  readonly privateKey: string
  readonly publicKey: string
}

/** Who says that somebody is who they are (IDV-2). */
export type IdentitySettings = { readonly provider: 'demo' | 'off' } | AlipaySettings

/** Who takes the fee of an exam (EXM-3). */
export type PaymentSettings = IdentitySettings

/** Who confirms what a row claims (CHK-2). */
export type RegisterSettings =
  | { readonly provider: 'register' | 'off' }
  | { readonly provider: 'http'; readonly url: string; readonly token: string | undefined }

export interface Env {
  readonly origin: string
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly files: FileSettings
  readonly appKeys: string
  readonly demo: boolean
  readonly captchaFixed: string | undefined
  readonly sms: SmsSettings
  readonly identity: IdentitySettings
  readonly payment: PaymentSettings
  readonly registers: RegisterSettings
  /** `section.field` of what a 信息变更 may change without anybody looking at it (CHG-4). */
  readonly automaticChanges: ReadonlySet<string>
  /** Who shows it may read `/metrics` from elsewhere. */
  readonly metricsToken: string | undefined
  /** Which commit was built, for `/metrics`. */
  readonly buildCommit: string
  readonly limits: Limits
}

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

const loopback = (origin: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(origin).hostname)

type Read = z.output<typeof schema>

/** What one provider needs; throws a sentence that names every variable that is missing. */
function given<K extends keyof Read>(env: Read, because: string, ...names: readonly K[]): Record<K, string> {
  const missing = names.filter((name) => env[name] === undefined)
  if (missing.length > 0) throw new Error(`${because} needs ${missing.join(', ')}`)
  return Object.fromEntries(names.map((name) => [name, String(env[name])])) as Record<K, string>
}

function smsOf(env: Read): SmsSettings {
  const because = `SMS_PROVIDER=${env.SMS_PROVIDER}`
  const templates = (endpoint: string | undefined) => {
    const it = given(env, because, 'SMS_SIGN_NAME', 'SMS_TEMPLATE_CODE', 'SMS_TEMPLATE_NOTICE')
    return {
      endpoint: endpoint ?? '',
      signName: it.SMS_SIGN_NAME,
      codeTemplate: it.SMS_TEMPLATE_CODE,
      noticeTemplate: it.SMS_TEMPLATE_NOTICE,
    }
  }
  switch (env.SMS_PROVIDER) {
    case 'outbox':
      return { provider: 'outbox' }
    case 'http':
      return {
        provider: 'http',
        url: given(env, because, 'SMS_HTTP_URL').SMS_HTTP_URL,
        token: env.SMS_HTTP_TOKEN,
      }
    case 'aliyun': {
      const it = given(env, because, 'ALIYUN_ACCESS_KEY_ID', 'ALIYUN_ACCESS_KEY_SECRET')
      return {
        provider: 'aliyun',
        keyId: it.ALIYUN_ACCESS_KEY_ID,
        keySecret: it.ALIYUN_ACCESS_KEY_SECRET,
        ...templates(env.ALIYUN_SMS_ENDPOINT),
      }
    }
    case 'tencent': {
      const it = given(env, because, 'TENCENT_SECRET_ID', 'TENCENT_SECRET_KEY', 'TENCENT_SMS_APP_ID')
      return {
        provider: 'tencent',
        secretId: it.TENCENT_SECRET_ID,
        secretKey: it.TENCENT_SECRET_KEY,
        appId: it.TENCENT_SMS_APP_ID,
        region: env.TENCENT_SMS_REGION,
        ...templates(env.TENCENT_SMS_ENDPOINT),
      }
    }
  }
}

const filesOf = (env: Read, dataDir: string): FileSettings =>
  env.FILES_URL === undefined
    ? { kind: 'folder', dir: path.join(/* turbopackIgnore: true */ dataDir, 'files') }
    : readFilesUrl(env.FILES_URL, { keyId: env.AWS_ACCESS_KEY_ID, keySecret: env.AWS_SECRET_ACCESS_KEY })

/** What a setting that may name Alipay says; with neither, the stand-in of the demo, or nobody. */
function alipayOf(
  env: Read,
  setting: 'IDENTITY_PROVIDER' | 'PAYMENT_PROVIDER',
  demo: boolean,
): IdentitySettings {
  const provider = env[setting] ?? (demo ? 'demo' : 'off')
  if (provider !== 'alipay') return { provider }
  const it = given(
    env,
    `${setting}=alipay`,
    'ALIPAY_GATEWAY',
    'ALIPAY_APP_ID',
    'ALIPAY_PRIVATE_KEY',
    'ALIPAY_PUBLIC_KEY',
  )
  // Alipay's answers do not say which request they answer: only the line itself keeps an old one from being played again.
  if (!it.ALIPAY_GATEWAY.startsWith('https:') && !loopback(it.ALIPAY_GATEWAY))
    throw new Error('ALIPAY_GATEWAY must be an https address')
  return {
    provider,
    gateway: it.ALIPAY_GATEWAY,
    appId: it.ALIPAY_APP_ID,
    privateKey: it.ALIPAY_PRIVATE_KEY,
    publicKey: it.ALIPAY_PUBLIC_KEY,
  }
}

/** What can be changed on a page of the record, rows within rows included. */
const fieldsOf = (page: ChangeSection): readonly string[] => {
  const { fields, nested }: Section = sections[page]
  return [...Object.keys(fields), ...Object.keys(nested?.fields ?? {})]
}

function automaticOf(said: string): ReadonlySet<string> {
  const fields = said.split(/[\s,]+/).filter((field) => field !== '' && field !== 'none')
  for (const field of fields) {
    const [page, name = '', ...more] = field.split('.')
    const section = changeSections.find((one) => one === page)
    if (section && more.length === 0 && fieldsOf(section).includes(name)) continue
    const known = section ? `: ${section} has ${fieldsOf(section).join(', ')}` : ''
    throw new Error(`AUTOMATIC_CHANGES must list section.field or be none, not ${field}${known}`)
  }
  return new Set(fields)
}

function registersOf(env: Read): RegisterSettings {
  const provider = env.REGISTER_PROVIDER
  if (provider !== 'http') return { provider }
  const url = given(env, 'REGISTER_PROVIDER=http', 'REGISTER_HTTP_URL').REGISTER_HTTP_URL
  // It carries names and document numbers.
  if (!url.startsWith('https:') && !loopback(url))
    throw new Error('REGISTER_HTTP_URL must be an https address')
  return { provider, url, token: env.REGISTER_HTTP_TOKEN }
}

/** Reads and checks the environment. Throws an Error that says in one sentence what to set. */
export function readEnv(source: Readonly<Record<string, string | undefined>>, makeKeys: () => string): Env {
  const set = withoutEmpty(source)
  const parsed = schema.safeParse(set)
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
  if (!demo && env.PAYMENT_PROVIDER === 'demo')
    throw new Error('PAYMENT_PROVIDER=demo is refused outside demo mode')
  if (!demo && env.SMS_PROVIDER === 'outbox')
    throw new Error('SMS_PROVIDER=outbox is refused outside demo mode')
  return {
    origin,
    dataDir,
    databaseUrl: env.DATABASE_URL,
    files: filesOf(env, dataDir),
    appKeys: env.APP_KEYS ?? demoKeys(dataDir, makeKeys),
    demo,
    captchaFixed: env.CAPTCHA_FIXED,
    sms: smsOf(env),
    identity: alipayOf(env, 'IDENTITY_PROVIDER', demo),
    payment: alipayOf(env, 'PAYMENT_PROVIDER', demo),
    registers: registersOf(env),
    automaticChanges: automaticOf(env.AUTOMATIC_CHANGES),
    metricsToken: env.METRICS_TOKEN,
    buildCommit: env.BUILD_COMMIT,
    limits: readLimits(set),
  }
}
