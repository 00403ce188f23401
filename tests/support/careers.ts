/**
 * Careers written on one line, for the conditions of exams (EXM-2):
 *   `全本科+学士 2018-09..2022-06` 全日制 (非: not), 学历, +学位; `境外` and `境外认证` before it; `..` alone is 在读, `2027-06?` expected
 *   `会计 2020-01..2022-12` a job that is accounting all along; `会计 2020-01..[2021-01..2021-06, 2022-01..]` with posts inside it
 *   `会计师·考试 2021-09`, `初级·评审 …`, `经济中级·考试 …`, `注册会计师 …`; `五年禁业 2021-03-10`, `终身禁业 …`, `罚款 …`
 */
import { banUntil } from '#lib/domain/conduct.ts'
import type { ExamFacts } from '#lib/domain/exam-facts.ts'
import { ongoing, type Period } from '#lib/domain/months.ts'

const levels: Readonly<Record<string, string>> = {
  高中: 'senior_high',
  中专: 'secondary_specialized',
  职高: 'vocational_high',
  技校: 'technical_school',
  专科: 'junior_college',
  本科: 'bachelor_program',
  二学位: 'second_bachelor_program',
  研究生班: 'graduate_class',
  硕士生: 'master_program',
  博士生: 'doctor_program',
}
const degrees: Readonly<Record<string, string>> = {
  学士: 'bachelor',
  二学士: 'second_bachelor',
  硕士: 'master',
  博士: 'doctor',
}
const titles: Readonly<Record<string, readonly [kind: string, level: string]>> = {
  初级: ['accounting', 'junior'],
  会计师: ['accounting', 'intermediate'],
  高级: ['accounting', 'senior'],
  正高: ['accounting', 'professor'],
  经济中级: ['economics', 'intermediate'],
  统计中级: ['statistics', 'intermediate'],
  审计中级: ['auditing', 'intermediate'],
  经济初级: ['economics', 'junior'],
  经济高级: ['economics', 'senior'],
  注册会计师: ['cpa', ''],
}
const ways: Readonly<Record<string, string>> = { 考试: 'exam', 评审: 'review', 考评: 'exam_and_review' }
const natures: Readonly<Record<string, string>> = {
  五年禁业: 'ban_5y',
  终身禁业: 'ban_permanent',
  罚款: 'fine',
}

function periodIn(text: string): Period {
  const [start = '', end = ''] = text.trim().split('..')
  return { start, end: end === '' ? ongoing : end.replace('?', '') }
}

/** The facts of a career; its parts stand with ` · ` between them, and row ids count from 1. */
export function career(line: string): ExamFacts {
  const facts = {
    studies: [] as ExamFacts['studies'][number][],
    jobs: [] as ExamFacts['jobs'][number][],
    qualifications: [] as ExamFacts['qualifications'][number][],
    bans: [] as ExamFacts['bans'][number][],
  }
  const parts = line.split(' · ').filter((part) => part !== '')
  for (const [index, part] of parts.entries()) {
    const id = String(index + 1)
    const [what = '', ...rest] = part.split(' ')
    const when = rest.join(' ')
    const study = /^(境外认证|境外)?(全|非)(\p{L}+?)(?:\+(\p{L}+))?$/u.exec(what)
    const [, abroad, mode, level = '', degree = ''] = study ?? []
    const [title = '', way = ''] = what.split('·')
    const [kind, grade] = titles[title] ?? []
    if (levels[level]) {
      const { start, end } = periodIn(when)
      facts.studies.push({
        id,
        level: levels[level],
        degree: degrees[degree] ?? 'none',
        fullTime: mode === '全',
        enrolled: start,
        graduated: end,
        finished: end !== ongoing && !when.includes('?'),
        recognised: abroad !== '境外',
      })
    } else if (what === '会计') {
      const [job = '', posts] = when.split('[')
      const held = posts?.replace(']', '').split(',').map(periodIn)
      facts.jobs.push({ id, ...periodIn(job), posts: held ?? [periodIn(job)] })
    } else if (kind !== undefined) {
      facts.qualifications.push({ id, kind, level: grade ?? '', way: ways[way] ?? '', obtained: when })
    } else if (natures[what]) {
      const until = banUntil({ nature: natures[what], decidedOn: when })
      if (until) facts.bans.push({ id, from: when, until })
    } else throw new Error(`not understood: ${part}`)
  }
  return facts
}
