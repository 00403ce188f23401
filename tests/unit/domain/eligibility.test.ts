/** EXM-2, domain.md §7.1. How careers are written: tests/support/careers.ts. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { eligibility } from '#lib/domain/eligibility.ts'
import { attainments, sessionClosing, usualSession, waysTo } from '#lib/domain/exam-conditions.ts'
import type { ExamFacts } from '#lib/domain/exam-facts.ts'
import { type ExamLevel, examLevels } from '#lib/domain/exams.ts'
import { addMonths } from '#lib/domain/months.ts'
import { serviceMonths } from '#lib/domain/service-months.ts'
import { career } from '#tests/support/careers.ts'

const judge = (line: string | ExamFacts, level: ExamLevel, year = 2026) =>
  eligibility(typeof line === 'string' ? career(line) : line, usualSession(level, year))
/** `bachelor` eligible by it, `?bachelor` for a person to judge, `-` ineligible. */
const said = (line: string | ExamFacts, level: ExamLevel, year?: number) => {
  const { verdict, via } = judge(line, level, year)
  return verdict === 'ineligible' ? '-' : `${verdict === 'manual' ? '?' : ''}${via}`
}
const lineOf = (line: string | ExamFacts, level: ExamLevel, condition: string) =>
  judge(line, level).lines.find((one) => one.condition === condition)

// 初级 and 高级 close on 2026-01-31, 中级 on 2026-06-30; work counts to 2026-12.
const 本 = '非本科+学士 2014-09..2018-06'
const 专 = '非专科 2012-09..2015-06'

