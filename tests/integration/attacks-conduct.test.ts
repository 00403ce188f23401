/** 奖惩 and its papers as somebody would get round them: accused who review, look-ups nobody sees, accounts that are left behind. */
import { eq } from 'drizzle-orm'
import pg from 'pg'
import { expect, it } from 'vitest'
import { closedWithPenalties } from '#db/queries/conduct.ts'
import { seatsOfClosed } from '#db/queries/exam-entries.ts'
import { collection } from '#lib/cases/collection.ts'
import { assignCase } from '#lib/commands/assign-case.ts'
import { cancelPenalty } from '#lib/commands/cancel-penalty.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { enterPenalty } from '#lib/commands/enter-penalty.ts'
import { issueReceipt } from '#lib/commands/issue-receipt.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { publishAward } from '#lib/commands/publish-award.ts'
import { searchCases } from '#lib/commands/search-cases.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { closeForGood } from '#lib/commands/support/end-account.ts'
import type { Applicant, Role, Staff } from '#lib/domain/actor.ts'
import { usualSession } from '#lib/domain/exam-conditions.ts'
import { obstaclesBefore } from '#lib/views/application.ts'
import { conductPage } from '#lib/views/conduct.ts'
import { awardList } from '#lib/views/conduct-entries.ts'
import { ownEligibility } from '#lib/views/eligibility.ts'
import { inbox } from '#lib/views/messages.ts'
import { ownReceipt } from '#lib/views/receipts.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { reviewQueue } from '#lib/views/review-queue.ts'
import { transferList } from '#lib/views/transfers.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { filledApplication, submittedCase } from '#tests/support/cases.ts'
import { enteredPenalty, entryOf, passBy, sentObjection, typedPenalty } from '#tests/support/conduct.ts'
import { approveAll } from '#tests/support/credits.ts'
import {
  makeApplicant,
  makeStaff,
  newMainlandNumber,
  seedDepartments,
  testDeps,
} from '#tests/support/deps.ts'
import { exported, onRecord, wished } from '#tests/support/exports.ts'
import { planner } from '#tests/support/plans.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, describePostgres, type Open } from '#tests/support/stores.ts'

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const staff = async (role: Role, number?: string) =>
    (await makeStaff(deps, { role, departmentId: places.tianhe, ...(number ? { number } : {}) })).actor
  const person = await onRecord(deps, places.tianhe, { name: '欧阳小明' })
  return { deps, places, staff, person, one: await staff('reviewer'), two: await staff('reviewer') }
}

