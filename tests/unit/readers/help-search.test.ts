import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEnv } from '#lib/env.ts'
import { longestQuery, searchHelp, tidyQuery } from '#lib/readers/help-search.ts'
import { helpTopics } from '#lib/text/help/all.ts'
import { helpFacts, helpSearchView } from '#lib/views/help.ts'

const env = readEnv({ DEMO: '1', APP_KEYS: 'k', DATA_DIR: '/nowhere' }, () => 'k')
const facts = helpFacts(env)
const search = (query: string) => searchHelp(helpTopics, facts, query)
const ids = (query: string) => search(query).map(({ id }) => id)

describe('searching the help centre', () => {
  it.each([
    ['验证码 收不到', 'code-missing'],
    ['收不到验证码怎么办', 'code-missing'],
    ['忘记密码', 'forgot-password'],
    ['密码忘了', 'forgot-password'],
    ['照片 多大', 'portrait-rules'],
    ['深圳', 'which-department'],
    ['生僻字', 'rare-characters'],
    ['没有支付宝', 'no-alipay'],
    ['学信网', 'education-returned'],
    ['毕业证丢了', 'lost-diploma'],
    ['会计证', 'old-licence'],
    ['换手机号', 'change-phone'],
    ['撤回', 'withdraw'],
    ['多久审核', 'how-long'],
    ['ＪＰＧ', 'proof-rules'],
    ['cpa', 'which-qualifications'],
    ['长辈版', 'large-type'],
    ['换单位', 'new-employer'],
    ['简历表 模板', 'template-required'],
  ])('%s finds %s among the first three', (query, id) => expect(ids(query).slice(0, 3)).toContain(id))

  it.each(['量子力学', 'xyzzy', '怎么办', '   ', '？！。', ''])('%j finds nothing', (query) =>
    expect(ids(query)).toEqual([]),
  )

  it('puts what stands in a question before what stands in an answer', () => {
    const found = search('手持证件')
    const inQuestion = search('忘记密码').map(({ question }) => question.some(({ hit }) => hit))
    expect(found.length).toBeGreaterThan(1)
    expect(inQuestion[0]).toBe(true)
    expect(inQuestion.indexOf(true)).toBe(0)
  })

  it('finds every question by its own words', () => {
    const lost = helpTopics
      .flatMap(({ questions }) => questions)
      .filter(({ id, question }) => ids(question)[0] !== id)
      .map(({ id }) => id)
    expect(lost).toEqual([])
  })

  it('marks the words where they stand, and loses no character doing so', () => {
    const [first] = search('生僻字')
    expect(first?.question.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['生僻字'])
    const whole = helpTopics.flatMap(({ questions }) => questions).find(({ id }) => id === first?.id)
    expect(first?.question.map(({ text }) => text).join('')).toBe(whole?.question)
    const inAnswer = search('留学服务中心').find(({ id }) => id === 'not-in-register')
    expect(inAnswer?.snippet.find(({ hit }) => hit)?.text).toBe('留学服务中心')
  })

  it('takes any text for a query, and never shows more than it should', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        for (const { snippet } of search(typed))
          expect(snippet.map(({ text }) => text).join('').length).toBeLessThanOrEqual(80)
      }),
      { numRuns: 60 },
    )
  })

  it.each(['量子力学 <b>', '量子力学 & “力”', 'q k b'])('%s finds nothing by a stray character', (typed) =>
    expect(search(typed)).toEqual([]),
  )

  it('a query is cut to its length, whole characters only', () => {
    expect([...tidyQuery(`  ${'𠮷'.repeat(500)}`)]).toHaveLength(longestQuery)
    expect(tidyQuery(' 深圳 ')).toBe('深圳')
  })
})

describe('the search page', () => {
  it('shows where a hit stands', () => {
    const found = helpSearchView({ env }, '生僻字')
    expect(found?.query).toBe('生僻字')
    expect(found?.hits[0]).toMatchObject({ href: '/help/registration#rare-characters', topic: '注册' })
  })

  it.each([undefined, '', '  ', ['a', 'b']])('%j is no search', (typed) =>
    expect(helpSearchView({ env }, typed)).toBeNull(),
  )
})
