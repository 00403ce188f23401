import { z } from 'zod'
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

type Settings = Extract<SmsSettings, { provider: 'tencent' }>

/** What Tencent says about the number, the template or the words: asking again changes nothing. */
const forGood: ReadonlySet<string> = new Set([
  'FailedOperation.ContainSensitiveWord',
  'FailedOperation.PhoneNumberInBlacklist',
  'FailedOperation.PhoneNumberParseFail',
  'FailedOperation.SignatureIncorrectOrUnapproved',
  'FailedOperation.TemplateIncorrectOrUnapproved',
  'FailedOperation.TemplateUnapprovedOrNotExist',
  'FailedOperation.TemplateParamSetNotMatchApprovedTemplate',
  'InvalidParameterValue.ContentLengthLimit',
  'InvalidParameterValue.IncorrectPhoneNumber',
  'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter',
  'InvalidParameterValue.TemplateParameterFormatError',
  'InvalidParameterValue.TemplateParameterLengthLimit',
])

/** An answer is about each number; we send to one. */
const answer = z.object({ SendStatusSet: z.tuple([z.object({ Code: z.string() })]) })

/** 腾讯云短信, SendSms of 2021-01-11. The key goes along as SessionContext, which is in their receipts. */
export function tencentSms(settings: Settings): SmsSender {
  const address = cloudAddress(settings.endpoint)
  let opened: ReturnType<typeof open> | undefined
  return {
    async send(message) {
      const body = {
        PhoneNumberSet: [internationalPhone(message.phone)],
        SmsSdkAppId: settings.appId,
        SignName: settings.signName,
        SessionContext: message.key,
        ...templateOf(settings, message),
      }
      opened ??= open(settings, address)
      const client = await opened
      const code = await withPatience((signal) =>
        // `SendSms` itself takes no signal.
        client.request('SendSms', body, { signal }).then(
          (found: unknown) => answer.safeParse(found).data?.SendStatusSet[0].Code,
          (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined),
        ),
      )
      if (code === 'Ok') return
      throw faultOf(code)
    },
  }
}

function faultOf(code: unknown) {
  if (typeof code !== 'string') return smsFailed(code)
  if (forGood.has(code)) return smsRefused(code)
  // Limits of theirs on one phone.
  return code.startsWith('LimitExceeded.PhoneNumber') ? smsBusy(code) : smsFailed(code)
}

function templateOf({ codeTemplate, noticeTemplate }: Settings, { code, notice }: SmsMessage) {
  if (code !== undefined) return { TemplateId: codeTemplate, TemplateParamSet: [code] }
  if (!notice) throw smsRefused('no-template')
  return { TemplateId: noticeTemplate, TemplateParamSet: [notice.number, notice.event] }
}

/** Loaded when the first message goes out, so that who sends by other ways never has it in memory. */
async function open(
  { secretId, secretKey, region }: Settings,
  { host, protocol }: ReturnType<typeof cloudAddress>,
) {
  const { sms } = await import('tencentcloud-sdk-nodejs-sms')
  return new sms.v20210111.Client({
    credential: { secretId, secretKey },
    region,
    profile: { httpProfile: { endpoint: host, protocol: `${protocol}://`, reqTimeout: patience / 1000 } },
  })
}
