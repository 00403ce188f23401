import { and, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { caseFile } from '#db/queries/case-file.ts'
import { openFacts, roundFactsContext } from '#db/queries/cases.ts'
import { collection } from '#lib/cases/collection.ts'
import { approveBatch } from '#lib/commands/approve-batch.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { assignCase } from '#lib/commands/assign-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { claimNext } from '#lib/commands/claim-next.ts'
import { forwardCase } from '#lib/commands/forward-case.ts'
import { releaseCase } from '#lib/commands/release-case.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { saveOpinions } from '#lib/commands/save-opinions.ts'
import { searchCases } from '#lib/commands/search-cases.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { clockMarks, dueOf } from '#lib/domain/due.ts'
import { isHeldBack } from '#lib/domain/second-look.ts'
import type { PostedOpinions } from '#lib/schemas/findings.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { numbersOf, reviewQueue } from '#lib/views/review-queue.ts'
import {
  filledCase,
  putPicture,
  rowIds,
  submittedCase,
  submittedIdentity,
  typeDepartment,
} from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { outcomeOf as no } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const minute = 60_000
const day = 86_400_000

async function office(open: Open, over: Parameters<typeof testDeps>[1] = {}) {
  const deps = testDeps(await open(), over)
  const places = await seedDepartments(deps)
  const staffAt = async (role: 'reviewer' | 'manager', departmentId: string, number?: string) =>
    (await makeStaff(deps, { role, departmentId, ...(number ? { number } : {}) })).actor
  const applicant = await makeApplicant(deps, { name: '欧阳小明' })
  return {
    deps,
    places,
    staffAt,
    applicant,
    reviewer: await staffAt('reviewer', places.tianhe),
    manager: await staffAt('manager', places.tianhe),
    toYuexiu: `${places.guangdong}/${places.guangzhou}/${places.yuexiu}`,
    toTianhe: `${places.guangdong}/${places.guangzhou}/${places.tianhe}`,
  }
}

/** A case that waits at 天河. */
async function waiting(open: Open, over: Parameters<typeof testDeps>[1] = {}) {
  const scene = await office(open, over)
  const { deps, applicant, places } = scene
  const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
  // Events of one millisecond have no order among themselves.
  deps.clock.advance(1)
  return { ...scene, caseId, ...worksOn(deps, caseId) }
}

const worksOn = (deps: TestDeps, caseId: string) => {
  const { read, t } = deps.store
  const row = async () => {
    const [found] = await read.select().from(t.serviceCase).where(eq(t.serviceCase.id, caseId))
    if (!found) throw new Error('no such case')
    return found
  }
  const events = async () =>
    (await read.select().from(t.event).where(eq(t.event.caseId, caseId))).sort((a, b) =>
      a.id < b.id ? -1 : 1,
    )
  return {
    row,
    version: async () => (await row()).version,
    events,
    count: async (kind: string) => (await events()).filter((one) => one.kind === kind).length,
  }
}

const problem: PostedOpinions = {
  verdicts: { education: 'problem', scope: 'pass' },
  findings: [
    {
      at: 'finding.education.0',
      section: 'education',
      rowId: rowIds.education,
      target: 'slot:diploma',
      reason: 'diploma-missing',
      note: '请上传毕业证书',
    },
  ],
}

describeEachEngine('转办', (open) => {
  const forwarding = async (
    scene: Awaited<ReturnType<typeof waiting>>,
    over: Partial<Parameters<typeof forwardCase>[2]> = {},
  ) => ({
    caseId: scene.caseId,
    version: await scene.version(),
    department: scene.toYuexiu,
    reason: 'workplace-elsewhere',
    ...over,
  })

  it('begins the review anew at the other department, and the old one sees it no more', async () => {
    const scene = await waiting(open)
    const { deps, reviewer, places, applicant, caseId } = scene
    const { store, clock } = deps
    const { read, t } = store
    await store.tx((q) =>
      q.update(t.department).set({ reviewDays: 8 }).where(eq(t.department.id, places.yuexiu)),
    )
    await claimCase(deps, reviewer, { caseId })
    await saveOpinions(deps, reviewer, { caseId, version: await scene.version(), opinions: problem })
    clock.advance(day)
    await claimCase(deps, reviewer, { caseId })
    clock.advance(1)
    await forwardCase(deps, reviewer, await forwarding(scene))

    const row = await scene.row()
    expect(row).toMatchObject({
      state: 'waiting',
      departmentId: places.yuexiu,
      sentTo: places.yuexiu,
      claimedBy: null,
      claimedUntil: null,
      secondLookAt: null,
    })
    expect(row.dueOn).not.toBe('')
    expect(row.dueOn).toBe(dueOf(clockMarks(await scene.events()), await deps.calendar()))
    for (const table of [t.finding, t.verdict])
      expect(await read.select().from(table).where(eq(table.caseId, caseId))).toEqual([])
    expect(await no(reviewCase(deps, reviewer, caseId))).toEqual(['not-found'])
    expect((await searchCases(deps, reviewer, applicant.number)).ids).toEqual([])
    const next = await scene.staffAt('reviewer', places.yuexiu)
    const view = await reviewCase(deps, next, caseId)
    // REV-3: why, from where and to where, for who reviews it from now on.
    expect(view.history.find(({ kind }) => kind === 'case.forwarded')).toMatchObject({
      move: { from: '广东省广州市天河区', to: '广东省广州市越秀区', why: '工作单位在另一个地方' },
    })
    expect(view.history.find(({ kind }) => kind === 'case.submitted')?.move).toBe(null)
    expect((await reviewQueue(deps, next, { tab: 'free' })).rows).toMatchObject([{ id: caseId }])
    const told = await read.select().from(t.message).where(eq(t.message.kind, 'case-forwarded'))
    expect(told).toMatchObject([{ accountId: applicant.actor.id, caseId, data: { due: row.dueOn } }])
    // Page 1, should it be returned.
    const file = await caseFile(read, t, deps.keys, caseId)
    expect(file?.proposals.get('department')?.rows[0]?.values.departmentId).toBe(places.yuexiu)

    await claimCase(deps, next, { caseId })
    await returnCase(deps, next, { caseId, version: await scene.version(), opinions: problem })
    expect((await reviewQueue(deps, next, { tab: 'returned' })).rows).toMatchObject([{ id: caseId }])
    clock.advance(1)
    await typeDepartment(deps, applicant.actor, caseId, places.tianhe, 2)
    expect((await reviewQueue(deps, next, { tab: 'returned' })).rows).toMatchObject([{ id: caseId }])
    expect((await reviewQueue(deps, reviewer, { tab: 'returned' })).rows).toEqual([])
    expect(await no(claimCase(deps, reviewer, { caseId }))).toEqual(['not-found'])
    expect(await no(claimCase(deps, next, { caseId }))).toEqual(['refused', 'case-decided'])
  })

  it('makes its applicant one of the people of the department that approves', async () => {
    const scene = await waiting(open)
    const { deps, manager, places, applicant, caseId } = scene
    await forwardCase(deps, manager, await forwarding(scene))
    const next = await scene.staffAt('reviewer', places.yuexiu)
    await claimCase(deps, next, { caseId })
    const verdicts = Object.fromEntries(collection.sections.map((section) => [section, 'pass']))
    await approveCase(deps, next, {
      caseId,
      version: await scene.version(),
      opinions: { verdicts, findings: [] },
    })
    const people = await deps.store.read.select().from(deps.store.t.person)
    expect(people).toMatchObject([{ id: applicant.actor.id, departmentId: places.yuexiu }])
  })

  it('asks for a reason, and another department that people may choose', async () => {
    const scene = await waiting(open)
    const { deps, manager, places } = scene
    const tried = async (over: Partial<Parameters<typeof forwardCase>[2]>) =>
      no(forwardCase(deps, manager, await forwarding(scene, over)))
    expect(await tried({ reason: '' })).toEqual(['refused', 'forward-reason'])
    expect(await tried({ reason: 'constructor' })).toEqual(['refused', 'forward-reason'])
    // All that is wrong is told at once.
    expect(await tried({ department: '', reason: '' })).toEqual([
      'refused',
      'forward-target',
      'forward-reason',
    ])
    expect(await tried({ department: scene.toTianhe, reason: '' })).toEqual([
      'refused',
      'forward-same',
      'forward-reason',
    ])
    for (const department of ['', 'no-such', `${places.guangdong}/${places.guangzhou}`])
      expect(await tried({ department }), department).toEqual(['refused', 'forward-target'])
    expect(await tried({ department: scene.toTianhe })).toEqual(['refused', 'forward-same'])
    expect(await tried({ version: 1 })).toEqual(['stale'])
    expect(await tried({})).toEqual(['done'])
    // The second of two clicks finds it done; anything else about it is not for them any more.
    expect(await tried({})).toEqual(['done'])
    expect(await tried({ department: scene.toTianhe })).toEqual(['not-found'])
  })

  it('is for who holds the case or manages there, and not for its applicant', async () => {
    const scene = await waiting(open)
    const { deps, reviewer, places, applicant } = scene
    const by = async (actor: Staff) => no(forwardCase(deps, actor, await forwarding(scene)))
    expect(await by(reviewer)).toEqual(['refused', 'lease-required'])
    expect(await by(await scene.staffAt('manager', places.yuexiu))).toEqual(['not-found'])
    const own = await scene.staffAt('manager', places.tianhe, applicant.number)
    expect(await by(own)).toEqual(['refused', 'own-case'])
    await claimCase(deps, reviewer, { caseId: scene.caseId })
    deps.clock.advance(31 * minute)
    expect(await by(reviewer)).toEqual(['refused', 'lease-required'])
    await claimCase(deps, reviewer, { caseId: scene.caseId })
    expect(await by(reviewer)).toEqual(['done'])
  })

  it('is not for a case that is being checked, is decided, or finds its department by itself', async () => {
    const checking = await waiting(open, { env: { REGISTER_PROVIDER: 'register' } })
    expect((await checking.row()).state).toBe('checking')
    expect(await no(forwardCase(checking.deps, checking.manager, await forwarding(checking)))).toEqual([
      'refused',
      'being-checked',
    ])
    const scene = await waiting(open)
    const { deps, places, staffAt, reviewer, manager, caseId } = scene
    const { actor } = await makeApplicant(deps, { verified: false })
    const identity = await submittedIdentity(deps, actor, places.guangzhou)
    const [{ sentTo } = { sentTo: null }] = await deps.store.read
      .select({ sentTo: deps.store.t.serviceCase.sentTo })
      .from(deps.store.t.serviceCase)
      .where(eq(deps.store.t.serviceCase.id, identity))
    const city = await staffAt('manager', sentTo ?? '')
    const { version } = worksOn(deps, identity)
    expect(
      await no(
        forwardCase(deps, city, await forwarding(scene, { caseId: identity, version: await version() })),
      ),
    ).toEqual(['refused', 'forward-kind'])
    await claimCase(deps, reviewer, { caseId })
    await returnCase(deps, reviewer, { caseId, version: await scene.version(), opinions: problem })
    expect(await no(forwardCase(deps, manager, await forwarding(scene)))).toEqual(['refused', 'case-decided'])
  })

  it('by two managers at once is done once', async () => {
    const scene = await waiting(open)
    const { deps, manager, places } = scene
    const second = await scene.staffAt('manager', places.guangzhou)
    const input = await forwarding(scene)
    const ends = await Promise.all([manager, second].map((actor) => no(forwardCase(deps, actor, input))))
    expect(ends.filter(([end]) => end === 'done')).toHaveLength(1)
    expect(await scene.count('case.forwarded')).toBe(1)
  })
})

describeEachEngine('指派', (open) => {
  it('puts the case into the hands of the reviewer, whoever held it, for LIMITS_ASSIGNED_HOURS', async () => {
    const scene = await waiting(open, { env: { LIMITS_ASSIGNED_HOURS: '3' } })
    const { deps, reviewer, manager, places, caseId } = scene
    const second = await scene.staffAt('reviewer', places.guangzhou)
    await claimCase(deps, reviewer, { caseId })
    await assignCase(deps, manager, { caseId, version: await scene.version(), reviewerId: second.id })
    const row = await scene.row()
    expect(row).toMatchObject({ state: 'in_review', claimedBy: second.id })
    expect(Number(row.claimedUntil) - deps.clock.now().getTime()).toBe(3 * 60 * minute)
    expect(await no(claimCase(deps, reviewer, { caseId }))).toEqual(['refused', 'claimed-by-other'])
    // Claiming again never shortens it.
    await claimCase(deps, second, { caseId })
    expect((await scene.row()).claimedUntil).toEqual(row.claimedUntil)
    expect((await reviewQueue(deps, second, { tab: 'mine' })).rows).toMatchObject([{ id: caseId }])
  })

  it('is for managers there, at the version they saw, of a case that is open', async () => {
    const scene = await waiting(open)
    const { deps, reviewer, manager, places, applicant, caseId } = scene
    const by = async (actor: Staff, over: { version?: number } = {}) =>
      no(
        assignCase(deps, actor, { caseId, version: await scene.version(), reviewerId: reviewer.id, ...over }),
      )
    expect(await by(reviewer)).toEqual(['refused', 'manager-required'])
    expect(await by(await scene.staffAt('manager', places.yuexiu))).toEqual(['not-found'])
    expect(await by(await scene.staffAt('manager', places.tianhe, applicant.number))).toEqual([
      'refused',
      'own-case',
    ])
    expect(await by(manager, { version: 1 })).toEqual(['stale'])
    await claimCase(deps, reviewer, { caseId })
    await returnCase(deps, reviewer, { caseId, version: await scene.version(), opinions: problem })
    expect(await by(manager)).toEqual(['refused', 'case-decided'])
    const checking = await waiting(open, { env: { REGISTER_PROVIDER: 'register' } })
    expect(
      await no(
        assignCase(checking.deps, checking.manager, {
          caseId: checking.caseId,
          version: await checking.version(),
          reviewerId: checking.reviewer.id,
        }),
      ),
    ).toEqual(['refused', 'being-checked'])
  })

  it('is to somebody who reviews there now, is not away, and whose own case it is not', async () => {
    const scene = await waiting(open)
    const { deps, manager, reviewer, places, applicant, caseId } = scene
    const { account } = deps.store.t
    const to = async (reviewerId: string) =>
      no(assignCase(deps, manager, { caseId, version: await scene.version(), reviewerId }))
    const offered = async () =>
      (await reviewCase(deps, manager, caseId)).reviewers?.map(({ id }) => id).toSorted()
    const own = await scene.staffAt('reviewer', places.tianhe, applicant.number)
    const elsewhere = await scene.staffAt('reviewer', places.yuexiu)
    const { actor: viewer } = await makeStaff(deps, { role: 'viewer', departmentId: places.tianhe })
    expect(await offered()).toEqual([manager.id, reviewer.id].toSorted())
    expect(await to(own.id)).toEqual(['refused', 'assign-own'])
    for (const id of ['', 'no-such', elsewhere.id, viewer.id, applicant.actor.id])
      expect(await to(id), id).toEqual(['refused', 'assign-target'])
    const change = (set: Partial<typeof account.$inferInsert>) =>
      deps.store.tx((q) => q.update(account).set(set).where(eq(account.id, reviewer.id)))
    await change({ awayUntil: '2026-11-21' })
    expect(await to(reviewer.id)).toEqual(['refused', 'assign-away'])
    expect(await offered()).toEqual([manager.id])
    await change({ awayUntil: '2026-11-20', status: 'suspended' })
    expect(await to(reviewer.id)).toEqual(['refused', 'assign-target'])
    expect(await offered()).toEqual([manager.id])
    await change({ status: 'active' })
    expect(await offered()).toHaveLength(2)
    expect(await to(reviewer.id)).toEqual(['done'])
    expect((await reviewCase(deps, reviewer, caseId)).reviewers).toBeNull()
  })

  it('lets a manager release what another holds, and nobody else', async () => {
    const scene = await waiting(open)
    const { deps, manager, reviewer, places, applicant, caseId } = scene
    const second = await scene.staffAt('reviewer', places.tianhe)
    const own = await scene.staffAt('manager', places.tianhe, applicant.number)
    await claimCase(deps, reviewer, { caseId })
    expect(await no(releaseCase(deps, second, { caseId }))).toEqual(['refused', 'lease-required'])
    expect(await no(releaseCase(deps, own, { caseId }))).toEqual(['refused', 'own-case'])
    expect(await reviewCase(deps, manager, caseId)).toMatchObject({ mayRelease: true })
    const { version } = await scene.row()
    expect(await no(releaseCase(deps, manager, { caseId }))).toEqual(['stale'])
    // Its reviewer has worked on it since the manager looked.
    deps.clock.advance(1)
    await claimCase(deps, reviewer, { caseId })
    expect(await no(releaseCase(deps, manager, { caseId, version }))).toEqual(['stale'])
    expect((await scene.row()).claimedBy).toBe(reviewer.id)
    const now = (await scene.row()).version
    expect(await no(releaseCase(deps, manager, { caseId, version: now }))).toEqual(['done'])
    expect(await scene.row()).toMatchObject({ state: 'waiting', claimedBy: null })
    // Who holds it gives it back whatever they did with it in another tab.
    await claimCase(deps, reviewer, { caseId })
    expect(await no(releaseCase(deps, reviewer, { caseId, version: now }))).toEqual(['done'])
  })
})

/** Writes what a test of many cases needs, without filling every one in. */
async function copies(deps: TestDeps, caseId: string, count: number): Promise<string[]> {
  const { store } = deps
  const { t } = store
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    const { actor } = await makeApplicant(deps)
    const id = crypto.randomUUID()
    await store.tx(async (q) => {
      const [row] = await q.select().from(t.serviceCase).where(eq(t.serviceCase.id, caseId))
      if (!row) throw new Error('no such case')
      await q.insert(t.serviceCase).values({
        ...row,
        id,
        personId: actor.id,
        number: `C20261121${String(n).padStart(8, '0')}`,
        openKey: `collection:${actor.id}`,
        submittedAt: new Date(deps.clock.now().getTime() - (count - n) * minute),
      })
    })
    ids.push(id)
  }
  return ids
}

