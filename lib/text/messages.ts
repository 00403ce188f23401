/** Words of the inbox and of its SMS (MSG-1): what happened, what comes next and by when. No links in an SMS, no names. */
import { isExamLevel } from '#lib/domain/exams.ts'
import { dayWords, instantWords } from './dates.ts'
import { isRefundReason, paymentWords } from './exam-payments.ts'
import { moneyWords, sessionTitle } from './exams.ts'
import { exportName } from './exports.ts'
import { optionWord } from './options.ts'
import { caseKindWords } from './review.ts'

/** What a message says; ids, numbers and days only, never personal data. */
export type MessageData = Readonly<Record<string, string | number>>

interface MessageWords {
  readonly title: (data: MessageData) => string
  readonly text: (data: MessageData) => string
  /** Two or three words of what happened: the parameter of an SMS template. */
  readonly event: string
  /** What the SMS says comes next, where that is not the inbox; '' where it is. */
  readonly next?: (data: MessageData) => string
}

const kindName = ({ kind }: MessageData) =>
  Object.entries(caseKindWords).find(([id]) => id === kind)?.[1].name ?? ''
const by = ({ due }: MessageData) => (due ? `，预计在 ${dayWords(String(due))} 前办结` : '')
const count = ({ findings }: MessageData) =>
  findings ? `指出了 ${findings} 处需要修改的地方` : '提出了修改意见'

/** The first by its name, the others by their number. */
const departmentsIn = ({ department, departments }: MessageData) =>
  Number(departments) > 1 ? `${department}等 ${departments} 个部门` : String(department)

const ofCase = (event: string, text: (data: MessageData) => string): MessageWords => ({
  event,
  title: (data) => `${kindName(data)}${event}`,
  text,
})
const ofAccount = (event: string, text: string): MessageWords => ({
  event,
  title: () => event,
  text: () => text,
})

/** For members of staff: opened from the inbox it leads to the case as reviewers see it. */
const ofStaff = (event: string, text: (data: MessageData) => string): MessageWords => ({
  event,
  title: () => event,
  text,
})
const caseOf = (data: MessageData) => `受理编号 ${data.number}（${kindName(data)}，${data.department}），`

const penaltyWord = (nature: string) => optionWord('penaltyKind', nature)

const signIn = '请用证件号码和密码登录平台。'
const ifNotYou = '如果不是您本人操作，请立即找回密码，并在“登录设备与记录”中退出其他设备'

/** EXM-3: what is paid for counts, not what was approved. */
const examNext = ({ payBy, late }: MessageData) => {
  if (!payBy) return '这次报名不用缴费，已经报名成功。'
  const deadline = instantWords(new Date(String(payBy)))
  return late
    ? `但缴费已在 ${deadline} 截止，这次报名将关闭，名额不再保留。有疑问请联系会计管理部门。`
    : `请在 ${deadline} 前缴费，缴费后状态显示“报名成功”，才算完成。`
}

const examOf = ({ level, year }: MessageData) => {
  const id = String(level)
  return isExamLevel(id) ? sessionTitle({ level: id, year: Number(year) }) : ''
}
const paymentWhy = (why: string) => (isRefundReason(why) ? paymentWords.why[why] : '')
const ofExam = (event: string, text: (data: MessageData) => string): MessageWords => ({
  event,
  title: () => `考试报名：${event}`,
  text,
})

