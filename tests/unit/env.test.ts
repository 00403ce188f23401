import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEnv } from '#lib/env.ts'
import { testFolder } from '#tests/support/folder.ts'

const noKeys = () => {
  throw new Error('no keys are to be made here')
}
const read = (env: Record<string, string>) => readEnv({ APP_KEYS: 'k1:abc', DEMO: '1', ...env }, noKeys)

it('takes a variable that is set to nothing for one that is not set', () => {
  const names = [
    'PORT',
    'HOST',
    'APP_ORIGIN',
    'DATA_DIR',
    'DATABASE_URL',
    'FILES_URL',
    'CAPTCHA_FIXED',
    'SMS_PROVIDER',
    'IDENTITY_PROVIDER',
    'PAYMENT_PROVIDER',
    'REGISTER_PROVIDER',
    'LIMITS_DRAFT_DAYS',
    'LIMITS_SESSION_HOURS',
  ]
  const empty = read(Object.fromEntries(names.map((name) => [name, ''])))
  expect(empty).toEqual(read({}))
  expect(empty).toMatchObject({
    origin: 'http://127.0.0.1:3000',
    dataDir: path.resolve('data'),
    databaseUrl: undefined,
    captchaFixed: undefined,
    sms: { provider: 'outbox' },
    identity: { provider: 'demo' },
    payment: { provider: 'demo' },
    limits: { draftDays: 90, sessionHours: 8 },
  })
})

it('is a demo where neither origin nor keys are set, with keys of its own beside the data', async () => {
  const dataDir = path.join(await testFolder(), 'data')
  const made = readEnv({ DATA_DIR: dataDir, APP_ORIGIN: '', APP_KEYS: '', DEMO: '' }, () => 'k1:made')
  expect(made).toMatchObject({ demo: true, appKeys: 'k1:made' })
  expect(readFileSync(`${dataDir}.keys`, 'utf8')).toBe('k1:made')
  expect(statSync(`${dataDir}.keys`).mode & 0o777).toBe(0o600)
  expect(readEnv({ DATA_DIR: dataDir }, noKeys).appKeys).toBe('k1:made')
})

it('writes the origin as a browser does', () => {
  expect(read({ HOST: '::1', PORT: '4000' }).origin).toBe('http://[::1]:4000')
  expect(read({ HOST: 'localhost' }).origin).toBe('http://localhost:3000')
  expect(read({ APP_ORIGIN: 'http://LOCALHOST:3000/' }).origin).toBe('http://localhost:3000')
  expect(read({ HOST: '0.0.0.0', APP_ORIGIN: 'http://127.0.0.1:3000' }).origin).toBe('http://127.0.0.1:3000')
})

const bucketKeys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' }

