import { certifyMinutes } from '#lib/domain/lifetimes.ts'
import { smsCodeLimits } from '#lib/schemas/sms-code.ts'
import { instantTime, instantWords, minuteAfter } from './dates.ts'
import type { IssueWords } from './issues.ts'
import { identityTypeWords } from './registration.ts'

const typeWord = (type: string | number | undefined) => identityTypeWords[String(type)] ?? ''
const overAt = (until: string | number | undefined) => minuteAfter(new Date(String(until)))
const timeOf = (until: string | number | undefined) => instantTime(overAt(until))
const momentOf = (until: string | number | undefined) => instantWords(overAt(until))

const examples: Readonly<Record<string, string>> = {
  mainland_id: '18 位，最后一位可以是 X',
  hkmo_residence: '18 位，以 81 或 82 开头',
  tw_residence: '18 位，以 83 开头',
  hkmo_permit: '字母 H 或 M 加 8 位数字，例如 H12345678',
  tw_permit: '8 位数字，例如 12345678',
  foreign_passport: '5 至 20 位字母和数字',
  foreign_pr_card: '以 9 开头的 18 位号码，或 3 个字母加 12 位数字的旧号码',
}

/** Registration, sign-in and identity. */
export const accountIssues: IssueWords = {
  'id-empty': () => '请填写证件号码',
  'id-length': ({ measured, expected }) => `证件号码应为 ${expected} 位，现在是 ${measured} 位，请核对`,
  'id-format': ({ type }) =>
    `${typeWord(type)}号码的格式不对：${examples[String(type)] ?? ''}，请对照证件核对`,
  'id-region': ({ type, belongsTo }) =>
    belongsTo === 'none'
      ? `证件号码的开头不是${typeWord(type)}的号码，请对照证件核对`
      : `这是${typeWord(belongsTo)}的号码，请核对号码，或把证件类型改为${typeWord(belongsTo)}`,
  'id-is-phone': () => '这是手机号的样子，请填写护照上的号码',
  'id-birth': () => '证件号码里的出生日期不存在或晚于今天，请对照证件核对',
  'id-check-digit': () => '证件号码的最后一位校验不通过，可能有一位填错，请对照证件核对',
  'id-nationality': () => '请选择国籍',
  'birth-invalid': () => '出生日期请写成 1990-03-07 的样子，并且不晚于今天',
  'name-empty': (_, { label }) => `请填写${label || '姓名'}`,
  'name-length': ({ measured, max }, { label }) =>
    `${label || '姓名'}共 ${measured} 个字，最多 ${max} 个字，请与证件核对；证件上的姓名更长的，请填写前 ${max} 个字`,
  'name-characters': ({ codePoints }, { label }) =>
    `${label || '姓名'}里有看不见或不能使用的字符（${codePoints}），请删除后重新输入`,
  'phone-empty': (_, { label }) => `请填写${label || '手机号'}`,
  'phone-format': (_, { label }) => `${label || '手机号'}应为 1 开头的 11 位内地手机号，请核对`,
  'code-empty': () => '请填写短信验证码；还没有收到的，请点“免费获取验证码”',
  'code-format': () => `短信验证码是 ${smsCodeLimits.digits} 位数字，请核对`,
  'code-wrong': () =>
    `短信验证码不对或已经失效。请核对最近一条短信；多次输错或超过 ${smsCodeLimits.minutes} 分钟的，请重新获取`,
  'password-empty': (_, { label }) => `请填写${label || '密码'}`,
  'password-same': () => '新密码与当前密码相同，请换一个',
  'password-wrong': () =>
    '当前密码不对，请重新输入；忘记密码的，会计人员请退出后点“忘记密码”，管理部门人员请联系上级部门',
  'password-too-many': ({ until }) => `密码输错的次数过多，请于 ${momentOf(until)} 后再试`,
  'recovery-wrong': () =>
    '填写的信息与注册时的不一致，或短信验证码不对、已经失效，密码没有重置。请逐项核对；必要时重新获取短信验证码',
  'recovery-too-many': ({ until }) => `尝试找回密码的次数过多，请于 ${momentOf(until)} 后再试`,
  'phone-same': () => '新手机号与现在登记的手机号相同，请填写新的手机号',
  'phone-held': () =>
    '这个手机号现在登记在另一个账户。确实由您本人使用的，请勾选“手机号现在由我使用”，重新填写验证码后再次提交',
  'totp-empty': () => '请填写动态验证码',
  'totp-wrong': () => '动态验证码不对或已经用过，请等身份验证器显示新的数字后再填写',
  'closing-unconfirmed': () => '请先勾选“我已了解注销的后果，确认注销账户”',
  'export-too-many': ({ until }) => `今天导出的次数过多，请于 ${momentOf(until)} 后再试`,
  'print-too-many': ({ until }) =>
    `一小时内下载 PDF 的次数过多，请于 ${timeOf(until)} 后再试，或用浏览器打印本页`,
  'print-busy': () => '现在生成 PDF 的人较多，请过一会儿再点，或用浏览器打印本页',
  'print-too-long': () => '会计工作经历太多，放不进 PDF，请用浏览器打印本页',
  'receipt-nothing': () => '还没有可以打印的内容，信息采集审核通过后再生成',
  'receipt-per-day': ({ limit, until }) =>
    `24 小时内最多生成 ${limit} 份，请于 ${momentOf(until)} 后再试；已经生成的可以继续打印`,
  'receipt-code-format': ({ length }) => `查验码是 ${length} 位字母和数字，请对照纸面核对`,
  'verify-too-many': ({ until }) => `这个网络查验的次数过多，请于 ${timeOf(until)} 后再试`,
  'password-too-short': ({ min }) => `密码至少 ${min} 个字符，请加长`,
  'password-too-long': ({ max }) => `密码最多 ${max} 个字符，请缩短`,
  'password-common': () => '这个密码太常见，容易被猜到，请换一个',
  'password-contains-id': () => '密码里不能有证件号码，请换一个',
  'password-contains-phone': () => '密码里不能有手机号，请换一个',
  'password-contains-name': () => '密码里不能有姓名，请换一个',
  'password-mismatch': () => '两次输入的密码不一样，请重新输入',
  'captcha-empty': () => '请填写图形验证码',
  'captcha-wrong': () => '图形验证码不对或已经过期，请按新的图片填写',
  'captcha-too-many': ({ until }) => `您所在的网络填写图形验证码次数过多，请于 ${timeOf(until)} 后再试`,
  'sms-wait': ({ until }) => `这个手机号刚刚获取过验证码，请于 ${timeOf(until)} 后再试`,
  'sms-too-many': ({ until }) => `从您的网络或浏览器获取短信验证码的次数过多，请于 ${timeOf(until)} 后再试`,
  'sms-phone-day': ({ until }) => `这个手机号今天获取验证码的次数过多，请于 ${momentOf(until)} 后再试`,
  'sms-refused': () => '短信没有发出，这个手机号现在不能接收短信。请核对手机号后重新获取',
  'id-taken': ({ registered }) =>
    registered
      ? '这个证件号码已被另一个账户使用，没有修改。请核对；证件确实是您本人的，请注销这个账户，再用本人的证件号码注册，并勾选“我要申诉”'
      : '这个证件号码已经注册。如果是您本人注册的，请直接登录或找回密码；如果不是，或者无法登录，请勾选“我要申诉”后再次点“注册”',
  'phone-taken': () =>
    '这个手机号已经用于另一个账户。如果是您本人注册的，请直接登录；如果不是，请勾选“手机号现在由我使用”后再次点“注册”，或换一个手机号',
  'taken-too-often': () => '尝试的次数过多，请 24 小时以后再试',
  'login-empty': () => '请填写证件号码或手机号',
  'sign-in-wrong': () => '登录信息不对，请核对证件号码或手机号、密码；管理部门人员同时核对动态验证码',
  'sign-in-slow': ({ until }) => `连续登录失败次数过多，请于 ${timeOf(until)} 后再试`,
  'sign-in-blocked': ({ until }) =>
    `这个账号登录失败次数过多，暂时不能从您所在的网络登录，请于 ${momentOf(until)} 后再试`,
  'correction-needs-review': () =>
    '您已经通过实名认证，更正姓名或证件号码需要上传证明并经过审核，请在本页申请更正',
  'identity-under-review': () => '您有正在审核的申请，现在不能修改身份信息；请等待审核结果，或先撤回申请',
  'appeal-under-review': () => '您的申诉正在审核，现在不能修改或放弃；需要时请先撤回',
  'certify-not-offered': () => '现在不能使用支付宝实名认证，请使用线上实名认证',
  'certify-unavailable': () => '支付宝暂时没有回应，请稍后再试，或使用线上实名认证',
  'certify-declined': () => '支付宝没有受理这次认证，请核对证件号码和姓名，或使用线上实名认证',
  'certify-too-many': () => '重新开始认证的次数过多，请一小时后再试，或使用线上实名认证',
  'certify-notice-unsigned': () => '这个通知没有支付宝的签名',
  'certify-over': () => `这次认证已经结束或超过 ${certifyMinutes} 分钟，请重新开始`,
}