describe('2026: a career, and what 初级, 中级 and 高级 say to it', () => {
  test.each<[career: string, junior: string, intermediate: string, senior: string]>([
    // Education alone.
    ['', '-', '-', '-'],
    ['全高中 2005-09..2008-06', 'school', '-', '-'],
    ['全中专 2005-09..2008-06', 'school', '-', '-'],
    ['全职高 2005-09..2008-06', 'school', '-', '-'],
    ['全技校 2005-09..2008-06', 'school', '-', '-'],
    ['全专科 2005-09..2008-06', 'school', '-', '-'],
    ['全博士生 2015-09..2019-06', 'school', '-', '-'],
    ['全博士生+博士 2015-09..2019-06', 'school', 'doctor', '-'],
    // Held on the last day of registration.
    ['全高中 2023-09..2026-01', 'school', '-', '-'],
    ['全高中 2023-09..2026-02', '-', '-', '-'],
    ['全高中 2023-09..2026-01?', '-', '-', '-'],
    ['全高中 2023-09..', '-', '-', '-'],
    ['全高中 2019-09..2022-06 · 全本科 2022-09..', 'school', '-', '-'],
    ['全硕士生+硕士 2020-09..2023-06 · 全博士生+博士 2023-09..2026-06', 'school', 'doctor', '-'],
    ['全硕士生+硕士 2020-09..2023-06 · 全博士生+博士 2023-09..2026-07', 'school', '-', '-'],
    ['非本科 2022-09..2026-06 · 会计 2020-01..', '-', 'bachelor', '-'],
    ['非本科 2022-09..2026-07 · 会计 2020-01..', '-', '-', '-'],
    ['非本科 2022-09..2026-06? · 会计 2020-01..', '-', '-', '-'],
    [`${专} · 非本科 2022-09..2026-07 · 会计 2020-01..`, 'school', 'college', '-'],

    // 中级 by 本科: four years to 31 December of the exam year.
    [`${本} · 会计 2023-01..`, 'school', 'bachelor', '-'],
    [`${本} · 会计 2023-02..`, 'school', '-', '-'],
    [`${本} · 会计 2019-01..2022-12`, 'school', 'bachelor', '-'],
    [`${本} · 会计 2019-01..2022-11`, 'school', '-', '-'],
    ['非本科 2014-09..2018-06 · 会计 2023-01..', 'school', 'bachelor', '-'],
    ['非专科+学士 2014-09..2018-06 · 会计 2023-01..', 'school', 'bachelor', '-'],
    [本, 'school', '-', '-'],
    // By 专科: five.
    [`${专} · 会计 2022-01..`, 'school', 'college', '-'],
    [`${专} · 会计 2022-02..`, 'school', '-', '-'],
    ['全高中 2005-09..2008-06 · 会计 2008-07..', 'school', '-', '-'],
    // By 第二学士学位 or 研究生班: two.
    ['非二学位+二学士 2018-09..2020-06 · 会计 2025-01..', 'school', 'graduate', '-'],
    ['非二学位+二学士 2018-09..2020-06 · 会计 2025-02..', 'school', '-', '-'],
    ['非二学位+学士 2018-09..2020-06 · 会计 2025-01..', 'school', 'graduate', '-'],
    ['非二学位 2018-09..2020-06 · 会计 2025-01..', 'school', '-', '-'],
    ['非二学位 2018-09..2020-06 · 会计 2023-01..', 'school', 'bachelor', '-'],
    ['非本科+二学士 2018-09..2020-06 · 会计 2025-01..', 'school', 'graduate', '-'],
    [`${本} · 非本科+学士 2018-09..2020-06 · 会计 2025-01..`, 'school', '-', '-'],
    ['非研究生班 2018-09..2020-06 · 会计 2025-01..', 'school', 'graduate', '-'],
    ['非研究生班 2018-09..2020-06 · 会计 2025-02..', 'school', '-', '-'],
    // By 硕士学位: one; without the degree it is a 研究生班.
    ['非硕士生+硕士 2018-09..2020-06 · 会计 2026-01..', 'school', 'master', '-'],
    ['非硕士生+硕士 2018-09..2020-06 · 会计 2026-02..', 'school', '-', '-'],
    ['非硕士生 2018-09..2020-06 · 会计 2025-02..', 'school', '-', '-'],
    ['非硕士生 2018-09..2020-06 · 会计 2025-01..', 'school', 'graduate', '-'],
    ['非本科+硕士 2018-09..2020-06 · 会计 2026-01..', 'school', 'master', '-'],
    ['非博士生 2018-09..2022-06 · 会计 2026-01..', 'school', '-', '-'],
    ['非博士生 2018-09..2022-06 · 会计 2025-01..', 'school', 'graduate', '-'],
    // Several: the one that asks least carries.
    [`${专} · ${本} · 会计 2010-01..`, 'school', 'bachelor', '-'],
    [`${本} · 非硕士生+硕士 2020-09..2023-06 · 会计 2010-01..`, 'school', 'master', '-'],
    [`${本} · 非硕士生+硕士 2024-09..2026-07 · 会计 2023-01..`, 'school', 'bachelor', '-'],
    // 经济, 统计, 审计 中级 by the national exam.
    ['全高中 2005-09..2008-06 · 经济中级·考试 2026-06', 'school', 'crossover', '-'],
    ['全高中 2005-09..2008-06 · 经济中级·考试 2026-07', 'school', '-', '-'],
    ['统计中级·考试 2020-10', '-', 'crossover', '-'],
    ['审计中级·考试 2020-10', '-', 'crossover', '-'],
    ['审计中级·评审 2020-10', '-', '-', '-'],
    ['审计中级·考评 2020-10', '-', '?crossover', '-'],
    ['经济初级·考试 2020-10', '-', '-', '-'],
    ['经济高级·考评 2020-10', '-', '-', '-'],
    ['注册会计师 2015-12', '-', '-', '-'],
    [`${本} · 会计 2023-01.. · 经济中级·考试 2020-10`, 'school', 'bachelor', '-'],

    // Which months count: the posts inside jobs, each month once, those of the job alone not.
    [`${本} · 会计 2010-01..[2023-01..]`, 'school', 'bachelor', '-'],
    [`${本} · 会计 2010-01..[2023-02..]`, 'school', '-', '-'],
    [`${本} · 会计 2023-01..[2010-01..]`, 'school', 'bachelor', '-'],
    [`${本} · 会计 2023-02..[2010-01..]`, 'school', '-', '-'],
    [`${本} · 会计 2019-01..2022-11[2019-01..]`, 'school', '-', '-'],
    [`${本} · 会计 2019-01..2020-12 · 会计 2021-01..2022-12`, 'school', 'bachelor', '-'],
    [`${本} · 会计 2019-01..2020-12 · 会计 2020-12..2022-12`, 'school', 'bachelor', '-'],
    [`${本} · 会计 2019-01..2020-12 · 会计 2020-12..2022-11`, 'school', '-', '-'],
    [`${本} · 会计 2019-01..2021-12 · 会计 2020-01..2022-11`, 'school', '-', '-'],
    [`${本} · 会计 2019-01..[2019-01..2020-12, 2020-06..2021-06]`, 'school', '-', '-'],
    [`${本} · 会计 2019-01..[2019-01..2020-12, 2022-01..2023-12]`, 'school', 'bachelor', '-'],
    // Before and after the degree add up.
    ['非本科+学士 2022-09..2025-06 · 会计 2010-01..2013-06 · 会计 2026-07..', 'school', 'bachelor', '-'],
    ['非本科+学士 2022-09..2025-06 · 会计 2010-01..2013-06 · 会计 2026-08..', 'school', '-', '-'],
    ['非本科+学士 2022-09..2025-06 · 会计 2010-01..2013-12', 'school', 'bachelor', '-'],
    // Work in the months of full-time study does not count, of part-time study it does.
    ['非本科+学士 2020-09..2024-06 · 会计 2021-01..2024-12', 'school', 'bachelor', '-'],
    ['全本科+学士 2020-09..2024-06 · 会计 2021-01..2024-12', 'school', '-', '-'],
    ['全本科+学士 2018-09..2022-12 · 会计 2018-01..', 'school', 'bachelor', '-'],
    ['全本科+学士 2018-09..2023-08 · 会计 2018-01..', 'school', 'bachelor', '-'],
    ['全本科+学士 2018-09..2023-09 · 会计 2018-01..', 'school', '-', '-'],
    ['全本科+学士 2018-09..2022-12 · 会计 2022-12..', 'school', 'bachelor', '-'],
    ['全本科+学士 2018-09..2023-01 · 会计 2023-01..', 'school', '-', '-'],
    [
      `${本} · 全硕士生+硕士 2024-09..2026-03 · 会计 2023-01..2024-08 · 会计 2026-04..`,
      'school',
      'master',
      '-',
    ],
    [`${本} · 全硕士生 2024-09.. · 会计 2020-01..`, 'school', 'bachelor', '-'],
    [`${本} · 全硕士生 2024-09.. · 会计 2021-01..`, 'school', '-', '-'],
    [`${本} · 全硕士生 2024-09..2027-06? · 会计 2021-01..`, 'school', '-', '-'],

    // 高级: 会计师, and the years since.
    [`${本} · 会计 2010-01.. · 会计师·考试 2022-01`, '-', '-', 'bachelor'],
    [`${本} · 会计 2010-01.. · 会计师·考试 2022-02`, '-', '-', '-'],
    [`${专} · 会计 2010-01.. · 会计师·考试 2017-01`, '-', '-', 'college'],
    [`${专} · 会计 2010-01.. · 会计师·考试 2017-02`, '-', '-', '-'],
    ['非硕士生+硕士 2018-09..2020-06 · 会计 2010-01.. · 会计师·考试 2022-01', '-', '-', 'bachelor'],
    ['非硕士生+硕士 2018-09..2020-06 · 会计 2010-01.. · 会计师·考试 2022-02', '-', '-', '-'],
    ['非研究生班 2018-09..2020-06 · 会计 2010-01.. · 会计师·考试 2022-01', '-', '-', 'bachelor'],
    ['非二学位+二学士 2018-09..2020-06 · 会计 2010-01.. · 会计师·考试 2022-01', '-', '-', 'bachelor'],
    ['非博士生+博士 2018-09..2022-06 · 会计 2010-01.. · 会计师·考试 2025-01', '-', '-', 'doctor'],
    ['非博士生+博士 2018-09..2022-06 · 会计 2010-01.. · 会计师·考试 2025-02', '-', '-', '-'],
    ['非博士生 2018-09..2022-06 · 会计 2010-01.. · 会计师·考试 2025-01', '-', '-', '-'],
    [`${本} · 会计 2024-01.. · 会计师·考试 2020-09`, '-', '-', '-'],
    [`${本} · 会计 2010-01..2016-12 · 会计师·考试 2012-01`, '-', '-', 'bachelor'],
    [`${本} · 会计 2010-01..2016-11 · 会计师·考试 2012-01`, '-', '-', '-'],
    [`${本} · 会计 2010-01.. · 会计师·考试 2012-09 · 会计师·考试 2025-09`, '-', '-', 'bachelor'],
    ['全高中 2000-09..2003-06 · 会计 2003-07.. · 会计师·考试 2006-09', '-', '-', '-'],
    [`${本} · 会计 2005-01.. · 初级·考试 2006-05`, '-', 'bachelor', '-'],
    [`${本} · 会计 2005-01.. · 经济中级·考试 2006-11`, 'school', 'bachelor', '-'],
    // Two years of full-time study after the title.
    [`${本} · 全硕士生+硕士 2022-09..2024-08 · 会计 2010-01.. · 会计师·考试 2020-01`, '-', '-', 'bachelor'],
    [`${本} · 全硕士生+硕士 2022-09..2024-08 · 会计 2010-01.. · 会计师·考试 2020-02`, '-', '-', '-'],
    // The title in the month registration closes, and after it.
    ['非博士生+博士 2018-09..2022-06 · 会计 2010-01.. · 会计师·考试 2026-01', '-', '-', '-'],
    ['全高中 2000-09..2003-06 · 初级·考试 2026-01', '-', '-', '-'],
    ['全高中 2000-09..2003-06 · 初级·考试 2026-05', 'school', '-', '-'],
    [`${本} · 会计 2010-01.. · 会计师·考试 2026-06`, 'school', '-', '-'],
    [`${本} · 会计 2010-01.. · 会计师·考试 2026-09`, 'school', 'bachelor', '-'],
    // By 评审 of a region: for a person to judge; it excludes from its own level all the same.
    [`${本} · 会计 2010-01.. · 会计师·评审 2015-12`, '-', '-', '?bachelor'],
    [`${本} · 会计 2010-01.. · 会计师·考评 2015-12`, '-', '-', '?bachelor'],
    [`${本} · 会计 2024-01.. · 会计师·评审 2015-12`, '-', '-', '-'],
    [`${本} · 会计 2010-01.. · 会计师·评审 2015-12 · 会计师·考试 2020-09`, '-', '-', 'bachelor'],
    [`${本} · 会计 2010-01.. · 会计师·评审 2015-12 · 会计师·考试 2024-09`, '-', '-', '?bachelor'],
    // The same or a higher level.
    [`${本} · 会计 2010-01.. · 会计师·考试 2012-09 · 高级·考评 2020-12`, '-', '-', '-'],
    [`${本} · 会计 2010-01.. · 会计师·考试 2012-09 · 正高·评审 2024-12`, '-', '-', '-'],
    [`${本} · 会计 2010-01.. · 高级·考评 2020-12`, '-', '-', '-'],

    // Bans: 初级 closes on 2026-01-31, 中级 on 2026-06-30.
    [`${本} · 会计 2010-01.. · 五年禁业 2021-01-30`, 'school', 'bachelor', '-'],
    [`${本} · 会计 2010-01.. · 五年禁业 2021-01-31`, '-', 'bachelor', '-'],
    [`${本} · 会计 2010-01.. · 五年禁业 2021-02-01`, '-', 'bachelor', '-'],
    [`${本} · 会计 2010-01.. · 五年禁业 2021-06-29`, '-', 'bachelor', '-'],
    [`${本} · 会计 2010-01.. · 五年禁业 2021-06-30`, '-', '-', '-'],
    [`${本} · 会计 2010-01.. · 五年禁业 2026-06-30`, 'school', '-', '-'],
    [`${本} · 会计 2010-01.. · 五年禁业 2026-07-01`, 'school', 'bachelor', '-'],
    [`${本} · 会计 2010-01.. · 终身禁业 2001-01-01`, '-', '-', '-'],
    [`${本} · 会计 2010-01.. · 终身禁业 2026-02-01`, 'school', '-', '-'],
    [`${本} · 会计 2010-01.. · 罚款 2025-01-01`, 'school', 'bachelor', '-'],
    [`${本} · 会计 2010-01.. · 会计师·考试 2012-09 · 五年禁业 2021-01-31`, '-', '-', '-'],

    // Abroad without a certificate of recognition, and 技校 beyond 初级: for a person to judge.
    ['境外非本科+学士 2014-09..2018-06 · 会计 2023-01..', '?school', '?bachelor', '-'],
    ['境外非本科+学士 2014-09..2018-06 · 会计 2023-02..', '?school', '-', '-'],
    ['境外认证非本科+学士 2014-09..2018-06 · 会计 2023-01..', 'school', 'bachelor', '-'],
    [`${本} · 境外非硕士生+硕士 2018-09..2020-06 · 会计 2026-01..`, 'school', '?master', '-'],
    [`${本} · 境外非硕士生+硕士 2018-09..2020-06 · 会计 2023-01..`, 'school', 'bachelor', '-'],
    ['境外非高中 2005-09..2008-06', '?school', '-', '-'],
    ['境外非高中 2005-09..2008-06 · 终身禁业 2001-01-01', '-', '-', '-'],
    ['全技校 2005-09..2008-06 · 会计 2023-01..', 'school', '?bachelor', '-'],
    ['全技校 2005-09..2008-06 · 会计 2023-02..', 'school', '-', '-'],
    ['全技校 2005-09..2008-06 · 非专科 2010-09..2013-06 · 会计 2022-01..', 'school', 'college', '-'],
    ['全技校 2005-09..2008-06 · 会计 2010-01.. · 会计师·考试 2022-01', '-', '-', '?bachelor'],
  ])('%s', (line, junior, intermediate, senior) => {
    expect(examLevels.map((level) => said(line, level))).toEqual([junior, intermediate, senior])
  })
})

