/** Sessions of exams, their windows and 报考点 (EXM-1). */
import { instantWords } from './dates.ts'
import type { IssueWords } from './issues.ts'

const instant = (iso: string | number | undefined) => instantWords(new Date(String(iso)))

export const examIssues: IssueWords = {
  'instant-invalid': (_, { label }) => `${label}请填写日期和时间，例如 2027-01-05 09:00`,
  'exam-year': ({ min, max }) => `年度请填 ${min} 至 ${max} 的四位年份`,
  'exam-fee': ({ min, max }) => `每科考试费请填 ${min} 至 ${max} 元，最多两位小数，例如 56.00`,
  'exam-collect-early': () => '信息采集截止应当晚于报名开始，请核对两个时间',
  'exam-close-early': () => '报名截止不能早于信息采集截止，请核对两个时间',
  'exam-pay-early': () => '缴费截止不能早于报名截止，请核对两个时间',
  'exam-day-early': () => '考试第一天应当在缴费截止的次日以后，请核对',
  'exam-days-order': () => '考试最后一天不能早于第一天，请核对',
  'exam-session-exists': () => '这一年度这个级别的考试已经有了，请打开它修改，不要重复新建',
  'exam-level-fixed': () => '考试已经发布，级别和年度不能修改',
  'exam-begun': () => '报名已经开始，报名开始时间不能修改',
  'exam-not-earlier': (_, { label }) => `考试已经发布，${label}可以推迟；需要提前的，不能早于现在`,
  'exam-fee-fixed': () => '报名已经开始，考试费不能修改',
  'exam-outside': ({ from, to }, { label }) =>
    `${label}应当在 ${instant(from)} 至 ${instant(to)} 之间（全国规定的时间）`,
  'exam-provinces-outside': (_, { label }) =>
    `有的地区自定的${label}在修改后的时间以外，请这些地区先调整，再修改全国时间`,
  'exam-publish-late': () => '报名截止时间已过，不能发布。请核对时间',
  'exam-site-capacity': ({ min, max }) => `名额请填 ${min} 至 ${max} 的整数`,
  'exam-site-name-taken': () => '本地区这次考试已经有同名的报考点，请换一个名称',
  'exam-site-taken': ({ taken }) => `已有 ${taken} 人占用名额，名额不能少于这个数`,
  'exam-site-held': ({ taken }) =>
    `已有 ${taken} 人在这里报名，名称和所在市不能修改，也不能删除；名额可以修改`,
  'exam-site-used': () => '有人在这里报过名，报名记录还要保留，不能删除。不再使用的，请把名额改为 0',
}
