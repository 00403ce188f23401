import { describe, expect, it, test } from 'vitest'
import { examine, issuesOf } from '#lib/readers/examine.ts'
import { fieldsOf } from '#lib/readers/fields.ts'
import { sampleContext, sampleRow } from '#lib/readers/sample.ts'
import { sectionById } from '#lib/sections/all.ts'
import type { Row, Values } from '#lib/sections/define.ts'
import { issueText } from '#lib/text/issues.ts'
import { sectionWords } from '#lib/text/sections.ts'

const laid = (row: Row, values: Values): Row => ({ ...row, values: { ...row.values, ...values } })

describe('what an issue says', () => {
  // EDU-2, WRK-5
  test.each([
    ['2018-02', '2020-06', '与第 1 条（2018年2月至2020年6月）时间交叉，请修改其中一条；首尾同月不算交叉'],
    ['2015-03', 'ongoing', '与第 1 条（2015年3月至今）时间交叉，请修改其中一条；首尾同月不算交叉'],
  ])('of periods that cross, %s to %s', (start, end, text) => {
    expect(issueText({ at: 'start', code: 'period-crossing', params: { position: 1, start, end } })).toBe(
      text,
    )
  })

  it('of an end before its start, by the name of that very field', () => {
    const said = (section: 'education' | 'employment', values: Values) => {
      const row = laid(sampleRow(section, 'row002'), values)
      const { fields } = sectionById(section)
      const issues = issuesOf(examine(sectionById(section), [row], sampleContext()))
      return fieldsOf(fields, sectionWords[section].fields, row, issues, sampleContext()).flatMap(
        ({ errors }) => errors.filter((text) => text.includes('不能早于')),
      )
    }
    expect(said('education', { enrolled: '2012-07', graduated: '2012-06' })).toEqual([
      '毕业时间不能早于入学时间，请核对两个时间',
    ])
    expect(said('employment', { start: '2016-03', end: '2016-02', accounting: 'no' })).toEqual([
      '工作结束时间不能早于工作开始时间，请核对两个时间',
    ])
  })

  it('of a nested period likewise', () => {
    const job = sampleRow('employment', 'row002')
    const [post] = job.children ?? []
    const { nested } = sectionById('employment')
    if (!post || !nested) throw new Error('the sample job has a post')
    const wrong = laid(post, { start: '2020-06', end: '2020-05' })
    const issues = issuesOf(
      examine(sectionById('employment'), [{ ...job, children: [wrong] }], sampleContext()),
    )
    const shown = fieldsOf(
      nested.fields,
      sectionWords.employment.nested.fields,
      wrong,
      issues,
      sampleContext(),
      `posts.${post.id}.`,
    )
    expect(shown.flatMap(({ errors }) => errors)).toContain(
      '会计工作结束时间不能早于会计工作开始时间，请核对两个时间',
    )
  })

  // CRE-1
  test.each(['2.5天', '2.5', '1000', '两天', '-', '0', '十个学时以上'])(
    'of %s as a quantity: that a whole number is wanted',
    (quantity) => {
      const row = laid(sampleRow('credit', 'main'), { quantity })
      const issues = issuesOf(examine(sectionById('credit'), [row], sampleContext()))
      expect(issues.map((one) => issueText(one, { label: '数量' }))).toEqual(['数量请填 1 到 999 的整数'])
    },
  )
})