describe('what is missing', () => {
  it('is told by each way, with the months it asks for and those there are', () => {
    const { lines, nearest, work } = judge(`${专} · 会计 2022-08..`, 'intermediate')
    expect(lines.map(({ condition, state, needs, has, why }) => [condition, state, needs, has, why])).toEqual(
      [
        ['no-ban', 'met', null, null, []],
        ['level-free', 'met', null, null, []],
        ['doctor', 'unmet', null, null, ['no-study']],
        ['master', 'unmet', 12, 53, ['no-study']],
        ['graduate', 'unmet', 24, 53, ['no-study']],
        ['bachelor', 'unmet', 48, 53, ['no-study']],
        ['college', 'unmet', 60, 53, ['months-short']],
        ['crossover', 'unmet', null, null, ['no-crossover']],
      ],
    )
    expect(nearest).toBe('college')
    expect(work).toEqual({ months: 53, deducted: 0, until: '2026-12', since: null })
  })

  it('counts what full-time study took away', () => {
    const { work } = judge('全本科+学士 2020-09..2024-06 · 会计 2024-01..', 'intermediate')
    expect(work).toMatchObject({ months: 30, deducted: 6 })
    expect(judge(本, 'junior').work).toBeNull()
  })

  it('counts from the title for 高级', () => {
    const { work, lines, nearest } = judge(`${本} · 会计 2010-01.. · 会计师·考试 2024-09`, 'senior')
    expect(work).toMatchObject({ months: 28, since: '2024-09' })
    expect(lines.find(({ condition }) => condition === 'bachelor')).toMatchObject({ needs: 60, has: 28 })
    expect(nearest).toBe('bachelor')
    expect(lineOf(`${本} · 会计 2010-01..`, 'senior', 'bachelor')).toMatchObject({
      has: 0,
      why: ['months-no-title'],
    })
  })

  test.each<[why: string, career: string, level: ExamLevel, condition: string]>([
    ['study-unfinished', '全硕士生 2024-09..', 'intermediate', 'master'],
    ['study-late', '全硕士生+硕士 2023-09..2026-07', 'intermediate', 'master'],
    ['degree-missing', '全硕士生 2020-09..2023-06', 'intermediate', 'master'],
    ['degree-missing', '全二学位 2020-09..2022-06', 'intermediate', 'graduate'],
    ['no-study', '全硕士生+硕士 2020-09..2023-06', 'intermediate', 'doctor'],
    ['study-overseas', '境外全硕士生+硕士 2020-09..2023-06', 'intermediate', 'master'],
    ['study-technical', '全技校 2020-09..2023-06', 'intermediate', 'bachelor'],
    ['crossover-not-by-exam', '审计中级·评审 2020-10', 'intermediate', 'crossover'],
    ['crossover-late', '审计中级·考试 2026-10', 'intermediate', 'crossover'],
    ['no-title', '', 'senior', 'title'],
    ['title-late', '会计师·考试 2026-02', 'senior', 'title'],
    ['title-not-by-exam', '会计师·评审 2016-02', 'senior', 'title'],
    ['level-held', '会计师·考试 2016-02', 'junior', 'level-free'],
    ['banned', '五年禁业 2025-02-01', 'junior', 'no-ban'],
    ['banned-forever', '五年禁业 2025-02-01 · 终身禁业 2025-02-01', 'junior', 'no-ban'],
  ])('%s: %s', (why, line, of, condition) => expect(lineOf(line, of, condition)?.why[0]).toBe(why))

  it('names the rows that say so', () => {
    const rows = (line: string, level: ExamLevel, condition: string) => lineOf(line, level, condition)?.rows
    const study = (id: string) => ({ section: 'education', id })
    const line = `${专} · ${本} · 会计 2010-01.. · 会计师·考试 2012-09 · 终身禁业 2020-01-01`
    expect(rows(line, 'intermediate', 'college')).toEqual([study('1'), study('2')])
    expect(rows(line, 'intermediate', 'bachelor')).toEqual([study('2')])
    expect(rows(line, 'senior', 'title')).toEqual([{ section: 'qualifications', id: '4' }])
    expect(rows(line, 'intermediate', 'level-free')).toEqual([{ section: 'qualifications', id: '4' }])
    expect(rows(line, 'junior', 'no-ban')).toEqual([{ section: 'conduct', id: '5' }])
    expect(rows(line, 'intermediate', 'doctor')).toEqual([])
  })
})

