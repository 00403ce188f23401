/** Words of registration, sign-in and 实名认证. */
import { captchaMinutes, certifyMinutes } from '#lib/domain/lifetimes.ts'
import { nameLimits } from '#lib/schemas/name.ts'
import { passwordLimits } from '#lib/schemas/password.ts'
import { smsCodeLimits } from '#lib/schemas/sms-code.ts'
import { instantTime, minuteAfter } from './dates.ts'

const captchaHint = `图中有五个数字，看不清可以听；${captchaMinutes} 分钟内有效`
const codeHint = `${smsCodeLimits.digits} 位数字，${smsCodeLimits.minutes} 分钟内有效`
const passwordHint = `${passwordLimits.minCharacters} 至 ${passwordLimits.maxCharacters} 个字符，什么字符都可以；不能含有证件号码、手机号或姓名`

export const accountWords = {
  fields: {
    idType: { label: '证件类型' },
    idNumber: { label: '证件号码', hint: '与证件上的号码一致，字母不分大小写' },
    nationality: { label: '国籍', hint: '仅护照（外国）需要选择' },
    name: {
      label: '真实姓名',
      hint: `与证件上的姓名一致，最多 ${nameLimits.maxCharacters} 个字；生僻字可以用输入法直接输入，也可以点“生僻字”查找，不要用拼音代替`,
    },
    sex: { label: '性别', hint: '仅港澳台、外国证件需要填写' },
    birth: { label: '出生日期', hint: '仅港澳台、外国证件需要填写，例如 1990-03-07' },
    phone: { label: '手机号', hint: '中国内地手机号，用来接收短信验证码' },
    captcha: { label: '图形验证码', hint: captchaHint },
    code: { label: '短信验证码', hint: codeHint },
    password: { label: '密码', hint: passwordHint },
    passwordAgain: { label: '确认密码', hint: '请把密码再输入一次' },
    claim: {
      label: '我要申诉：这个证件号码是我本人的',
      hint: '注册后需要上传证件图片，由会计管理部门审核；通过以后，证件号码归还给您',
    },
    release: {
      label: '手机号现在由我使用，请从原账户解除',
      hint: '您用短信验证码证明了这个手机号由您使用；原账户的使用人会收到消息',
    },
    newPassword: { label: '新密码', hint: passwordHint },
    newPasswordAgain: { label: '确认新密码', hint: '请把新密码再输入一次' },
    currentPassword: { label: '当前密码', hint: '登录时使用的密码，用来确认是您本人' },
    newPhone: { label: '新手机号', hint: '中国内地手机号，用来接收短信验证码' },
    codeNew: { label: '新手机号收到的短信验证码', hint: codeHint },
    codeOld: { label: '原手机号收到的短信验证码', hint: codeHint },
    closing: { label: '我已了解注销的后果，确认注销账户' },
    login: { label: '证件号码或手机号', hint: '管理部门人员填写登录名' },
    totp: {
      label: '动态验证码（管理部门人员填写）',
      hint: '身份验证器上的 6 位数字，或一个恢复码；会计人员不需要填写',
    },
  },
  sex: { male: '男', female: '女' },
  another: '换一张',
  enlarge: '放大',
  enlarged: '放大图形验证码，在新窗口打开',
  captchaPicture: '图形验证码图片，图中有五个数字',
  captchaSound: '听图形验证码',
  /** Beside the captcha of a form that asks for SMS codes. */
  captchaForCode: `${captchaHint}。每次获取短信验证码都要填写`,
  sendCode: '免费获取验证码',
  retype: '为了安全，密码和验证码没有保留，需要重新填写。',
} as const

export type AccountField = keyof typeof accountWords.fields

export const registerWords = {
  title: '注册',
  lead: '一个人只注册一个账户，注册后用证件号码或手机号登录。',
  submit: '注册',
  sent: (phone: string) =>
    `短信验证码已经发送${phone === '' ? '' : `到 ${phone}`}，请在 ${smsCodeLimits.minutes} 分钟内填写。`,
  /** The provider has not taken it over yet. */
  sending: (phone: string) =>
    `短信验证码正在发送${phone === '' ? '' : `到 ${phone}`}，请稍等片刻；一直没有收到的，请于 ${smsCodeLimits.minutes} 分钟后重新获取。`,
  hasAccount: '已有账户？去登录',
} as const

export const loginWords = {
  title: '会计人员登录',
  lead: '会计人员用证件号码或手机号登录，管理部门人员用登录名登录。',
  submit: '登录',
  expired: '登录已经过期，请重新登录',
  expiredText: '您刚才填写的内容还没有提交，登录后可以接着填写。',
  first: '请先登录，登录后将回到您要打开的页面。',
  noAccount: '没有账户？去注册',
  forgot: '忘记密码',
  done: {
    reset: { title: '密码已重置', text: '所有设备都已退出登录，请用新密码登录。' },
    /** Somebody has signed out in this browser, and a form that was still open came after that. */
    left: {
      title: '登录已经结束，刚才的内容没有保存',
      text: '这个浏览器已经退出登录，刚才的内容不知道是谁的，所以没有保留，以免别人看到。请登录后重新填写。',
    },
    closed: { title: '账户已注销', text: '证件号码和手机号已经解除，可以重新注册。' },
  },
} as const

export const recoveryWords = {
  title: '找回密码',
  lead: '填写的信息需要与注册时一致，短信验证码发送到注册时的手机号。',
  submit: '确认重置密码',
  back: '想起密码了？去登录',
  lostTitle: '注册时的手机号已经不用了？',
  lost: '记得密码的，请登录后在“我的账户”提出账户申诉，更换手机号；密码也忘了的，请用现在的手机号重新注册，提示证件号码已经注册时，勾选“我要申诉”。',
  staff: '管理部门人员不能在这里找回密码，请联系上级部门重新设置登录方式。',
} as const