describeEachEngine('领取下一件', (open) => {
  it('takes what waits longest and is for the actor, and says where there is none', async () => {
    const scene = await waiting(open)
    const { deps, places, applicant, caseId } = scene
    const older = await copies(deps, caseId, 2)
    const own = await scene.staffAt('reviewer', places.tianhe, applicant.number)
    const later = () => deps.clock.advance(11_000)
    expect(await claimNext(deps, own, {})).toBe(older[0])
    expect(await claimNext(deps, own, { kind: 'identity' })).toBeNull()
    later()
    expect(await claimNext(deps, own, { kind: 'collection' })).toBe(older[1])
    later()
    expect(await claimNext(deps, own, {})).toBeNull()
    expect(await claimNext(deps, scene.reviewer, {})).toBe(caseId)
    later()
    expect(await claimNext(deps, scene.reviewer, {})).toBeNull()
    deps.clock.advance(31 * minute)
    expect(await claimNext(deps, scene.manager, {})).toBe(older[0])
    const { actor: viewer } = await makeStaff(deps, { role: 'viewer', departmentId: places.tianhe })
    expect(await no(claimNext(deps, viewer, {}))).toEqual(['not-found'])
    expect(await claimNext(deps, await scene.staffAt('reviewer', places.yuexiu), {})).toBeNull()
  })

  it('passes over any number that are not for the actor', async () => {
    const scene = await waiting(open)
    const { deps, places, applicant, caseId } = scene
    const { t } = deps.store
    const older = await copies(deps, caseId, 25)
    const own = await scene.staffAt('reviewer', places.tianhe, applicant.number)
    await deps.store.tx(async (q) => {
      for (const id of older.slice(0, 24))
        await q.update(t.serviceCase).set({ personId: applicant.actor.id }).where(eq(t.serviceCase.id, id))
    })
    expect(await claimNext(deps, own, {})).toBe(older[24])
  })

  it('goes on past more than five hundred of them, by pages', async () => {
    const scene = await waiting(open)
    const { deps, places, applicant, caseId } = scene
    const { t } = deps.store
    const older = await copies(deps, caseId, 2)
    const own = await scene.staffAt('reviewer', places.tianhe, applicant.number)
    const { actor: other } = await makeApplicant(deps)
    await deps.store.tx(async (q) => {
      const [row] = await q.select().from(t.serviceCase).where(eq(t.serviceCase.id, caseId))
      if (!row) throw new Error('no such case')
      const many = Array.from({ length: 520 }, (_, n) => ({
        ...row,
        id: crypto.randomUUID(),
        // Some are their own, the others somebody else's whom they have judged before.
        ...(n % 10 === 0 ? {} : { personId: other.id, stage: 2, stages: 2 }),
        number: `C20261120${String(n).padStart(8, '0')}`,
        openKey: null,
        submittedAt: new Date(deps.clock.now().getTime() - 48 * 60 * minute),
      }))
      for (let from = 0; from < many.length; from += 40)
        await q.insert(t.serviceCase).values(many.slice(from, from + 40))
      const passes = many
        .filter(({ stage }) => stage === 2)
        .map(({ id, round }) => ({ caseId: id, round, stage: 1, by: own.id, at: deps.clock.now() }))
      await q.insert(t.stagePass).values(passes)
    })
    expect(await claimNext(deps, own, {})).toBe(older[0])
  }, 60_000)

  it('pressed twice gives one case, at once or one after the other, until something is done with it', async () => {
    const scene = await waiting(open)
    const { deps, reviewer, caseId } = scene
    const [first, second] = await copies(deps, caseId, 2)
    const mine = async () =>
      (
        await deps.store.read
          .select({ id: deps.store.t.serviceCase.id })
          .from(deps.store.t.serviceCase)
          .where(eq(deps.store.t.serviceCase.claimedBy, reviewer.id))
      ).map(({ id }) => id)
    expect(await Promise.all([1, 2, 3].map(() => claimNext(deps, reviewer, {})))).toEqual([
      first,
      first,
      first,
    ])
    deps.clock.advance(5000)
    expect(await claimNext(deps, reviewer, { kind: 'collection' })).toBe(first)
    expect(await mine()).toEqual([first])
    // Given back, it is a case like any other; taken up by hand, the next one is meant.
    await releaseCase(deps, reviewer, { caseId: first ?? '' })
    deps.clock.advance(1000)
    await claimCase(deps, reviewer, { caseId: first ?? '' })
    deps.clock.advance(1000)
    expect(await claimNext(deps, reviewer, {})).toBe(second)
    // The last one too: not "none left".
    deps.clock.advance(11_000)
    expect(await claimNext(deps, reviewer, {})).toBe(caseId)
    expect(await claimNext(deps, reviewer, {})).toBe(caseId)
    deps.clock.advance(11_000)
    expect(await claimNext(deps, reviewer, {})).toBeNull()
  })

  it('gives five reviewers at once a case each', async () => {
    const scene = await waiting(open)
    const { deps, places } = scene
    await copies(deps, scene.caseId, 4)
    const reviewers = []
    for (let n = 0; n < 5; n += 1) reviewers.push(await scene.staffAt('reviewer', places.tianhe))
    const taken = await Promise.all(reviewers.map((actor) => claimNext(deps, actor, {})))
    expect(new Set(taken).size).toBe(5)
    expect(taken).not.toContain(null)
  })
})