const grades = ['ineligible', 'manual', 'eligible']
const grade = (facts: ExamFacts, level: ExamLevel, year = 2026) =>
  grades.indexOf(judge(facts, level, year).verdict)

const month = (from: string, to: number) =>
  fc.integer({ min: 0, max: to }).map((more) => addMonths(from, more))
const years = 26 * 12
const period = fc
  .tuple(month('2000-01', years), fc.integer({ min: 0, max: 96 }), fc.integer({ min: 0, max: 5 }))
  .map(
    ([start, length, luck]) => ({ start, end: luck === 0 ? 'ongoing' : addMonths(start, length) }) as const,
  )
const studyWith = (fullTime: fc.Arbitrary<boolean>, luck = fc.boolean()) =>
  fc
    .record({
      id: fc.uuid(),
      level: fc.constantFrom(
        'senior_high',
        'technical_school',
        'junior_college',
        'bachelor_program',
        'second_bachelor_program',
        'graduate_class',
        'master_program',
        'doctor_program',
      ),
      degree: fc.constantFrom('none', 'bachelor', 'second_bachelor', 'master', 'doctor'),
      fullTime,
      period,
      isDone: luck,
      recognised: fc.boolean(),
    })
    .map(({ period: { start, end }, isDone, ...study }) => ({
      ...study,
      enrolled: start,
      graduated: end,
      finished: isDone && end !== 'ongoing',
    }))
