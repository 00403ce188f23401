/** The form of a judgement sent twice: a decision is made once, and its second click is answered like the first. */
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import CasePage from '#app/(reviewer)/review/[caseId]/page.tsx'
import { decide } from '#app/(reviewer)/review/actions.ts'
import { eventsOfCase } from '#db/queries/cases.ts'
import { noteTemplatesOf } from '#db/queries/note-templates.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { collection } from '#lib/cases/collection.ts'
import { addNoteTemplate } from '#lib/commands/add-note-template.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { readOpinions } from '#lib/schemas/findings.ts'
import { isSecondClick, type SentDecision } from '#lib/views/second-click.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { rowIds, submittedCase, submittedIdentity } from '#tests/support/cases.ts'
import {
  type MadeApplicant,
  makeApplicant,
  makeStaff,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { jar, posted } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

const passed = Object.fromEntries(collection.sections.map((id) => [`verdict.${id}`, 'pass']))
const problem = {
  ...passed,
  'verdict.education': 'problem',
  'finding.education.0.reason': 'diploma-missing',
  'finding.education.0.target': `${rowIds.education}/slot:diploma`,
}
const asRead = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]))
const done = (word: string) => `303 /review?tab=mine&done=${word}#main`

describeEachEngine('a decision that is sent twice', (open) => {
  let deps: TestDeps
  let applicant: MadeApplicant
  let reviewers: readonly [Staff, Staff]
  let caseId: string

  const signIn = async ({ id }: Staff) =>
    void jar.set('sid', { value: await openSession(deps, { accountId: id, address: '', agent: '' }) })
  const form = async (decision: string, typed: Readonly<Record<string, string>>) => ({
    case: caseId,
    version: String((await caseRow(deps, caseId)).version),
    decision,
    ...typed,
  })
  /** The review page, at the address an action led to. */
  const page = async (to = '') => {
    const asked = to === '' ? {} : Object.fromEntries(new URL(to.slice(4), 'http://x').searchParams)
    const props = { params: Promise.resolve({ caseId }), searchParams: Promise.resolve(asked) }
    return renderToStaticMarkup(await CasePage(props))
  }
  /** Of the form of the judgement, which says what it was filled from. */
  const versionIn = (html: string) =>
    /name="version" value="(\d+)"\/><input[^>]*name="filledFrom"/.exec(html)?.[1]
  const events = async () =>
    (await eventsOfCase(deps.store.read, deps.store.t, caseId)).map(({ kind }) => kind)

  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    const { tianhe: departmentId } = await seedDepartments(deps)
    const staff = async () => (await makeStaff(deps, { role: 'reviewer', departmentId })).actor
    reviewers = [await staff(), await staff()]
    applicant = await makeApplicant(deps)
    caseId = await submittedCase(deps, applicant.actor, departmentId)
    await claimCase(deps, reviewers[0], { caseId })
    await signIn(reviewers[0])
  })

  it.each([
    ['approve', passed, 'approved', 'case.approved'],
    ['return', problem, 'returned', 'case.returned'],
  ] as const)('%s: made once, and said to be made both times', async (decision, typed, word, event) => {
    const sent = await form(decision, typed)
    expect(await Promise.all([posted(decide, sent), posted(decide, sent)])).toEqual([done(word), done(word)])
    expect(await posted(decide, sent)).toBe(done(word))
    expect((await events()).filter((kind) => kind === event)).toHaveLength(1)
    // Another decision, the same in other words, somebody else's, and one that comes later are none of it.
    const decided = new RegExp(`^303 /review/${caseId}\\?echo=[\\w-]{43}#errors$`)
    const others =
      decision === 'approve'
        ? [await form('return', problem)]
        : [
            await form('approve', passed),
            { ...sent, 'finding.education.0.note': '看不清' },
            {
              ...sent,
              'finding.education.1.reason': 'other',
              'finding.education.1.target': `${rowIds.education}/school`,
              'finding.education.1.note': '还有学校名称',
            },
          ]
    for (const other of others) expect(await posted(decide, other)).toMatch(decided)
    deps.clock.advance(60_000)
    expect(await posted(decide, sent)).toMatch(decided)
    await signIn(reviewers[1])
    expect(await posted(decide, sent)).toMatch(decided)
    expect((await events()).filter((kind) => kind === event)).toHaveLength(1)
  })

  it('is known to who made it, for a minute', async () => {
    const [reviewer, colleague] = reviewers
    const sent = { caseId, outcome: 'returned', note: '', ...readOpinions(asRead(problem)) } as const
    const known = (actor: Staff = reviewer, of: Partial<SentDecision> = {}) =>
      isSecondClick(deps, actor, { ...sent, ...of })
    expect(await known()).toBe(false)
    await posted(decide, await form('return', problem))
    expect(await known()).toBe(true)
    expect(await known(colleague)).toBe(false)
    expect(await known(reviewer, { outcome: 'approved' })).toBe(false)
    expect(await known(reviewer, { findings: [] })).toBe(false)
    expect(await known(reviewer, { caseId: crypto.randomUUID() })).toBe(false)
    deps.clock.advance(59_000)
    expect(await known()).toBe(true)
    deps.clock.advance(1_000)
    expect(await known()).toBe(false)
  })

  it('refused for good in other words is another one', async () => {
    const person = await makeApplicant(deps, { verified: false })
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: '440100' })
    caseId = await submittedIdentity(deps, person.actor, '440100')
    await claimCase(deps, reviewer, { caseId })
    await signIn(reviewer)
    const sent = await form('refuse', {
      refusal: '手持证件的人不是证件上的人',
      'verdict.identity': 'problem',
      'finding.identity.0.reason': 'name-or-number-differs',
      'finding.identity.0.target': 'main/slot:holding',
      'finding.identity.0.note': '第一行\r\n第二行',
    })
    expect(await Promise.all([posted(decide, sent), posted(decide, sent)])).toEqual([
      done('refused'),
      done('refused'),
    ])
    expect(await posted(decide, sent)).toBe(done('refused'))
    expect((await events()).filter((kind) => kind === 'case.refused')).toHaveLength(1)
    expect(await posted(decide, { ...sent, refusal: '照片看不清' })).toContain('?echo=')
    expect(await posted(decide, { ...sent, 'finding.identity.0.note': '另一句' })).toContain('?echo=')
  })

  it.each([
    ['return', 'returned'],
    ['refuse', 'refused'],
  ] as const)('%s with a 常用语 is known by the words it put into the note', async (decision, word) => {
    const person = await makeApplicant(deps, { verified: false })
    const departmentId = '440100-own'
    const { actor: manager } = await makeStaff(deps, { role: 'manager', departmentId })
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId })
    const typed = { templateReason: 'identity-expired', templateText: '请上传有效期内的证件。' }
    await addNoteTemplate(deps, manager, { departmentId, typed })
    const [template] = await noteTemplatesOf(deps.store.read, deps.store.t, [departmentId])
    caseId = await submittedIdentity(deps, person.actor, '440100')
    await claimCase(deps, reviewer, { caseId })
    await signIn(reviewer)
    const sent = await form(decision, {
      refusal: '证件已过期',
      'finding.identity.0.reason': '',
      'finding.identity.0.target': 'main/slot:face',
      'finding.identity.0.template': template?.id ?? '',
    })
    expect(await posted(decide, sent)).toBe(done(word))
    expect(await posted(decide, sent)).toBe(done(word))
    expect(await posted(decide, { ...sent, 'finding.identity.0.template': '' })).toContain('?echo=')
  })

  it('asks for the numbers with everything typed, and judges nothing', async () => {
    for (const [press, page] of [
      ['full', `/review/${caseId}?full=1&`],
      ['masked', `/review/${caseId}?`],
    ] as const)
      expect(await posted(decide, await form(press, problem))).toMatch(
        new RegExp(`^303 ${page.replace('?', '\\?')}echo=[\\w-]{43}#main$`),
      )
    expect(await events()).not.toContain('case.returned')
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'in_review' })
  })

  it('and refused, however it was sent, comes back with all that was typed', async () => {
    const typed = { ...problem, 'finding.education.0.note': '第二页看不清' }
    const stale = { ...(await form('save', typed)), version: '1' }
    const to = await posted(decide, stale)
    expect(to).toContain('?echo=')
    expect(await page(to)).toContain('第二页看不清')
    // What Enter presses.
    const [pressed = ''] = /<button[^>]* aria-hidden="true"[^>]*>/.exec(await page()) ?? []
    expect(pressed).toContain('name="decision"')
    expect(pressed).toContain('value="save"')
  })

  it('shows numbers beside what was typed, on the version it was typed on', async () => {
    const typed = {
      ...problem,
      'finding.education.0.note': '第二页看不清',
      'finding.education.0.remove': '1',
    }
    const sent = await form('full', typed)
    const shown = await page(await posted(decide, sent))
    expect(shown).toContain('第二页看不清')
    expect(shown).toContain(applicant.number)
    expect(shown).not.toContain('刚才填写的意见还没有保存')
    expect(versionIn(shown)).toBe(sent.version)
    // Saved in another tab meanwhile: it is said, and saving this one does not overwrite that.
    expect(await posted(decide, await form('save', problem))).toContain('done=saved')
    const again = await page(await posted(decide, sent))
    expect(again).toContain('刚才填写的意见还没有保存')
    expect(versionIn(again)).toBe(sent.version)
    expect(await posted(decide, { ...sent, decision: 'save' })).toContain('?echo=')
  })
})