describeEachEngine('奖惩 by somebody with something to hide', (open) => {
  it('is not seen by an accused who reviews there, before it took effect', async () => {
    const { deps, staff, person, one, two } = await office(open)
    const [accused, manager] = [await staff('reviewer', person.number), await staff('manager', person.number)]
    const caseId = await enteredPenalty(deps, one, person)
    const { number, version } = await caseRow(deps, caseId)
    const seen = async (actor: Staff) => {
      const tabs = await Promise.all(
        (['free', 'soon', 'overdue', 'decided'] as const).map((tab) => reviewQueue(deps, actor, { tab })),
      )
      const { ids } = await searchCases(deps, actor, person.number)
      const found = [
        await reviewQueue(deps, actor, { tab: 'free', ids }),
        await reviewQueue(deps, actor, { tab: 'free', number: number ?? '' }),
      ]
      const counted = [...(tabs[0]?.counts.values() ?? [])].reduce((all, of) => all + of, 0)
      return [[...tabs, ...found].flatMap(({ rows }) => rows).length, counted]
    }
    expect(await seen(two)).toEqual([3, 1])
    for (const actor of [accused, manager]) {
      expect(await seen(actor)).toEqual([0, 0])
      for (const attempt of [
        () => reviewCase(deps, actor, caseId),
        () => claimCase(deps, actor, { caseId }),
        () => cancelPenalty(deps, actor, { caseId }),
        () => assignCase(deps, actor, { caseId, version, reviewerId: two.id }),
      ])
        expect(await outcomeOf(attempt())).toEqual(['not-found'])
    }
    // Nor is it told to who only looks whether they could move: as long as they send nothing, nothing is in the way.
    const inTheWay = async () =>
      (await transferList(deps, person.actor, '')).obstacles.map(({ code }) => code)
    expect(await inTheWay()).toEqual([])
    expect(await obstaclesBefore(deps, person.actor.id, 'transfer')).toEqual([])
    const list = async () =>
      (await exported(deps, manager, wished('cases', ['440000', '440100', '440106']))).rows.flat()
    const award = await filledApplication(deps, person.actor, 'award')
    await submitCase(deps, person.actor, { caseId: award, declared: true })
    expect(await inTheWay()).toEqual(['transfer-while-conduct'])
    expect(await list()).toContain((await caseRow(deps, award)).number)
    expect(await list()).not.toContain(number)
    // Their own applications they see, and the penalty once it took effect.
    expect((await reviewCase(deps, accused, award)).number).toBe((await caseRow(deps, award)).number)
    await passBy(deps, two, caseId)
    expect((await reviewCase(deps, accused, caseId)).number).toBe(number)
    expect((await reviewQueue(deps, accused, { tab: 'decided' })).rows).toHaveLength(1)
    expect(await list()).toContain(number)
  })

  it('lets nobody look up who is on the record without a line in the log', async () => {
    const { deps, person, one } = await office(open)
    const { read, t } = deps.store
    const looks = async () =>
      (await read.select().from(t.event).where(eq(t.event.kind, 'person.sought')))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ actorId, personId, data }) => [actorId === one.id, personId, data.found])
    const stranger = { number: newMainlandNumber(), name: '李四' }
    const nothing = { get: () => '' }
    for (const confirmed of [false, true]) {
      expect(await outcomeOf(enterPenalty(deps, one, { ...stranger, form: nothing, confirmed }))).toEqual([
        'refused',
        'person-not-found',
      ])
      deps.clock.advance(1000)
      // What the form lacks says that somebody was found.
      expect((await outcomeOf(enterPenalty(deps, one, { ...person, form: nothing, confirmed }))).length).toBe(
        6,
      )
      deps.clock.advance(1000)
    }
    const [missed, met] = [
      [true, null, false],
      [true, person.actor.id, true],
    ]
    expect(await looks()).toEqual([missed, met, missed, met])
    const form = {
      get: (name: string) => Object.entries(typedPenalty).find(([key]) => key === name)?.[1] ?? '',
    }
    await enterPenalty(deps, one, { ...person, form, confirmed: false })
    expect(await looks()).toHaveLength(5)
  })

  it('stays with a person who closes the account and registers anew', async () => {
    const { deps, places, person, one, two } = await office(open)
    const anew = async () => {
      const { actor } = await makeApplicant(deps, { name: person.name, number: person.number })
      const collect = async () =>
        approveAll(deps, two, await submittedCase(deps, actor, places.tianhe), collection.sections)
      return { actor, collect }
    }
    const close = ({ id }: Applicant) =>
      deps.store.tx((q) => closeForGood(deps, q, id, { reason: 'account-closed', actorId: id }))
    const isFree = async (actor: Applicant) =>
      (await ownEligibility(deps, actor, usualSession('intermediate', 2027)))?.musts.find(
        ({ condition }) => condition === 'no-ban',
      )?.state
    // One entry stands, another is under review when they go.
    const stood = await enteredPenalty(deps, one, person, { penalty: 'ban_5y' })
    await passBy(deps, two, stood)
    expect(await isFree(person.actor)).toBe('unmet')
    deps.clock.advance(1000)
    const late = await enteredPenalty(deps, one, person, { penalty: 'fine' })
    await close(person.actor)
    const { actor, collect } = await anew()
    expect((await conductPage(deps, actor)).entries).toEqual([])
    await collect()
    expect(await isFree(actor)).toBe('unmet')
    await passBy(deps, two, late)
    const { entries } = await conductPage(deps, actor)
    expect(entries.map(({ what }) => what).sort()).toEqual(['五年内不得从事会计工作', '罚款'])
    expect((await inbox(deps, actor, '')).rows.map(({ title }) => title)).toContain('行政处罚已登记')
    // It may be objected to, by whoever has it now alone.
    const { id } = await entryOf(deps, stood)
    expect(await outcomeOf(openDraft(deps, person.actor, 'objection', id))).toEqual(['not-found'])
    const objection = await sentObjection(deps, actor, id)
    expect(await outcomeOf(claimCase(deps, two, { caseId: objection }))).toEqual([
      'refused',
      'other-person-required',
    ])
    // Somebody else with the same birthday gets nothing of it.
    const other = await makeApplicant(deps, { name: person.name })
    await close(actor)
    await approveAll(deps, two, await submittedCase(deps, other.actor, places.tianhe), collection.sections)
    expect(await isFree(other.actor)).toBe('met')
    const third = await anew()
    await third.collect()
    expect(await isFree(third.actor)).toBe('unmet')
  })

  it('is looked for among the closed accounts of one birthday alone, at every approval', async () => {
    const store = await open()
    const plans = await planner(open, store)
    const birth = '1990-01-01'
    const plan = await plans.of(closedWithPenalties(store.read, store.t, { birth }).toSQL())
    const seats = await plans.of(seatsOfClosed(store.read, store.t, { birth, sessionId: '1' }).toSQL())
    await plans.end()
    expect(seats).toContain('account_closed')
    expect(seats).toMatch(/exam_entry_(person|hold)/)
    expect(plan).toContain('account_closed')
    expect(plan).toContain('conduct_person')
    expect(plan).not.toMatch(/SCAN (conduct|account)|Seq Scan/)
  })

  it('is not published by whom it honours', async () => {
    const { deps, staff, person, one } = await office(open)
    const award = await filledApplication(deps, person.actor, 'award')
    await submitCase(deps, person.actor, { caseId: award, declared: true })
    await passBy(deps, one, award)
    const { id } = await entryOf(deps, award)
    const self = await staff('manager', person.number)
    expect(await outcomeOf(publishAward(deps, self, { entryId: id, published: true }))).toEqual([
      'refused',
      'publish-own',
    ])
    expect((await awardList(deps, {})).rows).toEqual([])
  })
})

