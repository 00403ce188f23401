/** The form of a judgement sent twice: a decision is made once, and its second click is answered like the first. */
import { beforeEach, expect, it, vi } from 'vitest'
import { decide } from '#app/(reviewer)/review/actions.ts'
import { eventsOfCase } from '#db/queries/cases.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { collection } from '#lib/cases/collection.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { ownDecision } from '#lib/views/own-decision.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { rowIds, submittedCase } from '#tests/support/cases.ts'
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
    // Another decision, somebody else's, and one that comes later are none of it.
    const other = decision === 'approve' ? await form('return', problem) : await form('approve', passed)
    const decided = new RegExp(`^303 /review/${caseId}\\?echo=[\\w-]{43}#errors$`)
    expect(await posted(decide, other)).toMatch(decided)
    deps.clock.advance(60_000)
    expect(await posted(decide, sent)).toMatch(decided)
    await signIn(reviewers[1])
    expect(await posted(decide, sent)).toMatch(decided)
    expect((await events()).filter((kind) => kind === event)).toHaveLength(1)
  })

  it('is known to who made it, for a minute', async () => {
    const [reviewer, colleague] = reviewers
    expect(await ownDecision(deps, reviewer, caseId)).toBeNull()
    await posted(decide, await form('return', problem))
    expect(await ownDecision(deps, reviewer, caseId)).toBe('returned')
    expect(await ownDecision(deps, colleague, caseId)).toBeNull()
    expect(await ownDecision(deps, reviewer, crypto.randomUUID())).toBeNull()
    deps.clock.advance(59_000)
    expect(await ownDecision(deps, reviewer, caseId)).toBe('returned')
    deps.clock.advance(1_000)
    expect(await ownDecision(deps, reviewer, caseId)).toBeNull()
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
})