const jobs = fc
  .record({ id: fc.uuid(), around: period, posts: fc.array(period, { maxLength: 3 }) })
  .map(({ around, ...job }) => ({ ...job, ...around }))
const qualification = fc.record({
  id: fc.uuid(),
  kind: fc.constantFrom('accounting', 'economics', 'auditing', 'cpa'),
  level: fc.constantFrom('junior', 'intermediate', 'senior'),
  way: fc.constantFrom('exam', 'review', 'exam_and_review'),
  obtained: month('2000-01', years),
})
const ban = fc
  .record({ id: fc.uuid(), month: month('2010-01', 200), isForever: fc.boolean() })
  .map(({ id, month: at, isForever }) => ({
    id,
    from: `${at}-15`,
    until: isForever ? ('forever' as const) : `${addMonths(at, 60)}-15`,
  }))
const facts: fc.Arbitrary<ExamFacts> = fc.record({
  studies: fc.array(studyWith(fc.boolean()), { maxLength: 4 }),
  jobs: fc.array(jobs, { maxLength: 4 }),
  qualifications: fc.array(qualification, { maxLength: 3 }),
  bans: fc.array(ban, { maxLength: 1 }),
})
const level = fc.constantFrom(...examLevels)

describe('whatever the career', () => {
  it('a month more of work never takes anything away', () => {
    fc.assert(
      fc.property(facts, level, month('2000-01', years), (held, of, at) => {
        const more = { id: 'more', start: at, end: at, posts: [{ start: at, end: at }] }
        expect(grade({ ...held, jobs: [...held.jobs, more] }, of)).toBeGreaterThanOrEqual(grade(held, of))
      }),
    )
  })

  it('an education more never takes anything away, but by its full-time months', () => {
    fc.assert(
      fc.property(facts, level, studyWith(fc.constant(false)), (held, of, study) => {
        const after = { ...held, studies: [...held.studies, study] }
        expect(grade(after, of)).toBeGreaterThanOrEqual(grade(held, of))
      }),
    )
    fc.assert(
      fc.property(facts, level, studyWith(fc.constant(true), fc.constant(true)), (held, of, study) => {
        const after = { ...held, studies: [...held.studies, study] }
        const until = '2026-12'
        const isWithout = serviceMonths(held, { until }).months === serviceMonths(after, { until }).months
        if (isWithout || of === 'junior') expect(grade(after, of)).toBeGreaterThanOrEqual(grade(held, of))
      }),
    )
  })

  it('the order of rows and of posts changes nothing', () => {
    fc.assert(
      fc.property(facts, level, (held, of) => {
        const turned: ExamFacts = {
          studies: held.studies.toReversed(),
          jobs: held.jobs.toReversed().map((job) => ({ ...job, posts: job.posts.toReversed() })),
          qualifications: held.qualifications.toReversed(),
          bans: held.bans.toReversed(),
        }
        expect(judge(turned, of)).toEqual(judge(held, of))
      }),
    )
  })

  it('a later year never takes anything away, but by a ban or a level that came meanwhile', () => {
    fc.assert(
      fc.property(facts, level, fc.integer({ min: 2010, max: 2027 }), (held, of, year) => {
        const before = judge(held, of, year)
        const after = judge(held, of, year + 1)
        const musts = ({ lines }: typeof after) =>
          lines.filter(({ condition }) => condition === 'no-ban' || condition === 'level-free')
        if (musts(after).every(({ state }) => state === 'met'))
          expect(grades.indexOf(after.verdict)).toBeGreaterThanOrEqual(grades.indexOf(before.verdict))
      }),
    )
  })

  it('the verdict is what the lines say', () => {
    fc.assert(
      fc.property(facts, level, (held, of) => {
        const { verdict, lines, via, nearest } = judge(held, of)
        const musts = lines.filter(({ part }) => part === 'must').map(({ state }) => state)
        const ways = lines.filter(({ part }) => part === 'way')
        const isMet = musts.every((state) => state === 'met') && ways.some(({ state }) => state === 'met')
        const isOut = musts.includes('unmet') || ways.every(({ state }) => state === 'unmet')
        expect(verdict).toBe(isMet ? 'eligible' : isOut ? 'ineligible' : 'manual')
        expect(via === null).toBe(isOut)
        expect(ways.map(({ condition }) => condition)).toEqual(waysTo[of].map(({ id }) => id))
        for (const { state, needs, has, why } of lines) {
          expect(why.length === 0).toBe(state === 'met')
          if (state === 'met' && needs !== null) expect(has).toBeGreaterThanOrEqual(needs)
        }
        if (nearest !== null) expect(ways.find((one) => one.condition === nearest)?.state).toBe('unmet')
      }),
    )
  })
})

it('closes on the day that registration ends in, where people are', () => {
  const closing = (at: string) => sessionClosing({ level: 'senior', year: 2027 }, new Date(at)).closesOn
  expect(closing('2027-01-24T12:00:00+08:00')).toBe('2027-01-24')
  expect(closing('2027-01-25T00:00:00+08:00')).toBe('2027-01-24')
})

it('asks the years of the rule', () => {
  const asked = (of: ExamLevel) => Object.fromEntries(waysTo[of].map(({ id, months }) => [id, months / 12]))
  expect(asked('intermediate')).toEqual({
    doctor: 0,
    master: 1,
    graduate: 2,
    bachelor: 4,
    college: 5,
    crossover: 0,
  })
  expect(asked('senior')).toEqual({ doctor: 2, bachelor: 5, college: 10 })
  expect(asked('junior')).toEqual({ school: 0 })
  expect(attainments).toHaveLength(6)
})
