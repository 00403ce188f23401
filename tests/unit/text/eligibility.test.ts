import { describe, expect, it, test } from 'vitest'
import { eligibility } from '#lib/domain/eligibility.ts'
import { usualSession, waysTo } from '#lib/domain/exam-conditions.ts'
import { type ExamLevel, examLevels } from '#lib/domain/exams.ts'
import { conditionText, countedText, missingText, whyTexts, workText } from '#lib/text/eligibility.ts'
import { career } from '#tests/support/careers.ts'

const judged = (line: string, level: ExamLevel) => eligibility(career(line), usualSession(level, 2026))
const 专 = '非专科 2012-09..2015-06'
const 本 = '非本科+学士 2014-09..2018-06'

describe('conditions in words', () => {
  it('say the rule with its years', () => {
    const texts = examLevels.flatMap((level) =>
      waysTo[level].map(({ id, months }) => conditionText(level, { condition: id, needs: months || null })),
    )
    expect(texts).toHaveLength(10)
    expect(new Set(texts).size).toBe(10)
    expect(texts).toContain('大学专科学历，从事会计工作满 5 年')
    expect(texts).toContain('大学专科学历，取得会计师后从事会计工作满 10 年')
    expect(texts).toContain('博士学位')
  })

  it('say what is there and what is short', () => {
    const line = judged(`${专} · 会计 2022-08..`, 'intermediate').lines.find(
      ({ condition }) => condition === 'college',
    )
    if (!line) throw new Error('no line')
    expect([countedText(line), ...whyTexts(line)]).toEqual([
      '需要 5 年，已有 4 年 5 个月',
      '会计工作还差 7 个月',
    ])
    expect(countedText({ needs: 60, has: 0 })).toBe('需要 5 年，已有 0 个月')
  })

  it('say how work was counted', () => {
    const found = judged(`${本} · 全硕士生 2022-09..2023-08 · 会计 2010-01.. · 会计师·考试 2020-01`, 'senior')
    expect(workText(found)).toBe(
      '会计工作共 6 年：自 2020年1月取得会计师起，算到 2026年12月，重叠的月份只算一次，已减去全日制学习期间的 1 年。',
    )
  })

  // Sixteen years are not 「共 0 个月」 because they count from a title that is not there.
  test.each<[career: string, level: ExamLevel, text: string]>([
    [
      `${本} · 会计 2010-01..`,
      'senior',
      '会计工作从取得会计师的月份起计算：没有登记会计师资格，现在还不能计算。',
    ],
    [
      `${本} · 会计 2010-01.. · 会计师·考试 2026-09`,
      'senior',
      '会计工作从取得会计师的月份起计算：登记的会计师资格取得时间晚于报名截止的月份，现在还不能计算。',
    ],
    [
      `${本} · 会计 2020-01.. · 会计师·评审 2021-01`,
      'senior',
      '会计工作共 6 年：自 2021年1月取得会计师起，算到 2026年12月，重叠的月份只算一次。',
    ],
    [本, 'intermediate', '会计工作共 0 个月：算到 2026年12月，重叠的月份只算一次。'],
    [`${本} · 会计 2010-01..`, 'junior', ''],
  ])('%s (%s): %s', (line, level, text) => expect(workText(judged(line, level))).toBe(text))

  test.each<[career: string, level: ExamLevel, missing: string]>([
    [`${专} · 会计 2022-01..`, 'intermediate', ''],
    [`${专} · 会计 2022-08..`, 'intermediate', '专科：会计工作还差 7 个月'],
    ['全高中 2005-09..2008-06 · 会计 2008-07..', 'intermediate', '学历或学位不符合要求'],
    ['', 'junior', '学历或学位不符合要求'],
    [`${本} · 会计 2010-01..`, 'senior', '没有登记会计师资格'],
    [`${本} · 会计 2010-01.. · 会计师·考试 2024-01`, 'senior', '本科至硕士：会计工作还差 2 年'],
    [
      `${本} · 会计 2010-01.. · 会计师·考试 2020-01`,
      'intermediate',
      '已取得同级或更高级别的资格，不用再报考',
    ],
    [
      `${专} · 会计 2022-08.. · 终身禁业 2020-01-01`,
      'intermediate',
      '已被处以不得再从事会计工作；专科：会计工作还差 7 个月',
    ],
    [
      '境外非高中 2005-09..2008-06',
      'junior',
      '高中及以上：境外学历学位没有教育部留学服务中心认证书，需要人工审核',
    ],
    [`${本} · 会计 2010-01.. · 会计师·评审 2015-12`, 'senior', '不是通过考试取得，能否用于报考需要人工审核'],
  ])('%s (%s) lacks: %s', (line, level, missing) => expect(missingText(judged(line, level))).toBe(missing))
})
