/** Words of the cases that are one page of pictures and words: 线上实名认证, 身份信息更正, 账户申诉 (IDV-3, IDV-4, ACC-8, ACC-9). */
import { collectionWords } from './collection.ts'
import { dayWords } from './dates.ts'
import { sectionWords } from './sections.ts'

interface DocumentCaseWords {
  readonly title: string
  readonly lead: string
  readonly consent: { readonly title: string; readonly text: (days: number) => string; readonly go: string }
  readonly rules: readonly string[]
  /** What opens a new one after the last was refused, or was approved. */
  readonly again: string
  readonly refused: string
  /** Of the last one that was approved, where another may be filed. */
  readonly approved: string
  readonly waiting: string
}

const pictureTitle = '人脸和证件图片的使用说明'
const { go } = collectionWords.consent
const clear = '四角完整，文字清楚，没有反光和遮挡'
const original = '请上传原图，不要修改或遮盖。'
const kept = (days: number) => `每次查看都有记录，加密保存，办结 ${days} 日后删除`

const kinds = {
  identity: {
    title: sectionWords.identity.title,
    lead: sectionWords.identity.lead,
    consent: {
      title: pictureTitle,
      text: (days) =>
        `这三张图片只用于核对您本人的身份，由所在城市的会计管理部门及其上级部门查看，${kept(days)}。您可以不同意，改用支付宝实名认证。`,
      go,
    },
    rules: [
      `证件人像面、非人像面：${clear}。`,
      '手持证件人像面：本人正面，脸和证件上的文字都要清楚。',
      original,
    ],
    again: '重新认证',
    refused: '没有通过',
    approved: '',
    waiting: '已提交，等待会计管理部门核对',
  },
  correction: {
    title: sectionWords.correction.title,
    lead: sectionWords.correction.lead,
    consent: {
      title: '证件图片的使用说明',
      text: (days) =>
        `证件和证明图片只用于核对这次更正的内容，由所在城市的会计管理部门及其上级部门查看，${kept(days)}。不同意的，不能在线申请更正，请联系会计管理部门。`,
      go,
    },
    rules: [
      `现有证件的人像面、非人像面：${clear}；护照上传资料页。`,
      '更正姓名的，上传户口簿变更页或公安机关的更名证明；更正证件号码的，证件换发后号码变化的可以上传新旧证件的换发证明。',
      original,
      '更正通过以前，平台上的姓名和证件号码不变，仍用原来的证件号码登录。',
    ],
    again: '再次申请更正',
    refused: '上一次申请没有通过',
    approved: '上一次更正已经通过，姓名或证件号码已经更新。',
    waiting: '已提交，等待会计管理部门审核',
  },
  appeal: {
    title: sectionWords.appeal.title,
    lead: sectionWords.appeal.lead,
    consent: {
      title: pictureTitle,
      text: (days) =>
        `证件图片和手持证件图片只用于核对账户属于您本人，由所在城市的会计管理部门及其上级部门查看，${kept(days)}。不同意的，不能在线申诉，请联系会计管理部门。`,
      go,
    },
    rules: [
      `证件人像面、非人像面：${clear}；护照上传资料页。`,
      '手持证件人像面：本人正面，脸和证件上的文字都要清楚。',
      original,
    ],
    again: '重新申诉',
    refused: '上一次申诉没有通过',
    approved: '上一次申诉已经通过。',
    waiting: '已提交，等待会计管理部门审核',
  },
} as const satisfies Record<string, DocumentCaseWords>

/** A case of this sort; also the id of its kind and of its one section. */
export type DocumentKind = keyof typeof kinds

export const documentCaseWords: Readonly<Record<DocumentKind, DocumentCaseWords>> = kinds

export const isDocumentKind = (kind: string): kind is DocumentKind => Object.hasOwn(kinds, kind)

/** The same for every kind. */
export const documentWords = {
  identity: '实名认证',
  account: '我的账户',
  rulesTitle: '图片要求',
  submit: '提交',
  save: '保存',
  saved: '已保存，还没有提交。',
  number: (number: string) => `受理编号 ${number}`,
  twoPeople: '由会计管理部门的两名工作人员先后审核。',
  stage: { 1: '正在初审，之后由另一名工作人员复审。', 2: '初审已经通过，由另一名工作人员复审。' },
  due: (day: string) => `预计在 ${dayWords(day)} 前办结，您暂时不需要做什么。`,
} as const

export const appealWords = {
  title: kinds.appeal.title,
  lost: {
    lead: '登记的手机号收不到短信的，先验证新手机号，再上传证件图片，由会计管理部门的两名工作人员先后审核。通过以后，新手机号才会生效。',
    title: '第一步：验证新手机号',
    present: (phone: string) => `现在登记的手机号：${phone}`,
    otherwise: '原手机号还能收到短信的，不需要申诉，可以直接更换手机号。',
    change: '更换手机号',
    submit: '下一步',
  },
  /** What the panel beside an appeal for a new phone says. */
  phone: {
    title: '更换手机号的申诉',
    next: (phone: string) => `新手机号 ${phone} 已经验证。`,
    what: '通过以后，新手机号代替原手机号，所有设备都会退出登录，请用证件号码或新手机号重新登录。',
    told: '提交时，原手机号也会收到短信。',
  },
  /** What the panel of somebody who claims a number says. */
  number: {
    title: '证件号码已被另一个账户注册',
    state: (number: string) => `您申诉的证件号码：${number}`,
    what: '申诉通过以后，证件号码归还给您。现在登记这个号码的账户没有实名认证的，会被关闭，您刚注册的账户可以立即使用；已经实名认证的，那个账户会交给您，改用您现在的手机号和密码。',
    who: '由您选择的城市的会计管理部门审核，两名工作人员先后作出决定。',
    told: '提交时，现在持有这个证件号码的账户会收到通知。',
    meanwhile: '审核期间，请用手机号和密码登录本页查看进度；通过以后，用证件号码或手机号和密码登录。',
  },
  drop: {
    title: '放弃申诉',
    phone: '放弃以后，新手机号不再保留，原手机号不变。需要时可以重新申诉。',
    number: '放弃以后，这次注册的信息不再保留，您将退出登录。需要时可以重新注册并申诉。',
    submit: '放弃申诉',
    first: '正在审核的申诉，请先撤回，再放弃。',
  },
} as const

export const mendWords = {
  title: kinds.correction.title,
  lead: '还没有实名认证的，可以在这里直接修改注册时填写的身份信息，修改后立即生效。',
  how: [
    '请按现在的证件填写，提交前仔细核对。',
    '修改证件号码以后，用新的证件号码登录。',
    '实名认证以后，更正姓名或证件号码需要上传证明，由会计管理部门审核。',
  ],
  howTitle: '修改说明',
  submit: '保存修改',
  done: '身份信息已经修改。',
  retype: '为了安全，密码没有保留，需要重新填写。',
} as const