/** Collections with one claim each that agrees. */
async function agreedCases(deps: TestDeps, departmentId: string, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    const { actor } = await makeApplicant(deps)
    const caseId = await submittedCase(deps, actor, departmentId)
    await says(deps, caseId, 'agrees')
    ids.push(caseId)
  }
  return ids
}

const says = (deps: TestDeps, caseId: string, state: 'agrees' | 'unavailable') =>
  deps.store.tx((q) =>
    q.update(deps.store.t.claimCheck).set({ state }).where(eq(deps.store.t.claimCheck.caseId, caseId)),
  )

const isHeld = ({ keys, env }: TestDeps, caseId: string, round = 1) =>
  isHeldBack(keys.digest('second-look', Buffer.from(`${caseId}/${round}`)), env.limits.secondLookPercent)

describeEachEngine('批量通过', (open) => {
  it('passes what machines agree with, and leaves the rest', async () => {
    const { deps, places, reviewer, staffAt, applicant } = await office(open)
    const { read, t } = deps.store
    const [fit = '', doubted = '', suspect = '', taken = ''] = await agreedCases(deps, places.tianhe, 4)
    const own = await submittedCase(deps, applicant.actor, places.tianhe)
    await says(deps, own, 'agrees')
    const [elsewhere = ''] = await agreedCases(deps, places.yuexiu, 1)
    await says(deps, doubted, 'unavailable')
    const [round] = await read.select().from(t.caseRound).where(eq(t.caseRound.caseId, suspect))
    if (!round) throw new Error('no round')
    const bad = [
      ...openFacts(deps.keys, round),
      { code: 'picture-elsewhere', section: 'basic', rowId: 'main', target: 'slot:portrait', tone: 'bad' },
    ]
    const factsSealed = deps.keys.seal(JSON.stringify(bad), roundFactsContext(suspect, 1))
    await deps.store.tx((q) =>
      q
        .update(t.caseRound)
        .set({ factsSealed })
        .where(and(eq(t.caseRound.caseId, suspect), eq(t.caseRound.round, 1))),
    )
    await claimCase(deps, await staffAt('reviewer', places.tianhe), { caseId: taken })
    const actor = await staffAt('reviewer', places.tianhe, applicant.number)

    const agreed = await reviewQueue(deps, reviewer, { tab: 'free', agreed: true })
    expect(agreed.rows.map(({ id }) => id).toSorted()).toEqual([fit, own].toSorted())
    const all = [fit, doubted, suspect, taken, own, elsewhere, crypto.randomUUID()]
    const fates = await approveBatch(deps, actor, { caseIds: [...all, fit] })
    expect([...fates.values()]).toEqual([
      isHeld(deps, fit) ? 'held-back' : 'approved',
      'unfit',
      'unfit',
      'gone',
      'gone',
      'gone',
      'gone',
    ])
    expect(await numbersOf(deps, actor, [taken, elsewhere])).toHaveLength(1)
    if (!isHeld(deps, fit)) {
      const { row, count } = worksOn(deps, fit)
      expect(await row()).toMatchObject({ state: 'approved', claimedBy: null, openKey: null })
      expect([await count('case.batch'), await count('case.approved')]).toEqual([1, 1])
      const verdicts = await read.select().from(t.verdict).where(eq(t.verdict.caseId, fit))
      expect(verdicts.every(({ passed, by }) => passed && by === actor.id)).toBe(true)
      expect(verdicts).toHaveLength(6)
    }
    expect((await worksOn(deps, doubted).row()).state).toBe('waiting')
  })

  it('holds back what is drawn, marked in the queue until its next round', async () => {
    const { deps, places, reviewer, applicant } = await office(open, {
      env: { LIMITS_SECOND_LOOK_PERCENT: '100' },
    })
    const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
    await says(deps, caseId, 'agrees')
    const { row, version } = worksOn(deps, caseId)
    expect([...(await approveBatch(deps, reviewer, { caseIds: [caseId] })).values()]).toEqual(['held-back'])
    expect(await row()).toMatchObject({ state: 'waiting', claimedBy: null })
    expect((await reviewQueue(deps, reviewer, { tab: 'free' })).rows).toMatchObject([{ secondLook: true }])
    expect((await reviewQueue(deps, reviewer, { tab: 'free', agreed: true })).rows).toEqual([])
    expect([...(await approveBatch(deps, reviewer, { caseIds: [caseId] })).values()]).toEqual(['unfit'])
    await claimCase(deps, reviewer, { caseId })
    expect(await reviewCase(deps, reviewer, caseId)).toMatchObject({ secondLook: true })
    await returnCase(deps, reviewer, { caseId, version: await version(), opinions: problem })
    deps.clock.advance(minute)
    const place = { caseId, section: 'education', rowId: rowIds.education, slot: 'diploma' } as const
    await putPicture(deps, applicant.actor, place)
    await submitCase(deps, applicant.actor, { caseId, declared: true })
    expect(await row()).toMatchObject({ state: 'waiting', round: 2, secondLookAt: null })
  })

  it('takes at least one and at most LIMITS_BATCH_CASES', async () => {
    const { deps, reviewer } = await office(open, { env: { LIMITS_BATCH_CASES: '2' } })
    expect(await no(approveBatch(deps, reviewer, { caseIds: [] }))).toEqual(['refused', 'batch-empty'])
    const three = ['a', 'b', 'c'].map(() => crypto.randomUUID())
    expect(await no(approveBatch(deps, reviewer, { caseIds: three }))).toEqual(['refused', 'batch-too-many'])
  })

  it('by two reviewers at once decides each case once', async () => {
    const { deps, places, reviewer, staffAt } = await office(open)
    const ids = await agreedCases(deps, places.tianhe, 20)
    const second = await staffAt('reviewer', places.tianhe)
    const [one, other] = await Promise.all([
      approveBatch(deps, reviewer, { caseIds: ids }),
      approveBatch(deps, second, { caseIds: ids.toReversed() }),
    ])
    for (const id of ids) {
      const { row, count } = worksOn(deps, id)
      const fates = [one.get(id), other.get(id)]
      expect(await count('case.approved')).toBe(isHeld(deps, id) ? 0 : 1)
      expect(fates.filter((fate) => fate === 'approved')).toHaveLength(isHeld(deps, id) ? 0 : 1)
      expect((await row()).state).toBe(isHeld(deps, id) ? 'waiting' : 'approved')
    }
  }, 60_000)

  it('pages over what fits, whatever stands between', async () => {
    const { deps, places, reviewer } = await office(open, { env: { LIMITS_BATCH_CASES: '2' } })
    const ids: string[] = []
    for (let n = 0; n < 7; n += 1) {
      deps.clock.advance(minute)
      ids.push(...(await agreedCases(deps, places.tianhe, 1)))
    }
    const [, doubted = ''] = ids
    await says(deps, doubted, 'unavailable')
    const seen: string[] = []
    let after: string | null = ''
    while (after !== null) {
      const page: Awaited<ReturnType<typeof reviewQueue>> = await reviewQueue(deps, reviewer, {
        tab: 'free',
        agreed: true,
        after,
      })
      expect(page.rows.length).toBeLessThanOrEqual(2)
      seen.push(...page.rows.map(({ id }) => id))
      after = page.next
    }
    expect(seen).toEqual(ids.filter((id) => id !== doubted))
  })
})