export const codeWaitWords = {
  /** Said when the page was made; the time that is left counts on from there. */
  sent: (sentAt: Date, nextAt: Date) =>
    `上次发送 ${instantTime(sentAt)}，请于 ${instantTime(minuteAfter(nextAt))} 后再试`,
  left: (seconds: number) => (seconds > 0 ? `还需等待 ${seconds} 秒` : '现在可以再次获取'),
} as const

/** 注意事项 (ACC-5). */
export const cautions = {
  title: '注意事项',
  register: [
    '请使用本人的证件和本人正在使用的手机号注册，证件号码、姓名要与证件完全一致。',
    `每个手机号 ${smsCodeLimits.minutes} 分钟内只能获取一次验证码，验证码 ${smsCodeLimits.minutes} 分钟内有效，只能使用一次。`,
    '验证码不要告诉任何人，工作人员也不会向您索要。',
    '注册完成后，请先完成实名认证，再办理信息采集。',
  ],
  login: [
    '登录名是注册时的证件号码或手机号，证件号码中的字母不分大小写。',
    '连续多次登录失败后需要等待，才能再次尝试。',
    '忘记密码的，请点“忘记密码”，用注册时的手机号接收验证码后重新设置。',
    '一段时间没有操作会自动退出登录；在公共场所使用后，请点“退出”。',
  ],
} as const

export const identityWords = {
  title: '实名认证',
  lead: '信息采集之前，需要先确认是您本人。',
  state: '认证状态',
  yes: '已认证',
  no: '未认证',
  /** Of 线上实名认证 that was sent, where 未认证 would say that nothing has happened. */
  sentStates: { waiting: '图片正在核对', returned: '图片退回修改', refused: '没有通过' },
  who: '认证人',
  how: '认证方式',
  when: '认证时间',
  methods: { '': '', alipay: '支付宝实名认证', documents: '线上实名认证' },
  done: '实名认证已经完成',
  next: '去填写信息采集',
  choose: '请选择一种方式完成认证',
  alipay: '支付宝实名认证',
  alipayText: '使用本人的支付宝账户，几分钟内完成。适用于内地居民身份证。',
  alipayNot: '支付宝实名认证只适用于内地居民身份证，请使用线上实名认证。',
  pictures: '线上实名认证',
  picturesText: '上传证件人像面、证件非人像面和手持证件人像面，由会计管理部门审核。',
  sentPictures: {
    waiting: { text: '图片已经提交，由会计管理部门审核，您暂时不需要做什么。', action: '查看进度' },
    returned: { text: '会计管理部门指出了需要修改的地方，请修改后重新提交。', action: '查看退回意见' },
    refused: { text: '请查看原因，按要求修改后重新提交，或改用支付宝实名认证。', action: '查看原因' },
  },
  otherWay: '也可以改用支付宝实名认证',
  open: '您有一次还没有完成的支付宝实名认证。',
  unanswered: `上一次支付宝实名认证已经超过 ${certifyMinutes} 分钟，还没有查询结果。已经在支付宝完成的，请点“查询认证结果”。`,
  check: '查询认证结果',
  scan: '用手机扫码',
  failed: '上一次认证没有通过',
  failedText: '请确认使用的是本人的支付宝账户，再试一次，或改用线上实名认证。',
} as const

/** The page of the QR code (IDV-2). */
export const certifyWords = {
  title: '支付宝实名认证',
  lead: '请使用本人的支付宝账户完成认证。',
  scan: '用手机支付宝扫码',
  qr: '支付宝实名认证二维码，请用手机支付宝的“扫一扫”扫描',
  how: [
    '打开手机上的支付宝，点“扫一扫”，对准二维码',
    '按支付宝的提示完成人脸验证',
    '回到本页面；认证通过后会自动继续，也可以点“我已完成认证”',
  ],
  until: (at: Date) => `这个二维码在 ${instantTime(at)} 之前有效，请在此之前完成。`,
  here: '支付宝就在这台手机上',
  hereText: '不用扫码，点下面的按钮打开支付宝；完成后请回到本页面。',
  openHere: '在本机打开支付宝',
  after: '在支付宝完成之后',
  done: '我已完成认证',
  againText: '支付宝提示没有通过，或者二维码打不开的，可以重新开始；原来的二维码就不能再用了。',
  again: '重新开始认证',
  over: `这次认证已经结束或超过 ${certifyMinutes} 分钟，请返回实名认证页面查看结果或重新开始。`,
  back: '返回实名认证',
  live: {
    waiting: '正在等待支付宝的认证结果，完成后本页面会自动继续。',
    passed: '认证已经通过，正在打开实名认证页面。',
    failed: '这次认证没有通过，正在打开实名认证页面。',
    over: `这次认证已经超过 ${certifyMinutes} 分钟，请返回实名认证页面。`,
  },
} as const

export const demoCertifyWords = {
  title: '支付宝实名认证（演示）',
  lead: '演示：这里代替支付宝的认证页面，不会连接支付宝，也不会核对任何真实身份。',
  person: '认证人',
  number: '证件号码',
  accept: '确认认证',
  reject: '拒绝',
  over: `这次认证已经结束或超过 ${certifyMinutes} 分钟，请返回实名认证页面重新开始。`,
  back: '返回实名认证',
  scan: '用手机扫码',
} as const