describePostgres('a paper beside a change of the record', (open) => {
  it('is of before or of after, and never of both', async () => {
    const { deps, person } = await office(open)
    const { store } = deps
    const { accountingPost, employment } = store.t
    const [job] = await store.read.select().from(employment).where(eq(employment.personId, person.actor.id))
    if (!job) throw new Error('nobody on record without a job')
    const period = { start: '2012-07', end: 'ongoing' }
    const post = { ...period, personId: person.actor.id, work: 'cashier', title: '', appointed: '' }
    await store.tx((q) => q.insert(accountingPost).values({ ...post, id: 'p1', employmentId: job.id }))
    const other = new pg.Client({ connectionString: open.place(store).url })
    await other.connect()
    try {
      // The posts cannot be read before this is over; the jobs can, as they were.
      await other.query('begin')
      await other.query('lock table accounting_post in access exclusive mode')
      const issued = issueReceipt(deps, person.actor, { kind: 'record' })
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      await expect.poll(async () => (await other.query(waiting)).rowCount, { timeout: 10_000 }).toBe(1)
      await other.query(`update accounting_post set employment_id = 'row2' where id = 'p1'`)
      await other.query(`update employment set id = 'row2' where id = $1`, [job.id])
      await other.query('commit')
      const { paper } = await ownReceipt(deps, person.actor, await issued)
      expect(paper.tables.map(({ lines }) => lines.length)).toEqual([1, 1, 1, 1])
    } finally {
      await other.end()
    }
  })
})
