import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { isSmsRefused, type SmsMessage, type SmsSender } from '#lib/adapters/sms.ts'
import { aliyunSms } from '#lib/adapters/sms-aliyun.ts'
import { httpSms } from '#lib/adapters/sms-http.ts'
import { tencentSms } from '#lib/adapters/sms-tencent.ts'
import { steppedClock } from '#tests/support/deps.ts'
import {
  aliyunSettings,
  aliyunStandIn,
  httpSettings,
  type Reply,
  standIn,
  tencentSettings,
  tencentStandIn,
} from '#tests/support/sms-stand-ins.ts'

const clock = steppedClock('2026-11-21T02:00:00Z')
// With everything in it that an encoding may get wrong.
const code: SmsMessage = {
  phone: '13912345678',
  purpose: 'register',
  code: '012345',
  text: '【会计】验证码 012345',
  key: "key-1!'()*~ +/",
}
const { code: _none, ...rest } = code
const notice: SmsMessage = {
  ...rest,
  purpose: 'outcome',
  text: '您的申请已审核通过',
  notice: { number: 'C2026112100000001', event: '审核通过（第 1 轮）' },
}

/** Proxies of this machine are not for the loopback. */
beforeEach(() => {
  vi.stubEnv('http_proxy', '')
})

/** How a send ended, and that what it threw tells nothing about anybody. */
async function endOf(sender: SmsSender, message = code): Promise<string> {
  try {
    await sender.send(message)
    return 'taken over'
  } catch (error) {
    const told = inspect(error, { depth: null, showHidden: true })
    for (const secret of ['13912345678', '012345', '验证码', '审核通过', '-secret', 'gate-token'])
      expect(told).not.toContain(secret)
    if (!(error instanceof Error)) throw error
    return `${isSmsRefused(error) ? 'refused' : 'later'}: ${error.message.split(': ')[1]}`
  }
}

async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return `http://127.0.0.1:${port}`
}

const providers = {
  http: (url: string) => httpSms(httpSettings(url), clock),
  aliyun: (url: string) => aliyunSms(aliyunSettings(url)),
  tencent: (url: string) => tencentSms(tencentSettings(url)),
}

describe.each(Object.entries(providers))('%s', (name, make) => {
  it('tries again later where nobody answers', async () => {
    expect(await endOf(make(await freePort()))).toMatch(/^later: /)
  })

  it.each<[string, Reply]>([
    ['a fault', { status: 500, body: 'no' }],
    ['a busy gateway', { status: 503, body: { Code: 'ServiceUnavailable' } }],
    ['being asked too often', { status: 429, body: {} }],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' }, body: '' }],
  ])('tries again later after %s', async (_what, reply) => {
    const provider = await standIn((call) => (call.url.pathname === '/elsewhere' ? {} : reply))
    expect(await endOf(make(provider.url))).toMatch(/^later: /)
  })

  it('asks once each time, with the same key', async () => {
    const provider = await standIn(() => ({ status: 500, body: '{}' }))
    const sender = make(provider.url)
    for (let times = 1; times <= 2; times += 1) {
      await endOf(sender)
      expect(provider.calls).toHaveLength(times)
    }
    const keys = provider.calls.map(({ headers, url, body }) => {
      if (name === 'http') return headers['idempotency-key']
      return name === 'aliyun' ? url.searchParams.get('OutId') : JSON.parse(body).SessionContext
    })
    expect(keys).toEqual([code.key, code.key])
  })
})

it('no provider is waited for longer than three seconds', async () => {
  const slow = await standIn(() => ({ after: 5000, body: '{"Code":"OK"}' }))
  const began = performance.now()
  const ends = await Promise.all(Object.values(providers).map((make) => endOf(make(slow.url))))
  expect(ends).toEqual(['later: timeout', 'later: timeout', 'later: timeout'])
  const took = performance.now() - began
  expect(took).toBeGreaterThan(2900)
  expect(took).toBeLessThan(4500)
}, 10_000)

