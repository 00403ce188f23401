/** Words of what a machine says of a submission (CHK-3). Only reviewers read them. */
import type { Fact, FactTone } from '#lib/readers/facts.ts'
import { monthWords } from './dates.ts'
import { optionWord } from './options.ts'

type Params = Fact['params']

export const factTones: Readonly<Record<FactTone, string>> = {
  good: '相符',
  warn: '请核对',
  bad: '注意',
  quiet: '参考',
}

const text = (value: Params[string] | undefined) => String(value ?? '')

/** 14 → 1 年 2 个月 */
export const spanWords = (months: number) => {
  const [years, rest] = [Math.floor(months / 12), months % 12]
  return [years > 0 ? `${years} 年` : '', rest > 0 ? `${rest} 个月` : ''].filter(Boolean).join(' ')
}
const monthsTold = (what: string, { months, until }: Params) =>
  `${what}合计 ${text(months)} 个月（${spanWords(Number(months))}），重叠的月份只算一次，“至今”算到 ${monthWords(text(until))}`

const stated = (set: string, id: Params[string] | undefined) =>
  id === 'none' ? '无法识别' : `“${optionWord(set, text(id))}”`

const words: Readonly<Record<string, (params: Params) => string>> = {
  'id-agrees': () => '证件号码的校验位正确，与出生年月、性别相符',
  'id-digit-differs': () => '证件号码的校验位不正确',
  'id-birth-differs': () => '出生年月与证件号码不符',
  'id-sex-differs': () => '性别与证件号码不符',
  'credit-code-sound': () => '统一社会信用代码的校验位正确',
  'credit-code-organisation-digit': () => '第 17 位（组织机构代码校验位）不符，最后一位正确',
  'work-gap': ({ from, to, months }) =>
    `与上一段工作间隔 ${text(months)} 个月（${monthWords(text(from))}至${monthWords(text(to))}）`,
  'work-months': (params) => monthsTold('工作经历', params),
  'accounting-months': (params) => monthsTold('会计工作', params),
  'under-sixteen': () => '工作开始时未满 16 周岁',
  'diploma-number-format': () => '学历证书编号不是通常的 17 或 18 位数字',
  'diploma-number-year': (params) =>
    `学历证书编号里的年份是 ${text(params.stated)}，填写的毕业时间是 ${text(params.graduated)} 年`,
  'diploma-number-level': (params) =>
    `学历证书编号里的层次${stated('educationLevel', params.stated)}，与填写的学历${stated('educationLevel', params.level)}不同`,
  'degree-number-format': () => '学位证书编号不是通常的 16 位数字',
  'degree-number-year': (params) =>
    `学位证书编号里的年份是 ${text(params.stated)}，填写的毕业时间是 ${text(params.graduated)} 年`,
  'degree-number-level': (params) =>
    `学位证书编号里的级别${stated('degree', params.stated)}，与填写的学位${stated('degree', params.level)}不同`,
  'degree-unusual': ({ level, degree }) =>
    `${stated('educationLevel', level)}通常不授予${stated('degree', degree)}`,
  'picture-elsewhere': ({ persons }) =>
    `同一张图片也出现在另外 ${text(persons)} 个账户的申请中，请核对是否为本人的材料`,
  'employer-picture-elsewhere': ({ persons }) =>
    `同一张图片也出现在另外 ${text(persons)} 个账户的申请中（同一单位的人员可能使用同一张）`,
}

export const knownFacts: ReadonlySet<string> = new Set(Object.keys(words))

/** The sentence of a fact; one of a code that is no more says its code. */
export const factText = ({ code, params }: Pick<Fact, 'code' | 'params'>): string =>
  Object.hasOwn(words, code) ? (words[code]?.(params) ?? code) : code
