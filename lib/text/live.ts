/** What the page says of itself while nobody presses anything: 自动保存, and the end of a session. */
import { instantTime } from './dates.ts'

const not = '未能自动保存：'

export const autosaveWords = {
  saved: (time: string) => `已自动保存 ${time}`,
  failed: `${not}网络不通或系统繁忙，稍后会再试。离开本页前请保存。`,
  signedOut: `${not}登录已经结束。请点保存，重新登录后填写的内容还在。`,
  left: `${not}本浏览器已经退出登录。请先复制填写的内容，再重新登录。`,
  stale: `${not}这一页在别处修改过，已停止自动保存。请点保存，核对两处的内容。`,
  frozen: `${not}信息采集已经提交，现在不能修改，已停止自动保存。请到“审核告知”页查看。`,
  gone: `${not}当前登录的账户没有这份信息采集，已停止自动保存。请先复制填写的内容，再重新打开本页。`,
  issues: (count: number) => `${not}有 ${count} 处需要处理，请点保存查看。`,
} as const

export const sessionWords = {
  soon: '登录即将结束',
  soonText: (until: Date) => `您有一段时间没有操作，将在 ${instantTime(until)} 退出登录。`,
  final: (until: Date) =>
    `本次登录已到最长时间，将在 ${instantTime(until)} 退出登录。请先保存，再重新登录接着办理。`,
  goOn: '继续使用',
  understood: '知道了',
  failed: '没有连上系统，请检查网络后再试',
  over: '登录已经结束',
  overText: '本页填写的内容还在：留在本页照常提交，登录后可以接着办理；没有需要提交的，请重新登录。',
  login: '重新登录',
  stay: '留在本页',
} as const

/** A form that was answered with 503 and stays where it is. */
export const notTakenWords = {
  title: '系统暂时无法保存，请稍后再试。',
  text: '没有确认这次提交已经保存。您填写的内容还在本页：请不要关闭本页，约一分钟后再试一次。',
  again: '再试一次',
} as const