describeEachEngine('查找', (open) => {
  it('finds a person by whole name, number or phone, within the scope, and logs how many', async () => {
    const scene = await waiting(open)
    const { deps, reviewer, places, applicant, caseId } = scene
    const { event } = deps.store.t
    const draft = await makeApplicant(deps, { name: '欧阳小明' })
    await filledCase(deps, draft.actor, places.tianhe)
    const asked = [
      '欧阳小明',
      ' 欧阳 小明 ',
      applicant.number,
      applicant.number.toLowerCase(),
      [...applicant.number].map((one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0)).join(''),
      applicant.phone,
      `${applicant.phone.slice(0, 3)} ${applicant.phone.slice(3)}`,
    ]
    for (const text of asked) expect((await searchCases(deps, reviewer, text)).ids, text).toEqual([caseId])
    for (const text of ['欧阳', '小明', draft.number, '%', applicant.phone.slice(0, 10)])
      expect((await searchCases(deps, reviewer, text)).ids, text).toEqual([])
    const neighbour = await scene.staffAt('reviewer', places.yuexiu)
    expect(await searchCases(deps, neighbour, applicant.number)).toEqual({ ids: [], more: false })
    expect((await reviewQueue(deps, neighbour, { tab: 'free', ids: [caseId] })).rows).toEqual([])
    const { actor: viewer } = await makeStaff(deps, { role: 'viewer', departmentId: places.tianhe })
    expect(await no(searchCases(deps, viewer, '欧阳小明'))).toEqual(['not-found'])

    const logged = await deps.store.read.select().from(event).where(eq(event.kind, 'case.searched'))
    expect(logged).toHaveLength(asked.length + 5 + 1)
    for (const one of logged) {
      expect(Object.keys(one.data)).toEqual(['found'])
      expect([one.personId, one.caseId]).toEqual([null, null])
    }
    expect(logged.filter(({ actorId }) => actorId === reviewer.id)).toHaveLength(asked.length + 5)
  })
})