it.each([
  [{ PORT: 'x' }, /PORT/],
  [{ PORT: '70000' }, /PORT/],
  [{ LIMITS_DRAFT_DAYS: '0' }, /LIMITS_DRAFT_DAYS/],
  [{ SMS_PROVIDER: 'pigeon' }, /SMS_PROVIDER/],
  [{ SMS_PROVIDER: 'http', SMS_HTTP_URL: 'gateway' }, /SMS_HTTP_URL/],
  [{ IDENTITY_PROVIDER: 'wechat' }, /IDENTITY_PROVIDER/],
  [{ PAYMENT_PROVIDER: 'wechat' }, /PAYMENT_PROVIDER/],
  [{ HOST: '0.0.0.0' }, /set APP_ORIGIN/],
  [{ HOST: '::' }, /set APP_ORIGIN/],
  [{ APP_ORIGIN: 'acc.example' }, /APP_ORIGIN/],
  [{ APP_ORIGIN: 'https://acc.example' }, /DEMO=1 is refused/],
  [{ FILES_URL: 's3://pictures' }, /FILES_URL needs AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY/],
  [{ FILES_URL: '/srv/files' }, /FILES_URL must look like s3:/],
  [{ FILES_URL: 'https://s3.example/pictures' }, /FILES_URL must look like s3:/],
  [{ ...bucketKeys, FILES_URL: 's3://pictures/files' }, /FILES_URL must look like s3:/],
  [
    { ...bucketKeys, FILES_URL: 's3://pictures?endpoint=minio:9000' },
    /FILES_URL: the endpoint must be an http/,
  ],
  [{ ...bucketKeys, FILES_URL: 's3://pictures?prefix=a%20b' }, /FILES_URL: the prefix may hold/],
  [{ ...bucketKeys, FILES_URL: 's3://pictures?path_style=1' }, /FILES_URL has no part "path_style"/],
  [{ REGISTER_PROVIDER: 'http' }, /REGISTER_HTTP_URL/],
  [{ AUTOMATIC_CHANGES: 'basic.emial' }, /AUTOMATIC_CHANGES .*not basic\.emial: basic has ethnicity, /],
  [{ AUTOMATIC_CHANGES: 'basic.email education.title' }, /not education\.title: education has place, /],
  [{ AUTOMATIC_CHANGES: 'department.departmentId' }, /not department\.departmentId/],
  [{ AUTOMATIC_CHANGES: 'basic.toString' }, /not basic\.toString/],
  [{ AUTOMATIC_CHANGES: 'basic.slot:portrait' }, /not basic\.slot:portrait/],
  [{ AUTOMATIC_CHANGES: 'email' }, /AUTOMATIC_CHANGES must list section\.field or be none, not email/],
  [
    { REGISTER_PROVIDER: 'http', REGISTER_HTTP_URL: 'http://registers.example' },
    /REGISTER_HTTP_URL must be an https address/,
  ],
  [{ REGISTER_PROVIDER: 'telepathy' }, /REGISTER_PROVIDER/],
  [{ METRICS_TOKEN: 'short' }, /METRICS_TOKEN: at least 16 characters/],
  [{ DEMO: '0', CAPTCHA_FIXED: '12345' }, /CAPTCHA_FIXED/],
  [{ DEMO: '0', APP_KEYS: '' }, /APP_KEYS/],
  [{ DEMO: '0', IDENTITY_PROVIDER: 'demo' }, /IDENTITY_PROVIDER/],
  [{ DEMO: '0', PAYMENT_PROVIDER: 'demo' }, /PAYMENT_PROVIDER/],
  [{ DEMO: '0' }, /SMS_PROVIDER/],
])('says in a sentence what is wrong with %o', (env, sentence) => {
  expect(() => read(env)).toThrow(sentence)
})

it('keeps files in a folder, or in the bucket of an address (OPS-3)', () => {
  expect(read({ DATA_DIR: '/srv/data' }).files).toEqual({ kind: 'folder', dir: '/srv/data/files' })
  const bucket = { kind: 's3', bucket: 'pictures', keyId: 'id', keySecret: 'secret' }
  expect(read({ ...bucketKeys, FILES_URL: 's3://pictures' }).files).toEqual({
    ...bucket,
    endpoint: undefined,
    region: 'us-east-1',
    prefix: '',
    pathStyle: false,
  })
  const whole =
    's3://pictures?endpoint=http://10.0.0.7:9000&region=cn-north-1&prefix=/acc/files/&path-style=1'
  expect(read({ ...bucketKeys, FILES_URL: whole }).files).toEqual({
    ...bucket,
    endpoint: 'http://10.0.0.7:9000',
    region: 'cn-north-1',
    prefix: 'acc/files/',
    pathStyle: true,
  })
})

it('asks registers that were imported, one behind an address, or none (CHK-2)', () => {
  expect(read({}).registers).toEqual({ provider: 'register' })
  expect(read({ REGISTER_PROVIDER: 'off' }).registers).toEqual({ provider: 'off' })
  const http = { REGISTER_PROVIDER: 'http', REGISTER_HTTP_URL: 'https://registers.example/look' }
  expect(read(http).registers).toEqual({
    provider: 'http',
    url: 'https://registers.example/look',
    token: undefined,
  })
})

