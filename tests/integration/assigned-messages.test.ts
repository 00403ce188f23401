/** What members of staff hear of a case that a manager hands over (REV-2, MSG-1). */
import { beforeEach, expect, it, vi } from 'vitest'
import { open as openFromInbox } from '#app/(account)/messages/actions.ts'
import MessagesPage from '#app/(account)/messages/page.tsx'
import { messagesOf } from '#db/queries/messages.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { assignCase } from '#lib/commands/assign-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { deliverOutbox } from '#lib/jobs/outbox.ts'
import { instantWords } from '#lib/text/dates.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { outcomeOf as no } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

describeEachEngine('a case that is assigned', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  async function office() {
    const places = await seedDepartments(deps)
    const applicant = await makeApplicant(deps, { name: '欧阳小明' })
    const staff = async (role: 'reviewer' | 'manager', name: string) =>
      (await makeStaff(deps, { role, departmentId: places.tianhe, name })).actor
    const [first, second] = [await staff('reviewer', '李一审'), await staff('reviewer', '王二审')]
    const manager = await staff('manager', '陈经理')
    const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
    await deliverOutbox(deps, 50)
    deps.sent.length = 0
    return {
      first,
      second,
      manager,
      applicant,
      caseId,
      assign: async (reviewerId: string, over: { version?: number } = {}) => {
        deps.clock.advance(1000)
        const { version } = await caseRow(deps, caseId)
        return assignCase(deps, manager, { caseId, version, reviewerId, ...over })
      },
      inboxOf: async (id: string) =>
        (await messagesOf(deps.store.read, deps.store.t, id, { after: '', limit: 50 })).map(
          ({ kind, data }) => ({ kind, ...data }),
        ),
    }
  }
  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })

  it('is told to who holds it now, until when, and to who held it, without names and without SMS', async () => {
    const { first, second, manager, applicant, caseId, assign, inboxOf } = await office()
    const { number } = await caseRow(deps, caseId)
    const of = { kind: 'collection', number, department: '广东省广州市天河区' }
    await assign(first.id)
    const until = (await caseRow(deps, caseId)).claimedUntil
    expect(await inboxOf(first.id)).toEqual([{ ...of, kind: 'collection', until: until?.toISOString() }])
    await assign(second.id)
    expect(await inboxOf(second.id)).toHaveLength(1)
    expect(await inboxOf(first.id)).toHaveLength(2)
    expect(await inboxOf(manager.id)).toEqual([])
    await deliverOutbox(deps, 50)
    expect(deps.sent).toEqual([])
    const [told] = await messagesOf(deps.store.read, deps.store.t, second.id, { after: '', limit: 1 })

    await signIn(second.id)
    const inbox = await shown(MessagesPage)
    const mine = (await caseRow(deps, caseId)).claimedUntil
    expect(inbox).toContain('申请已指派给您')
    for (const said of [String(number), '广东省广州市天河区', mine ? instantWords(mine) : 'never'])
      expect(inbox).toContain(said)
    for (const nobody of ['欧阳', '陈经理', '李一审', applicant.phone]) expect(inbox).not.toContain(nobody)
    expect(await posted(openFromInbox, { message: told?.id ?? '' })).toBe(`303 /review/${caseId}`)

    await signIn(first.id)
    expect(await shown(MessagesPage)).toContain('改派给其他审核员')
    const [taken] = await messagesOf(deps.store.read, deps.store.t, first.id, { after: '', limit: 1 })
    expect(taken?.kind).toBe('case-reassigned')
    expect(await posted(openFromInbox, { message: taken?.id ?? '' })).toBe('303 /review?tab=mine')
    // Nobody opens what is somebody else's.
    expect(await posted(openFromInbox, { message: told?.id ?? '' })).toBe('404')
  })

  it('is told to nobody of what they did themselves, of a lease that had ended, or of what was refused', async () => {
    const { first, second, manager, caseId, assign, inboxOf } = await office()
    await claimCase(deps, manager, { caseId })
    await assign(first.id)
    expect(await inboxOf(manager.id)).toEqual([])
    await assign(manager.id)
    expect((await inboxOf(manager.id)).length).toBe(0)
    expect((await inboxOf(first.id)).length).toBe(2)
    deps.clock.advance(deps.env.limits.assignedHours * 3_600_000)
    await claimCase(deps, first, { caseId })
    deps.clock.advance(31 * 60_000)
    await assign(second.id)
    expect((await inboxOf(first.id)).length).toBe(2)
    expect(await no(assign('nobody'))).toEqual(['refused', 'assign-target'])
    expect(await no(assign(first.id, { version: 1 }))).toEqual(['stale'])
    expect((await inboxOf(first.id)).length).toBe(2)
    // Once more to the same person: a new end, told to them alone.
    await assign(second.id)
    expect((await inboxOf(second.id)).length).toBe(2)
  })
})
