import type { SmsPurpose } from '#lib/schemas/account.ts'
import { smsCodeLimits } from '#lib/schemas/sms-code.ts'

const purposes: Readonly<Record<SmsPurpose, string>> = {
  register: '注册账户',
  recover: '重置密码',
  'phone-old': '更换手机号（验证原手机号）',
  'phone-new': '更换手机号（验证新手机号）',
  'phone-lost': '申诉更换手机号',
}

/** No links in an SMS: people are told never to follow one. */
export const smsText = {
  code: (purpose: SmsPurpose, code: string) =>
    `【会计人员统一服务】您正在${purposes[purpose]}，验证码 ${code}，${smsCodeLimits.minutes} 分钟内有效。请不要告诉任何人；不是本人操作，请不必理会。`,
} as const
