import { dayWords } from './dates.ts'
import type { IssueWords } from './issues.ts'

/** Paying for an exam, and sending money back (EXM-3). */
export const paymentIssues: IssueWords = {
  'payment-off': () => '本平台没有开通在线缴费，请联系会计管理部门',
  'payment-over': () => '这次报名现在不能缴费：已经过了缴费截止时间，或者报名已经结束',
  'payment-too-many': () => '发起缴费太频繁，请一小时后再试；已经付款的，请点“查询缴费结果”',
  'payment-unavailable': () =>
    '支付宝暂时没有回应，请稍后再试；已经付款的，稍后点“查询缴费结果”，不要重复付款',
  'payment-notice-unsigned': () => '这个通知没有支付宝的签名',
  'payment-demo-over': () => '这笔订单已经关闭，请返回报名页重新发起缴费',
  'refund-ref': () => '退款流水号请填 6 至 64 位字母、数字或短横',
  'refund-day-invalid': () => '退款日期请填日历上有的日期，例如 2026-11-21',
  'refund-day-future': () => '退款日期不能晚于今天，请核对',
  'refund-day-early': ({ paidOn }) => `退款日期不能早于支付的 ${dayWords(String(paidOn))}，请核对`,
  'refund-done': () => '这笔退款已经登记过，不用再登记',
}
