import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { department } from '#db/schema/department.ts'
import { defaultReviewDays } from '#lib/domain/working-days.ts'
import { readEnv } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { helpOfSection, helpTopics, moreHelp } from '#lib/text/help/all.ts'
import { type Block, type HelpFacts, helpTopicIds, type Line, plainAnswer } from '#lib/text/help/define.ts'
import { homeWords } from '#lib/text/home.ts'
import { helpFacts, helpPlaces, helpTopicView } from '#lib/views/help.ts'

const env = readEnv({ DEMO: '1', APP_KEYS: 'k', DATA_DIR: '/nowhere' }, () => 'k')
const facts = helpFacts(env)
const questions = helpTopics.flatMap((topic) => topic.questions.map((one) => ({ topic: topic.id, ...one })))
const byId = new Map(questions.map((one) => [one.id, one]))
const answerOf = (id: string, known: HelpFacts = facts) => plainAnswer(byId.get(id)?.answer(known) ?? [])

/** The 37 questions of domain.md §10, by their number there. */
const asked: Readonly<Record<number, string>> = {
  1: 'phone-taken',
  2: 'number-taken',
  3: 'code-missing',
  4: 'code-life',
  5: 'forgot-password',
  6: 'phone-lost',
  7: 'change-phone',
  8: 'rare-characters',
  9: 'wrong-name-or-number',
  10: 'letter-case',
  11: 'no-alipay',
  12: 'identity-failed',
  13: 'which-scope',
  14: 'which-department',
  15: 'provincial-units',
  16: 'central-units',
  17: 'portrait-rules',
  18: 'proof-rules',
  19: 'education-returned',
  20: 'not-in-register',
  21: 'student',
  22: 'lost-diploma',
  23: 'no-seal',
  24: 'template-required',
  25: 'old-licence',
  26: 'how-long',
  27: 'returned',
  28: 'withdraw',
  29: 'information-changed',
  30: 'new-employer',
  31: 'why-not-transfer',
  32: 'collected-before',
  33: 'certificate-elsewhere',
  34: 'new-certificate',
  35: 'credits',
  36: 'credits-short',
  37: 'after-payment',
}

const linesOf = (block: Block): readonly Line[] => (block.kind === 'text' ? [block.line] : block.lines)
const piecesOf = (id: string) => (byId.get(id)?.answer(facts) ?? []).flatMap(linesOf).flat()

describe('the help centre', () => {
  it('answers all 37 questions of the domain, each by a question of its own', () => {
    expect(Object.keys(asked)).toHaveLength(37)
    expect(new Set(Object.values(asked)).size).toBe(37)
    expect(Object.values(asked).filter((id) => !byId.has(id))).toEqual([])
  })

  it('names every topic once and every question once', () => {
    expect(helpTopics.map(({ id }) => id)).toEqual([...helpTopicIds])
    expect(byId.size).toBe(questions.length)
    expect(new Set(questions.map(({ question }) => question)).size).toBe(questions.length)
    for (const { id } of questions) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })

  it.each(questions.map(({ id }) => id))('%s is answered in words, without a hole or a mark-up', (id) => {
    const text = answerOf(id)
    expect(text.length).toBeGreaterThan(15)
    expect(text).not.toMatch(/undefined|NaN|null|\[object|<|>/)
    for (const piece of piecesOf(id)) expect(typeof piece === 'string' ? piece : piece.label).not.toBe('')
    expect(byId.get(id)?.keywords.length).toBeGreaterThan(3)
  })

  it('refers to questions that are there', () => {
    const named = questions.flatMap(({ id }) =>
      piecesOf(id).flatMap((piece) => (typeof piece === 'object' && 'see' in piece ? [piece.see] : [])),
    )
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((id) => !byId.has(id))).toEqual([])
    const fromHome = homeWords.questions.map(({ help: [topic, id] }) => `${topic}/${id}`)
    expect(fromHome.filter((one) => !questions.some(({ topic, id }) => `${topic}/${id}` === one))).toEqual([])
  })

  it('leads to registration for exams where it is asked about', () => {
    for (const id of ['after-payment', 'exam-registered'])
      expect(piecesOf(id)).toContainEqual({ to: 'exams', label: '会计专业技术资格考试' })
  })

  it('is linked from every page of a form, in the words of the guides', () => {
    expect(moreHelp(helpOfSection.education)).toBe('更多：帮助中心 · 教育经历')
  })
})

