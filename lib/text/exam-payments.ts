/** Words of paying for an exam, and of money that has to go back (EXM-3). */
import { instantWords } from './dates.ts'
import { moneyWords } from './exams.ts'

export const paymentWords = {
  title: '缴费',
  /** Where the payment of a registration stands. */
  states: {
    awaiting: '待缴费',
    confirming: '支付确认中',
    paid: '报名成功',
    expired: '已关闭（逾期未缴费）',
    over: '已结束',
  },
  amount: '应缴考试费',
  deadline: '缴费截止',
  number: '报名序号',
  paidAt: '缴费时间',
  order: '订单号',
  orderAmount: '金额',
  orderState: '订单状态',
  orderStates: {
    open: '等待支付',
    paid: '已支付',
    closed: '已关闭',
    'refund-needed': '等待退款',
    refunded: '已退款',
  },
  until: (expiresAt: Date) => `这笔订单请在 ${instantWords(expiresAt)} 前支付，过后可以重新发起。`,
  awaitingText: '资格审核已经通过，缴费后状态显示“报名成功”，才算完成。缴费后不能修改、不能撤回。',
  confirmingText:
    '已经发起支付，还没有收到支付宝的结果。已经付款的，请点“查询缴费结果”；还没有付款的，可以继续缴费，不会重复扣款。',
  paidText: '缴费已经确认，报名完成。',
  expiredText: (deadline: Date) =>
    `到 ${instantWords(deadline)} 没有缴费，这次报名已经关闭，名额不再保留。报名截止前可以重新报名。`,
  lateText: (deadline: Date) =>
    `缴费已在 ${instantWords(deadline)} 截止。截止前已经付款的，请点“查询缴费结果”；没有付款的，这次报名将关闭。`,
  off: '本平台没有开通在线缴费，请联系会计管理部门了解缴费办法。',
  pay: '支付宝缴费',
  payAgain: '继续缴费',
  check: '查询缴费结果',
  checked: '已向支付宝查询：还没有查到这笔缴费。刚刚付款的，请过一会儿再查询。',
  toProvider: '前往支付宝付款',
  leadOrder: '在支付宝付款后，请回到这一页，确认状态为“报名成功”。',
  afterPaying: '已经付款，但状态没有变化的，请点“查询缴费结果”。没有付款而离开支付宝的，可以再次前往。',
  back: '返回报名页',
  refundTitle: (amount: number) => `有一笔 ${moneyWords(amount)} 的付款需要退款`,
  refundDone: (amount: number) => `有一笔 ${moneyWords(amount)} 的付款已经退款`,
  refundText: '款项由考试管理部门原路退回支付宝账户，您不需要做什么。',
  why: {
    amount: '支付的金额与考试费不一致',
    'entry-over': '支付到账时，这次报名已经关闭或撤回',
    'paid-twice': '这次报名已经由另一笔订单缴费',
  },
} as const

export const demoPaymentWords = {
  title: '支付（演示）',
  lead: '这一页代替支付宝的收银台，仅用于演示，不会扣款。',
  subject: '商品',
  accept: '支付成功',
  reject: '取消',
  over: '这笔订单已经支付或关闭。',
} as const

export const refundWords = {
  title: '考试费退款',
  lead: '这些付款不能用于报名，需要在支付宝商家后台按交易号原路退款；退款后在这里登记。',
  lists: '退款状态',
  pending: '待退款',
  done: '已退款',
  caption: { 'refund-needed': '待退款的付款', refunded: '已退款的付款' },
  empty: { 'refund-needed': '没有需要退款的付款。', refunded: '还没有登记过退款。' },
  columns: {
    order: '订单号',
    exam: '考试',
    province: '地区',
    case: '受理编号',
    amount: '付款金额',
    tradeNo: '支付宝交易号',
    paidAt: '支付时间',
    why: '原因',
    action: '',
  },
  mark: '登记已退款',
  about: (number: string) => `订单 ${number}`,
  markLead: '请先在支付宝商家后台完成退款，再登记。登记后不能修改，并记入审计日志。',
  ref: '退款流水号',
  refHint: '支付宝商家后台显示的退款流水号，6 至 64 位字母、数字或短横',
  day: '退款日期',
  dayHint: '例如 2026-11-21',
  marked: '已登记退款。',
  back: '返回列表',
} as const

export const isRefundReason = (why: string): why is keyof typeof paymentWords.why =>
  Object.hasOwn(paymentWords.why, why)
