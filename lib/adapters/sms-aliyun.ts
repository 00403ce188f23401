import type { SmsSettings } from '../env.ts'
import {
  cloudAddress,
  internationalPhone,
  patience,
  type SmsMessage,
  type SmsSender,
  smsBusy,
  smsFailed,
  smsRefused,
  withPatience,
} from './sms.ts'

type Settings = Extract<SmsSettings, { provider: 'aliyun' }>

/** What Aliyun says about the number, the template or the words: asking again changes nothing. */
const forGood: ReadonlySet<string> = new Set([
  'isv.MOBILE_NUMBER_ILLEGAL',
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED',
  'isv.SMS_TEST_NUMBER_LIMIT',
  'isv.SMS_TEMPLATE_ILLEGAL',
  'isv.TEMPLATE_MISSING_PARAMETERS',
  'isv.TEMPLATE_PARAMS_ILLEGAL',
  'isv.SMS_SIGNATURE_ILLEGAL',
  'isv.SMS_SIGN_ILLEGAL',
  'isv.SMS_SIGNATURE_SCENE_ILLEGAL',
  'isv.SMS_CONTENT_ILLEGAL',
  'isv.BLACK_KEY_CONTROL_LIMIT',
  'isv.PARAM_LENGTH_LIMIT',
  'isv.PARAM_NOT_SUPPORT_URL',
  'isv.INVALID_PARAMETERS',
  'isv.INVALID_JSON_PARAM',
])

/** 阿里云短信服务, SendSms of 2017-05-25. The key goes along as OutId, which is in their receipts. */
export function aliyunSms(settings: Settings): SmsSender {
  const address = cloudAddress(settings.endpoint)
  let opened: ReturnType<typeof open> | undefined
  return {
    async send(message) {
      const template = templateOf(settings, message)
      opened ??= open(settings, address)
      const { client, SendSmsRequest } = await opened
      const request = new SendSmsRequest({
        phoneNumbers: internationalPhone(message.phone),
        signName: settings.signName,
        outId: message.key,
        ...template,
      })
      const code = await withPatience(() =>
        client.sendSms(request).then(
          ({ body }) => body?.code,
          // Their errors tell the whole address, and phone and code stand in it.
          (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined),
        ),
      )
      if (code === 'OK') return
      throw faultOf(code)
    },
  }
}

/** Limits of theirs on one phone. */
const perPhone: ReadonlySet<string> = new Set(['isv.BUSINESS_LIMIT_CONTROL', 'isv.DAY_LIMIT_CONTROL'])

function faultOf(code: unknown) {
  if (typeof code !== 'string') return smsFailed(code)
  if (forGood.has(code)) return smsRefused(code)
  return perPhone.has(code) ? smsBusy(code) : smsFailed(code)
}

function templateOf({ codeTemplate, noticeTemplate }: Settings, { code, notice }: SmsMessage) {
  if (code !== undefined) return { templateCode: codeTemplate, templateParam: JSON.stringify({ code }) }
  if (!notice) throw smsRefused('no-template')
  const { number, event } = notice
  return { templateCode: noticeTemplate, templateParam: JSON.stringify({ number, event }) }
}

/** Loaded when the first message goes out, so that who sends by other ways never has it in memory. */
async function open({ keyId, keySecret }: Settings, { host, protocol }: ReturnType<typeof cloudAddress>) {
  const [sdk, { $OpenApiUtil }] = await Promise.all([
    import('@alicloud/dysmsapi20170525'),
    import('@alicloud/openapi-core'),
  ])
  const config = new $OpenApiUtil.Config({
    accessKeyId: keyId,
    accessKeySecret: keySecret,
    endpoint: host,
    protocol,
    connectTimeout: patience,
    readTimeout: patience,
    // Ours come later and carry the same key (MSG-1).
    retryOptions: { retryable: false },
  })
  const Client = defaultOf(sdk.default)
  return { client: new Client(config), SendSmsRequest: sdk.SendSmsRequest }
}

/** Node gives the default of a CommonJS module one level deeper than bundlers do and types say. */
const defaultOf = <T>(found: T): T =>
  typeof found === 'object' && found !== null && 'default' in found ? (found.default as T) : found