describe('a gateway of one’s own', () => {
  it('gets the message as JSON, with its key and the token', async () => {
    const gateway = await standIn(() => ({ status: 202 }))
    expect(await endOf(httpSms(httpSettings(gateway.url), clock))).toBe('taken over')
    const [call] = gateway.calls
    expect(call).toMatchObject({
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': code.key,
        authorization: 'Bearer gate-token',
      },
    })
    expect(call?.url.pathname).toBe('/sms')
    expect(JSON.parse(call?.body ?? '')).toEqual({ at: '2026-11-21T02:00:00.000Z', ...code })
  })

  it('gets no token where none is set, and no code where there is none', async () => {
    const gateway = await standIn(() => ({}))
    const sender = httpSms({ ...httpSettings(gateway.url), token: undefined }, clock)
    expect(await endOf(sender, notice)).toBe('taken over')
    expect(gateway.calls[0]?.headers).not.toHaveProperty('authorization')
    expect(Object.keys(JSON.parse(gateway.calls[0]?.body ?? ''))).toEqual([
      'at',
      'phone',
      'purpose',
      'text',
      'key',
    ])
  })

  it.each([400, 410, 422])('refuses for good by %i', async (status) => {
    const gateway = await standIn(() => ({ status }))
    expect(await endOf(httpSms(httpSettings(gateway.url), clock))).toBe(`refused: HTTP-${status}`)
  })

  it.each([302, 307, 401, 403, 404, 408, 425, 429, 500, 599])(
    'may be asked again after %i',
    async (status) => {
      const gateway = await standIn(() => ({ status, headers: { location: '/elsewhere' } }))
      expect(await endOf(httpSms(httpSettings(gateway.url), clock))).toBe(`later: HTTP-${status}`)
      expect(gateway.calls).toHaveLength(1)
    },
  )

  it('is believed by its status, however long it goes on talking', async () => {
    const endless = createServer((_request, response) => {
      response.writeHead(200)
      const talk = setInterval(() => response.write('x'.repeat(64 * 1024)), 5)
      response.on('close', () => clearInterval(talk))
    })
    await new Promise<void>((ready) => endless.listen(0, '127.0.0.1', ready))
    const { port } = endless.address() as AddressInfo
    const began = performance.now()
    expect(await endOf(httpSms(httpSettings(`http://127.0.0.1:${port}`), clock))).toBe('taken over')
    expect(performance.now() - began).toBeLessThan(1500)
    endless.closeAllConnections()
    endless.close()
  })
})

describe('Aliyun', () => {
  it('gets a signed SendSms with the template of a code', async () => {
    const cloud = await aliyunStandIn('OK')
    expect(await endOf(aliyunSms(aliyunSettings(cloud.url)))).toBe('taken over')
    const [call] = cloud.calls
    expect(call?.headers).toMatchObject({ 'x-acs-action': 'SendSms', 'x-acs-version': '2017-05-25' })
    expect(Object.fromEntries(call?.url.searchParams ?? [])).toEqual({
      PhoneNumbers: '+8613912345678',
      SignName: '会计人员服务',
      TemplateCode: 'SMS_1',
      TemplateParam: '{"code":"012345"}',
      OutId: code.key,
    })
  })

  it('gets the template of a notice where there is no code', async () => {
    const cloud = await aliyunStandIn('OK')
    expect(await endOf(aliyunSms(aliyunSettings(cloud.url)), notice)).toBe('taken over')
    expect(cloud.calls[0]?.url.searchParams.get('TemplateCode')).toBe('SMS_2')
    expect(JSON.parse(cloud.calls[0]?.url.searchParams.get('TemplateParam') ?? '')).toEqual(notice.notice)
  })

  it('does not believe a wrong signature, and that is for the operator to mend', async () => {
    const cloud = await aliyunStandIn('OK')
    expect(await endOf(aliyunSms(aliyunSettings(cloud.url, 'another-secret')))).toBe(
      'later: SignatureDoesNotMatch',
    )
  })

  it.each([
    ['isv.MOBILE_NUMBER_ILLEGAL', 'refused'],
    ['isv.SMS_TEMPLATE_ILLEGAL', 'refused'],
    ['isv.TEMPLATE_PARAMS_ILLEGAL', 'refused'],
    ['isv.BLACK_KEY_CONTROL_LIMIT', 'refused'],
    ['isv.BUSINESS_LIMIT_CONTROL', 'later'],
    ['isv.DAY_LIMIT_CONTROL', 'later'],
    ['isv.AMOUNT_NOT_ENOUGH', 'later'],
    ['isp.SYSTEM_ERROR', 'later'],
    ['Throttling.User', 'later'],
  ])('says %s, which means %s', async (said, meant) => {
    const cloud = await aliyunStandIn(said)
    expect(await endOf(aliyunSms(aliyunSettings(cloud.url)))).toBe(`${meant}: ${said}`)
  })

  it('is understood by its code whatever its status is', async () => {
    const cloud = await standIn(() => ({
      status: 400,
      body: { Code: 'isv.MOBILE_NUMBER_ILLEGAL', Message: '13912345678' },
    }))
    expect(await endOf(aliyunSms(aliyunSettings(cloud.url)))).toBe('refused: isv.MOBILE_NUMBER_ILLEGAL')
  })
})