export const messageWords = {
  'case-submitted': ofCase(
    '已提交',
    (data) => `受理编号 ${data.number}，由${data.department}审核${by(data)}。审核人员领取之前可以撤回修改。`,
  ),
  'case-advanced': ofCase('初审通过', (data) =>
    data.kind === 'transfer'
      ? `受理编号 ${data.number}，调出地已经确认，由调入地${data.department}审核${by(data)}。您暂时不需要做什么。`
      : `受理编号 ${data.number}，已经通过初审，由另一名工作人员复审${by(data)}。您暂时不需要做什么。`,
  ),
  'transfer-needless': ofCase(
    '已终止',
    (data) =>
      `受理编号 ${data.number}，调出地和调入地已经合并为${data.department}，不需要再调转，这份申请已经终止。`,
  ),
  'case-returned': ofCase(
    '退回修改',
    (data) =>
      `受理编号 ${data.number}，${data.department}${count(data)}。请按意见修改后重新提交，没有指出的部分不用改动。`,
  ),
  'case-returned-by-check': ofCase(
    '机器核验不一致，请核对',
    (data) =>
      `受理编号 ${data.number}，与登记系统核验时有 ${data.findings} 处不一致，还没有转给会计管理部门。填写有误的，改正后重新提交，不用上传证明材料；填写无误的，不用改动，上传页面上列出的证明材料后重新提交，由会计管理部门人工审核。`,
  ),
  'case-forwarded': ofCase(
    '已转办',
    (data) => `受理编号 ${data.number}，已转到${data.department}审核${by(data)}。您不需要重新提交。`,
  ),
  'department-merged': ofCase(
    '办理部门调整',
    (data) =>
      `您选择的会计管理部门已经合并，您的${kindName(data)}改由${data.department}办理。已填写的内容没有变化，您不需要重新选择。`,
  ),
  'case-approved': {
    ...ofCase(
      '审核通过',
      (data) =>
        `受理编号 ${data.number}，${data.kind === 'exam' ? `考试报名的资格审核已经通过。${examNext(data)}` : `${data.department}已经审核通过。`}${data.kind === 'appeal' ? signIn : ''}${data.kind === 'objection' ? '您提出异议的那一条奖惩信息已经撤销。' : ''}${data.kind === 'transfer' ? `您现在属于${data.department}，以后的业务由它办理。` : ''}`,
    ),
    // Who is signed out by it, or signed out of an account that is no more, has no inbox to look into.
    next: (data) => (data.kind === 'appeal' ? signIn : ''),
  },
  'case-approved-by-rule': ofCase(
    '已自动审核通过',
    (data) => `受理编号 ${data.number}，已自动审核通过，无需人工审核，登记的信息已经更新。您不需要做什么。`,
  ),
  'case-refused': ofCase(
    '不予通过',
    (data) => `受理编号 ${data.number}，${data.department}作出不予通过的决定，请查看原因。`,
  ),
  'case-withdrawn': ofCase(
    '已撤回',
    (data) => `受理编号 ${data.number}，您已撤回这次提交，修改后可以重新提交。`,
  ),
  'exam-withdrawn': ofCase(
    '已撤回',
    (data) => `受理编号 ${data.number}，您已撤回报名，名额不再保留。报名截止前可以重新报名。`,
  ),
  'exam-paid': ofExam(
    '报名成功',
    (data) => `${examOf(data)}缴费已经确认，报名成功，报名序号 ${data.entry}。`,
  ),
  'exam-unpaid': ofExam(
    '报名已关闭',
    (data) => `受理编号 ${data.number}，${examOf(data)}到缴费截止时间没有缴费，报名已经关闭，名额不再保留。`,
  ),
  'exam-refund': ofExam(
    '付款需要退款',
    (data) =>
      `受理编号 ${data.number}，收到您 ${moneyWords(Number(data.amount))} 的付款，${paymentWhy(String(data.why))}，将原路退款，您不需要做什么。`,
  ),
  'exam-refunded': ofExam(
    '付款已退款',
    (data) => `受理编号 ${data.number}，您 ${moneyWords(Number(data.amount))} 的付款已经原路退回支付宝账户。`,
  ),
  'penalty-entered': {
    event: '行政处罚已登记',
    title: () => '行政处罚已登记',
    text: ({ number, department, nature, decidedOn }) =>
      `受理编号 ${number}，${department}登记了 ${dayWords(String(decidedOn))} 作出的行政处罚决定：${penaltyWord(String(nature))}。认为登记有误的，可以在“奖惩信息”中提出异议，由另外两名工作人员核实。`,
  },
  'draft-ended': ofCase(
    '草稿已清除',
    (data) => `这份草稿超过 ${data.days} 天没有修改，已按规定清除。需要办理的，请重新填写。`,
  ),
  'identity-verified': ofAccount('实名认证完成', '您已通过支付宝实名认证，可以开始信息采集。'),
  'identity-corrected': ofAccount('身份信息已更正', `您修改了姓名或证件号码。${ifNotYou}。`),
  'password-reset': ofAccount('密码已重置', `您的密码已经重置，所有设备都已退出登录。${ifNotYou}。`),
  'password-changed': ofAccount('密码已修改', `您的密码已经修改，其他设备都已退出登录。${ifNotYou}。`),
  'phone-changed': ofAccount('手机号已更换', `您登记的手机号已经更换。${ifNotYou}。`),
  'phone-released': ofAccount(
    '手机号已解除',
    '您登记的手机号现在由他人使用，对方已通过短信验证，这个号码已从您的账户解除。请用证件号码登录，并登记新的手机号。',
  ),
  'number-claimed': ofAccount(
    '证件号码被申诉',
    '有人对您账户的证件号码提出申诉，会计管理部门正在审核。如果证件是您本人的，请尽快完成实名认证，并联系会计管理部门。',
  ),
  'case-assigned': ofStaff(
    '申请已指派给您',
    ({ until, ...data }) =>
      `${caseOf(data)}由部门管理员指派给您审核，请在 ${instantWords(new Date(String(until)))} 前办理；到期没有办结的，其他审核员可以领取。`,
  ),
  'case-reassigned': ofStaff(
    '申请已改派给他人',
    (data) => `${caseOf(data)}由部门管理员改派给其他审核员，您不用再处理。您保存过的意见仍然保留。`,
  ),
  'late-return': ofStaff(
    '一次性告知提醒',
    (data) =>
      `${caseOf(data)}第 ${data.round} 次提交后被退回，有 ${data.findings} 处所指的内容在第 ${data.since} 次提交时已经可以看到，当时没有指出。请了解情况。`,
  ),
  'export-ready': ofStaff(
    '导出的文件已生成',
    (data) =>
      `您导出的${exportName(String(data.export))}已经生成，共 ${data.rows} 行，请在 ${instantWords(new Date(String(data.until)))} 以前下载。`,
  ),
  'export-failed': ofStaff(
    '导出的文件未能生成',
    (data) => `您导出的${exportName(String(data.export))}未能生成，请到“数据导出”查看原因。`,
  ),
  'account-handed-over': ofAccount(
    '账户申诉通过',
    '经会计管理部门审核，这个账户已交还给证件的持有人，登记的手机号和密码已经更换。',
  ),
  'credits-entered': {
    event: '继续教育学分已登记',
    title: () => '继续教育学分已登记',
    text: (data) =>
      `${data.department}按学员名单为您登记了 ${data.entries} 项继续教育，共 ${data.credits} 学分。有疑问的，请联系会计管理部门。`,
  },
  'leave-set': {
    event: '请假已登记',
    title: () => '请假已登记',
    text: ({ until }) =>
      `上级部门为您登记了请假，至 ${dayWords(String(until))}。请假期间不能领取和审核申请，已领取的申请已退回待领取。提前上岗的，请在“我的账户 · 请假”中结束请假。`,
  },
  'leave-ended': ofAccount('请假已结束', '上级部门结束了您的请假，现在可以领取和审核申请。'),
  'deputy-given': {
    event: '代审',
    title: () => '由您代审',
    text: (data) =>
      `同事请假期间，${departmentsIn(data)}的申请由您代审，至 ${dayWords(String(data.until))}。代谁审核，在“我的账户”中查看。`,
  },
  'deputy-ended': {
    event: '代审结束',
    title: () => '代审已结束',
    text: (data) => `${departmentsIn(data)}的代审已经结束，您不再审核这里的申请。`,
  },
  'department-unattended': {
    event: '下级部门无人审核',
    title: (data) => `无人审核：${departmentsIn(data)}`,
    text: (data) =>
      `${data.departments === 1 ? '这个部门' : '这些部门'}没有在岗的审核员和部门管理员，${data.cases}${data.more ? ' 件以上' : ' 件'}申请在等待。请由上级部门办理，或邀请审核员。情况持续的，明天再次提醒。`,
  },
} as const satisfies Record<string, MessageWords>