const templates = { SMS_SIGN_NAME: '会计', SMS_TEMPLATE_CODE: 'T1', SMS_TEMPLATE_NOTICE: 'T2' }
const asRead = { signName: '会计', codeTemplate: 'T1', noticeTemplate: 'T2' }

/** What each provider needs, as it is set and as it is read. */
const providers = {
  'SMS_PROVIDER=http': [
    { SMS_HTTP_URL: 'http://10.0.0.5/sms' },
    { sms: { provider: 'http', url: 'http://10.0.0.5/sms', token: undefined } },
  ],
  'SMS_PROVIDER=aliyun': [
    { ALIYUN_ACCESS_KEY_ID: 'id', ALIYUN_ACCESS_KEY_SECRET: 'secret', ...templates },
    {
      sms: {
        provider: 'aliyun',
        keyId: 'id',
        keySecret: 'secret',
        endpoint: 'https://dysmsapi.aliyuncs.com',
        ...asRead,
      },
    },
  ],
  'SMS_PROVIDER=tencent': [
    { TENCENT_SECRET_ID: 'id', TENCENT_SECRET_KEY: 'key', TENCENT_SMS_APP_ID: '14', ...templates },
    {
      sms: {
        provider: 'tencent',
        secretId: 'id',
        secretKey: 'key',
        appId: '14',
        region: 'ap-guangzhou',
        endpoint: 'https://sms.tencentcloudapi.com',
        ...asRead,
      },
    },
  ],
  'IDENTITY_PROVIDER=alipay': [
    { ALIPAY_APP_ID: 'app', ALIPAY_PRIVATE_KEY: 'private', ALIPAY_PUBLIC_KEY: 'public' },
    {
      identity: {
        provider: 'alipay',
        gateway: 'https://openapi.alipay.com/gateway.do',
        appId: 'app',
        privateKey: 'private',
        publicKey: 'public',
      },
    },
  ],
  'PAYMENT_PROVIDER=alipay': [
    { ALIPAY_APP_ID: 'app', ALIPAY_PRIVATE_KEY: 'private', ALIPAY_PUBLIC_KEY: 'public' },
    { payment: { provider: 'alipay', appId: 'app', privateKey: 'private', publicKey: 'public' } },
  ],
} as const satisfies Record<string, readonly [Record<string, string>, object]>

const real = { DEMO: '0', SMS_PROVIDER: 'http', SMS_HTTP_URL: 'https://sms.example' }

describe.each(Object.entries(providers))('%s', (choice, [needed, expected]) => {
  const [name = '', value = ''] = choice.split('=')
  const without = (left: string) =>
    Object.fromEntries(Object.entries(needed).filter(([variable]) => variable !== left))

  it('is read with all that it needs, in the demo and outside', () => {
    expect(read({ [name]: value, ...needed })).toMatchObject(expected)
    expect(read({ ...real, [name]: value, ...needed })).toMatchObject({ demo: false, ...expected })
  })

  it.each(Object.keys(needed))('names %s where it is missing', (variable) => {
    const sentence = `${choice} needs ${variable}`
    expect(() => read({ [name]: value, ...without(variable) })).toThrow(sentence)
    expect(() => read({ [name]: value, ...needed, [variable]: '' })).toThrow(sentence)
  })
})

it('names every missing variable at once', () => {
  expect(() => read({ SMS_PROVIDER: 'aliyun' })).toThrow(
    'SMS_PROVIDER=aliyun needs ALIYUN_ACCESS_KEY_ID, ALIYUN_ACCESS_KEY_SECRET',
  )
})

it('outside the demo asks no provider who somebody is unless one is named', () => {
  expect(read(real).identity).toEqual({ provider: 'off' })
  expect(read({ ...real, SMS_HTTP_TOKEN: 'token' }).sms).toMatchObject({ token: 'token' })
})