describe('Tencent', () => {
  it('gets a signed SendSms with the template of a code', async () => {
    const cloud = await tencentStandIn('Ok')
    expect(await endOf(tencentSms(tencentSettings(cloud.url)))).toBe('taken over')
    const [call] = cloud.calls
    expect(call).toMatchObject({
      method: 'POST',
      headers: {
        'x-tc-action': 'SendSms',
        'x-tc-version': '2021-01-11',
        'x-tc-region': 'ap-guangzhou',
      },
    })
    expect(JSON.parse(call?.body ?? '')).toEqual({
      PhoneNumberSet: ['+8613912345678'],
      SmsSdkAppId: '1400006666',
      SignName: '会计人员服务',
      TemplateId: 'SMS_1',
      TemplateParamSet: ['012345'],
      SessionContext: code.key,
    })
  })

  it('gets the template of a notice where there is no code', async () => {
    const cloud = await tencentStandIn('Ok')
    expect(await endOf(tencentSms(tencentSettings(cloud.url)), notice)).toBe('taken over')
    expect(JSON.parse(cloud.calls[0]?.body ?? '')).toMatchObject({
      TemplateId: 'SMS_2',
      TemplateParamSet: ['C2026112100000001', '审核通过（第 1 轮）'],
    })
  })

  it('does not believe a wrong signature, and that is for the operator to mend', async () => {
    const cloud = await tencentStandIn('Ok')
    expect(await endOf(tencentSms(tencentSettings(cloud.url, 'another-secret')))).toBe(
      'later: AuthFailure.SignatureFailure',
    )
  })

  it.each([
    ['FailedOperation.PhoneNumberInBlacklist', 'refused'],
    ['FailedOperation.TemplateUnapprovedOrNotExist', 'refused'],
    ['InvalidParameterValue.IncorrectPhoneNumber', 'refused'],
    ['LimitExceeded.PhoneNumberThirtySecondLimit', 'later'],
    ['LimitExceeded.PhoneNumberDailyLimit', 'later'],
    ['FailedOperation.InsufficientBalanceInSmsPackage', 'later'],
    ['InternalError.Timeout', 'later'],
  ])('says %s, which means %s', async (said, meant) => {
    const cloud = await tencentStandIn(said)
    expect(await endOf(tencentSms(tencentSettings(cloud.url)))).toBe(`${meant}: ${said}`)
    const whole = await standIn(() => ({
      body: { Response: { Error: { Code: said, Message: '13912345678' } } },
    }))
    expect(await endOf(tencentSms(tencentSettings(whole.url)))).toBe(`${meant}: ${said}`)
  })
})

describe('clouds', () => {
  it.each([
    '',
    'no JSON {',
    '[]',
    '"OK"',
    '{}',
    '{"Code":7}',
    '{"Response":{}}',
    '{"Response":null}',
    'null',
  ])('may be asked again after an answer that is none: %j', async (body) => {
    const muttering = await standIn(() => ({ body }))
    for (const make of [providers.aliyun, providers.tencent])
      expect(await endOf(make(muttering.url))).toMatch(/^later: /)
  })

  it('are never asked for what has neither code nor notice', async () => {
    const nobody = await standIn(() => ({}))
    for (const make of [providers.aliyun, providers.tencent])
      expect(await endOf(make(nobody.url), rest)).toBe('refused: no-template')
    expect(nobody.calls).toEqual([])
  })

  it('are called by https, save on this machine', () => {
    for (const endpoint of ['http://dysmsapi.aliyuncs.com', 'http://10.0.0.1', 'ftp://127.0.0.1'])
      for (const make of [providers.aliyun, providers.tencent])
        expect(() => make(endpoint)).toThrow(/must be https/)
    expect(() => providers.tencent('https://sms.tencentcloudapi.com')).not.toThrow()
  })

  it('say what is wrong in a word, and nothing else gets through', async () => {
    const cloud = await aliyunStandIn('isv.X13912345678')
    expect(await endOf(aliyunSms(aliyunSettings(cloud.url)))).toBe('later: unknown')
  })
})