export type MessageKind = keyof typeof messageWords

const isMessageKind = (kind: string): kind is MessageKind => Object.hasOwn(messageWords, kind)

const staffKinds: ReadonlySet<string> = new Set<MessageKind>([
  'case-assigned',
  'case-reassigned',
  'late-return',
])

/** Whether it is about the work of a member of staff, and not about a case of one's own. */
export const isForStaff = (kind: string): boolean => staffKinds.has(kind)

/** A stored message in words; one of a kind that is no more reads as nothing. */
export function messageText(kind: string, data: MessageData): { title: string; text: string } {
  if (!isMessageKind(kind)) return { title: '', text: '' }
  const words: MessageWords = messageWords[kind]
  return { title: words.title(data), text: words.text(data) }
}

/** What an SMS is about where there is no 受理编号: clouds take no empty parameter. */
export const noticeOfAccount = '您的账户'

/** The SMS of a message: whose business it is about, what happened, and where to read more. */
export const messageSms = (kind: MessageKind, data: MessageData): string => {
  const words: MessageWords = messageWords[kind]
  const number = data.number ? `（受理编号 ${data.number}）` : ''
  const next = words.next?.(data) || '详情请登录平台查看“消息”。'
  return `【会计人员统一服务】${words.title(data)}${number}。${next}`
}

export const inboxWords = {
  title: '消息',
  lead: '业务办理的每一步都会在这里通知您，同时发送短信。',
  staffLead: '与您的审核、管理工作有关的事项会在这里通知您。',
  unreadMark: '未读',
  list: '消息列表',
  open: '查看',
  markRead: '标为已读',
  markAll: '全部标为已读',
  empty: '还没有消息。提交申请、收到审核结果时，会在这里通知您。',
  staffEmpty: '还没有消息。有申请指派给您时，会在这里通知您。',
  pager: { first: '回到最新', next: '更早的消息' },
} as const
