import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { type ClaimKind, claimKinds, claimShapes } from '#lib/domain/claims.ts'
import { countsInWords, failureWords, fieldsInWords } from '#lib/text/checks.ts'
import { factText, knownFacts } from '#lib/text/facts.ts'
import { nodesOf, sourcesUnder } from '#tests/support/sources.ts'

/** Every text that looks like the code of a fact or warning in these sources. */
const codesIn = (path: string) =>
  sourcesUnder('lib')
    .filter((source) => source.path === path)
    .flatMap(({ tree }) =>
      [...nodesOf(tree)]
        .filter(ts.isStringLiteralLike)
        .map(({ text }) => text)
        .filter((text) => /^[a-z]+(-[a-z]+)+$/.test(text)),
    )

describe('the words of facts', () => {
  it('are there for every code that is computed, and for every warning of a row', () => {
    const computed = codesIn('lib/readers/facts.ts')
    const warned = codesIn('lib/schemas/certificate-number.ts').filter(
      (code) => !code.startsWith('certificate-number'),
    )
    expect(computed.length).toBeGreaterThan(7)
    expect(warned.length).toBe(7)
    const wanted = [...computed, ...warned, 'under-sixteen', 'credit-code-organisation-digit']
    expect(wanted.filter((code) => !knownFacts.has(code))).toEqual([])
  })

  it.each([
    [
      'work-gap',
      { from: '2012-07', to: '2012-10', months: 4 },
      '与上一段工作间隔 4 个月（2012年7月至2012年10月）',
    ],
    [
      'picture-elsewhere',
      { persons: 2, file: 'x' },
      '同一张图片也出现在另外 2 个账户的申请中，请核对是否为本人的材料',
    ],
    ['accounting-months', { months: 1, until: '2026-11' }, '会计工作合计 1 个月（1 个月）'],
    ['work-months', { months: 24, until: '2026-11' }, '工作经历合计 24 个月（2 年）'],
    ['work-months', { months: 27, until: '2026-11' }, '（2 年 3 个月）'],
    ['diploma-number-level', { stated: 'none', level: 'bachelor_program' }, '无法识别'],
    ['no-such-code', {}, 'no-such-code'],
  ])('say it with what was measured: %s', (code, params, expected) =>
    expect(factText({ code, params })).toContain(expected),
  )
})

const none = { agrees: 0, differs: 0, answered: 0, unavailable: 0, unchecked: 0, checking: 0 }

describe('the words of checks', () => {
  it.each([
    [{}, ''],
    [{ agrees: 3 }, '3 项一致'],
    [{ agrees: 3, differs: 1 }, '3 项一致，1 项不一致'],
    [{ agrees: 3, differs: 1, answered: 1 }, '3 项一致，1 项不一致（已补充证明）'],
    [{ differs: 3, answered: 2 }, '3 项不一致（其中 2 项已补充证明）'],
    [{ unavailable: 1, unchecked: 2, checking: 1 }, '1 项不可用，由人工核对，2 项未核验，1 项核验中'],
  ])('count: %o', (counts, expected) => expect(countsInWords({ ...none, ...counts })).toBe(expected))

  const sectionsOf: Readonly<Record<ClaimKind, string>> = {
    education: 'education',
    degree: 'education',
    'accounting-qualification': 'qualifications',
    'other-qualification': 'qualifications',
    'credit-code': 'employment',
  }
  it.each(claimKinds)('call every field that is compared or noted by its label: %s', (kind) => {
    const { by, entry, compared, noted } = claimShapes[kind]
    for (const field of [by, entry, ...compared, ...noted])
      expect(fieldsInWords(sectionsOf[kind], [field])).toMatch(/^\p{Script=Han}+$/u)
  })

  const said = (fields: readonly string[], why: '' | 'not-found' = '') =>
    failureWords({ section: 'education', kind: 'education', why, fields })
  it('tell an applicant which fields differ and no value', () => {
    expect(said(['school', 'graduated'])).toBe('学历：学校名称、毕业时间与学信网不一致')
    expect(said(['name'])).toBe('学历：登记的姓名与您的姓名不一致')
    expect(said(['name', 'level'])).toBe('学历：学历与学信网不一致；学历：登记的姓名与您的姓名不一致')
    expect(said([], 'not-found')).toBe('学历：按填写的学历证书编号等内容查无记录')
  })
})