/** Whether the app folder has something at this address; groups name nothing, `[x]` takes any one part. */
function answered(address: string): boolean {
  const found = (folder: string, parts: readonly string[]): boolean => {
    const [part, ...rest] = parts
    if (part === undefined && ['page.tsx', 'route.ts'].some((name) => existsSync(join(folder, name))))
      return true
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .some(({ name }) => {
        if (/^\(.*\)$/.test(name)) return found(join(folder, name), parts)
        return (
          part !== undefined && (name === part || /^\[[^.]*\]$/.test(name)) && found(join(folder, name), rest)
        )
      })
  }
  return found(
    'app',
    new URL(address, 'http://here').pathname.split('/').filter((part) => part !== ''),
  )
}

describe('the links of answers', () => {
  it.each(Object.entries(helpPlaces))('%s leads to a page: %s', (_, address) => {
    expect(answered(address)).toBe(true)
  })

  it('a page that is not there is noticed', () => {
    expect(answered('/no-such-page')).toBe(false)
    expect(answered('/collection/education/row/more')).toBe(false)
  })

  it('carry the addresses of topics and questions', () => {
    const shown = helpTopicView({ env }, 'education')
    const hrefs = (shown?.questions ?? []).flatMap(({ answer }) =>
      answer
        .flatMap((block) => (block.kind === 'text' ? block.line : block.lines.flat()))
        .map(({ href }) => href),
    )
    expect(hrefs).toContain(paths.collectionStep('education'))
    expect(hrefs).toContain(paths.helpTopic('department-and-scope', 'which-department'))
    expect(shown?.others).toHaveLength(helpTopicIds.length - 1)
  })

  it('a topic nobody wrote is none', () => expect(helpTopicView({ env }, 'no-such-topic')).toBeNull())
})

describe('the limits in answers', () => {
  it.each<[keyof HelpFacts, string, Partial<HelpFacts>, string]>([
    ['smsMinutes', 'code-life', { smsMinutes: 7 }, '7 分钟内有效'],
    ['smsDigits', 'code-life', { smsDigits: 8 }, '8 位数字'],
    ['smsTries', 'code-life', { smsTries: 9 }, '输错 9 次'],
    ['smsPerPhonePerDay', 'code-missing', { smsPerPhonePerDay: 33 }, '每天最多 33 次'],
    ['signInFailures', 'too-many-failures', { signInFailures: 12 }, '失败 12 次'],
    ['sessionIdleMinutes', 'signed-out', { sessionIdleMinutes: 41 }, '41 分钟没有操作'],
    ['keptMinutes', 'signed-out', { keptMinutes: 23 }, '保留 23 分钟'],
    ['passwordMin', 'forgot-password', { passwordMin: 11 }, '11 至'],
    ['passwordMax', 'forgot-password', { passwordMax: 77 }, '77 个字符'],
    ['nameMax', 'rare-characters', { nameMax: 66 }, '最多 66 个字'],
    ['draftDays', 'draft-kept', { draftDays: 45 }, '保留 45 天'],
    ['leaseMinutes', 'withdraw', { leaseMinutes: 55 }, '55 分钟'],
    ['identityPictureDays', 'identity-pictures-kept', { identityPictureDays: 17 }, '17 日后删除'],
    ['reviewDays', 'how-long', { reviewDays: 8 }, '8 个工作日'],
    ['proofFiles', 'how-many-pictures', { proofFiles: 4 }, '最多上传 4 张'],
    ['registerRetryHours', 'machine-check', { registerRetryHours: 36 }, '36 小时'],
    ['otherWorkProofs', 'no-seal', { otherWorkProofs: ['用工证明', '工资单'] }, '用工证明、工资单'],
    [
      'proof',
      'picture-too-large',
      { proof: { ...facts.proof, maxBytes: 900 * 1024 } },
      '超过 900KB 的证明材料',
    ],
    ['portrait', 'crop-portrait', { portrait: { ...facts.portrait, minWidth: 480 } }, '比例不是 480×'],
    ['portrait', 'portrait-rules', { portrait: { ...facts.portrait, minWidth: 480 } }, '至少宽 480 像素'],
    ['proof', 'proof-rules', { proof: { ...facts.proof, maxBytes: 900 * 1024 } }, '不超过 900KB'],
  ])('follow the code: %s', (_, id, changed, words) => {
    expect(answerOf(id)).not.toContain(words)
    expect(answerOf(id, { ...facts, ...changed })).toContain(words)
  })

  it('follow the settings of the installation', () => {
    const other = readEnv(
      { DEMO: '1', APP_KEYS: 'k', DATA_DIR: '/nowhere', LIMITS_DRAFT_DAYS: '45', LIMITS_SMS_TRIES: '9' },
      () => 'k',
    )
    expect(answerOf('draft-kept', helpFacts(other))).toContain('保留 45 天')
    expect(answerOf('code-life', helpFacts(other))).toContain('输错 9 次')
  })

  it('the days of a review are those a new department gets', () =>
    expect(department.reviewDays.default).toBe(defaultReviewDays))
})
