/** 奖惩 (AWD-1): who enters, decides, publishes and objects, and what the person knows of it. */
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { assignCase } from '#lib/commands/assign-case.ts'
import { cancelPenalty } from '#lib/commands/cancel-penalty.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { claimNext } from '#lib/commands/claim-next.ts'
import { closeDepartment } from '#lib/commands/close-department.ts'
import { enterPenalty } from '#lib/commands/enter-penalty.ts'
import { findPerson } from '#lib/commands/find-person.ts'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { forwardCase } from '#lib/commands/forward-case.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { publishAward } from '#lib/commands/publish-award.ts'
import { recountFigures } from '#lib/commands/recount-figures.ts'
import { refuseCase } from '#lib/commands/refuse-case.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { cancelCases } from '#lib/commands/support/end-account.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Role, Staff } from '#lib/domain/actor.ts'
import { personMeasures } from '#lib/domain/figures.ts'
import { runJobs } from '#lib/jobs/run-jobs.ts'
import { applicationDesk } from '#lib/views/application.ts'
import { conductPage } from '#lib/views/conduct.ts'
import { awardList, entryList } from '#lib/views/conduct-entries.ts'
import { inbox } from '#lib/views/messages.ts'
import { ownData } from '#lib/views/own-data.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { caseRow, eventsOf } from '#tests/support/case-state.ts'
import { filledApplication } from '#tests/support/cases.ts'
import { noOpinions } from '#tests/support/claims.ts'
import { enteredPenalty, entryOf, passBy, sentObjection, typedPenalty } from '#tests/support/conduct.ts'
import {
  makeApplicant,
  makeStaff,
  newMainlandNumber,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { onRecord } from '#tests/support/exports.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const ofPeople: ReadonlySet<string> = new Set(personMeasures)

const formOf = (values: Readonly<Record<string, string>> = {}) => {
  const typed: Readonly<Record<string, string>> = { ...typedPenalty, ...values }
  return { get: (name: string) => typed[name] ?? '' }
}

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const staff = async (role: Role, departmentId: string | null = places.tianhe, number?: string) =>
    (await makeStaff(deps, { role, departmentId, ...(number ? { number } : {}) })).actor
  const person = await onRecord(deps, places.tianhe, { name: '欧阳小明' })
  const [one, two] = [await staff('reviewer'), await staff('reviewer')]
  const enter = (actor: Staff, sought = person, values: Readonly<Record<string, string>> = {}) =>
    outcomeOf(
      enterPenalty(deps, actor, {
        number: sought.number,
        name: sought.name,
        form: formOf(values),
        confirmed: true,
      }),
    )
  return { deps, places, staff, person, one, two, enter }
}

/** Nothing the service shows this person says that there is anything. */
async function traces(deps: TestDeps, person: Awaited<ReturnType<typeof onRecord>>, number: string) {
  const shown = JSON.stringify([
    await conductPage(deps, person.actor),
    (await ownData(deps, person.actor)).data,
    await inbox(deps, person.actor, ''),
  ])
  return ['行政处罚', typedPenalty.documentNo, number].filter((word) => shown.includes(word))
}

/** The figures of cases as they were kept are those counted anew; people here came on the record past the commands. */
async function expectCounted(deps: TestDeps) {
  const { read, t } = deps.store
  const figures = async () => {
    while ((await foldFigures(deps, 50)) > 0);
    return (await read.select().from(t.figure))
      .filter(({ value, measure }) => value !== 0 && !ofPeople.has(measure))
      .map(({ departmentId, period, measure, bucket, value }) =>
        [departmentId, period, measure, bucket, value].join(' '),
      )
      .sort()
  }
  const kept = await figures()
  await recountFigures(deps)
  expect(kept).toEqual(await figures())
  expect(kept.length).toBeGreaterThan(10)
}

describeEachEngine('a penalty', (open) => {
  it('is entered by one and decided by another; its person hears of it then, and not before', async () => {
    const { deps, person, one, two, enter } = await office(open)
    const caseId = await enteredPenalty(deps, one, person)
    const row = await caseRow(deps, caseId)
    expect(row).toMatchObject({ state: 'waiting', stage: 2, stages: 2, round: 1, personId: person.actor.id })
    expect(row.number).toMatch(/^F\d{16}$/)
    expect(await eventsOf(deps, caseId)).toEqual(['case.opened', 'case.submitted'])
    expect(await traces(deps, person, row.number ?? '')).toEqual([])
    expect(deps.sent).toEqual([])
    // Two clicks are one entry; anything else waits until it is over.
    const again = await enterPenalty(deps, one, { ...person, form: formOf(), confirmed: true })
    expect(again.number).toBe(row.number)
    for (const [actor, values] of [
      [one, { documentNo: '天财会罚〔2026〕4号' }],
      [two, {}],
    ] as const)
      expect(await enter(actor, person, values)).toEqual(['refused', 'penalty-under-review'])
    // To them it is no case at all.
    const own = { caseId, declared: true }
    const typed = { caseId, section: 'penalty', rowId: 'main', rev: 1, form: formOf() } as const
    for (const attempt of [
      () => withdrawCase(deps, person.actor, { caseId }),
      () => submitCase(deps, person.actor, own),
      () => saveEntry(deps, person.actor, typed),
      () => openDraft(deps, person.actor, 'penalty'),
    ])
      expect(await outcomeOf(attempt())).toEqual(['not-found'])

    const second = ['refused', 'second-person-required']
    expect(await outcomeOf(claimCase(deps, one, { caseId }))).toEqual(second)
    expect(await claimNext(deps, one, {})).toBeNull()
    expect(await claimNext(deps, two, {})).toBe(caseId)
    const { version } = await caseRow(deps, caseId)
    const opinions = {
      verdicts: { penalty: 'problem' as const },
      findings: [
        {
          at: 'finding.penalty.0',
          section: 'penalty' as const,
          rowId: 'main',
          target: 'basis',
          reason: 'conduct-facts-differ' as const,
          note: '依据的条款不对',
        },
      ],
    }
    // Nobody could mend it: it is refused or approved, never sent back.
    expect(await outcomeOf(returnCase(deps, two, { caseId, version, opinions }))).toEqual([
      'refused',
      'not-returnable',
    ])
    const department = '440000/440100/440104'
    expect(
      await outcomeOf(forwardCase(deps, two, { caseId, version, department, reason: 'other-office' })),
    ).toEqual(['refused', 'forward-kind'])
    expect(await reviewCase(deps, two, caseId)).toMatchObject({ returnable: false, mayCancel: false })
    await passBy(deps, two, caseId)

    const entry = await entryOf(deps, caseId)
    expect(entry).toMatchObject({
      kind: 'penalty',
      nature: 'fine',
      documentNo: typedPenalty.documentNo,
      decidedOn: '2026-11-18',
      late: false,
      published: false,
      revokedAt: null,
    })
    const [told] = (await inbox(deps, person.actor, '')).rows
    expect(told).toMatchObject({ title: '行政处罚已登记', place: '/conduct' })
    expect(told?.text).toContain('2026年11月18日 作出的行政处罚决定：罚款')
    expect(told?.text).toContain('提出异议')
    expect((await conductPage(deps, person.actor)).entries.map(({ what }) => what)).toEqual(['罚款'])
    expect(JSON.stringify((await ownData(deps, person.actor)).data)).toContain(typedPenalty.documentNo)
    // The same decision does not stand twice; another kind of penalty of the same paper does.
    deps.clock.advance(1000)
    expect(await enter(one)).toEqual(['refused', 'penalty-entered'])
    expect(await enter(one, person, { penalty: 'ban_5y' })).toEqual(['done'])
    await expectCounted(deps)
  })

  it('finds nobody but who is on the record of one’s own subtree, by number and name together', async () => {
    const { deps, places, staff, person, one, two, enter } = await office(open)
    const elsewhere = await onRecord(deps, places.yuexiu, { name: '李四' })
    const unrecorded = await makeApplicant(deps, { name: '王五' })
    for (const sought of [
      { ...person, name: '欧阳小白' },
      { ...person, number: newMainlandNumber() },
      { ...person, number: '12' },
      elsewhere,
      unrecorded,
    ]) {
      expect(await outcomeOf(findPerson(deps, one, sought))).toEqual(['refused', 'person-not-found'])
      expect(await enter(one, sought)).toEqual(['refused', 'person-not-found'])
    }
    expect(await enter(one, { ...person, number: ' ' })).toEqual(['refused', 'person-number-empty'])
    expect(await enter(one, { ...person, name: ' ' })).toEqual(['refused', 'person-name-empty'])
    expect(await enter(one, { ...person, number: ' ', name: '' })).toEqual([
      'refused',
      'person-number-empty',
      'person-name-empty',
    ])
    const above = await staff('manager', places.guangzhou)
    expect(
      (await findPerson(deps, above, { ...person, number: person.number.toLowerCase() })).account.id,
    ).toBe(person.actor.id)
    for (const actor of [await staff('viewer'), await staff('auditor'), await staff('operator', null)]) {
      expect(await enter(actor)).toEqual(['not-found'])
      expect(await outcomeOf(findPerson(deps, actor, person))).toEqual(['not-found'])
    }
    // Each look-up is in the log, also where nobody was found.
    const { read, t } = deps.store
    const looks = await read.select().from(t.event).where(eq(t.event.kind, 'person.sought'))
    // By both commands: five of whom there is nobody, three of nothing, one of who is there.
    expect(looks.filter(({ data }) => data.found === false)).toHaveLength(13)
    expect(looks.filter(({ data }) => data.found === true)).toHaveLength(1)

    // Oneself, by whichever account, whom one acts for alone, and while on leave.
    const self = await staff('reviewer', places.tianhe, person.number)
    expect(await enter(self)).toEqual(['refused', 'own-case'])
    const deputy = await staff('reviewer', places.yuexiu)
    const grant = { role: 'reviewer', departmentId: places.tianhe, path: '440000/440100/440106' } as const
    const acting: Staff = { ...deputy, grants: [...deputy.grants, { ...grant, deputyFor: self.id }] }
    expect(await enter(acting)).toEqual(['refused', 'own-case'])
    await deps.store.tx((q) =>
      q.update(t.account).set({ awayUntil: '2026-11-30' }).where(eq(t.account.id, two.id)),
    )
    expect(await enter(two)).toEqual(['refused', 'on-leave'])
    expect((await read.select().from(t.serviceCase)).filter(({ kind }) => kind === 'penalty')).toEqual([])
  })

  it('says everything that is wrong at once, keeps quiet while it is only judged, and notes what is late', async () => {
    const { deps, person, one, two, enter } = await office(open)
    expect(
      await enter(one, person, { penalty: '', basis: '', decidedOn: '2027-01-01', documentNo: '' }),
    ).toEqual(['refused', 'required', 'required', 'required', 'day-future'])
    const judged = { number: person.number, name: person.name, form: formOf(), confirmed: false }
    expect(await enterPenalty(deps, one, judged)).toEqual({ number: '' })
    const { read, t } = deps.store
    expect((await read.select().from(t.serviceCase)).length).toBe(0)
    // The tenth working day after 2026-11-06 is the 20th.
    const late = await enteredPenalty(deps, one, person, { decidedOn: '2026-11-05' })
    await passBy(deps, two, late)
    expect((await entryOf(deps, late)).late).toBe(true)
    const inTime = await enteredPenalty(deps, one, person, { decidedOn: '2026-11-09', penalty: 'warning' })
    await passBy(deps, two, inTime)
    expect((await entryOf(deps, inTime)).late).toBe(false)
  })

  it('is dated after its person was sixteen, where their birthday is known', async () => {
    const { deps, places, person, one, enter } = await office(open)
    const { t } = deps.store
    const born = (birth: string) =>
      deps.store.tx((q) => q.update(t.account).set({ birth }).where(eq(t.account.id, person.actor.id)))
    await born('1990-05-12')
    expect(await enter(one, person, { decidedOn: '1980-01-01' })).toEqual(['refused', 'before-age'])
    expect(await enter(one, person, { decidedOn: '2006-05-11' })).toEqual(['refused', 'before-age'])
    const judged = { number: person.number, name: person.name, confirmed: false }
    const form = formOf({ decidedOn: '1980-01-01' })
    expect(await outcomeOf(enterPenalty(deps, one, { ...judged, form }))).toEqual(['refused', 'before-age'])
    expect((await deps.store.read.select().from(t.serviceCase)).length).toBe(0)
    expect(await enter(one, person, { decidedOn: '2006-05-12' })).toEqual(['done'])
    const unknown = await onRecord(deps, places.tianhe, { name: '李四' })
    await deps.store.tx((q) =>
      q.update(t.account).set({ birth: '' }).where(eq(t.account.id, unknown.actor.id)),
    )
    expect(await enter(one, unknown, { decidedOn: '1980-01-01' })).toEqual(['done'])
  })

  it('that is a ban says so until its last day is over, and then that it was', async () => {
    const { deps, person, one, two } = await office(open)
    const caseId = await enteredPenalty(deps, one, person, { penalty: 'ban_5y', decidedOn: '2021-11-23' })
    await passBy(deps, two, caseId)
    const ban = async () => {
      const told = [
        (await conductPage(deps, person.actor)).entries[0],
        (await entryList(deps, one, { kind: '', after: '' })).rows[0],
      ].map((entry) => entry?.facts.find(([label]) => label === '从业限制')?.[1])
      expect(told[0]).toBe(told[1])
      expect(JSON.stringify((await ownData(deps, person.actor)).data)).toContain(told[0])
      return told[0]
    }
    expect(await ban()).toBe('至 2026年11月23日 止，不得从事会计工作')
    deps.clock.advance(4 * 86_400_000)
    expect(await ban()).toBe('从业限制已满（2026年11月23日 止）')
  })

  it('waits while its person is about to move, and is not escaped by closing the account', async () => {
    const { deps, places, staff, person, one, two, enter } = await office(open)
    const transfer = await filledApplication(deps, person.actor, 'transfer')
    await submitCase(deps, person.actor, { caseId: transfer, declared: true })
    expect(await enter(one)).toEqual(['refused', 'while-transfer'])
    await withdrawCase(deps, person.actor, { caseId: transfer })
    const caseId = await enteredPenalty(deps, one, person)
    expect(await outcomeOf(submitCase(deps, person.actor, { caseId: transfer, declared: true }))).toEqual([
      'refused',
      'transfer-while-conduct',
    ])
    await deps.store.tx((q) => cancelCases(deps, q, person.actor.id, { reason: 'account-closed' }))
    expect((await caseRow(deps, transfer)).state).toBe('cancelled')
    expect((await caseRow(deps, caseId)).state).toBe('waiting')
    // Handed to its enterer by a manager it is not either, by whichever of their accounts.
    const manager = await staff('manager')
    const number = newMainlandNumber()
    const [first, other] = [
      await staff('reviewer', places.tianhe, number),
      await staff('reviewer', places.tianhe, number),
    ]
    const { version } = await caseRow(deps, caseId)
    const assign = (reviewerId: string) =>
      outcomeOf(assignCase(deps, manager, { caseId, version, reviewerId }))
    expect(await assign(one.id)).toEqual(['refused', 'assign-own'])
    await cancelPenalty(deps, one, { caseId })
    const another = await enteredPenalty(deps, first, person)
    expect(await outcomeOf(claimCase(deps, other, { caseId: another }))).toEqual([
      'refused',
      'second-person-required',
    ])
    await passBy(deps, two, another)
    expect((await caseRow(deps, another)).state).toBe('approved')
  })

  it('is taken back by who entered it or a manager while nobody holds it, and refused for good by another', async () => {
    const { deps, places, staff, person, one, two } = await office(open)
    const caseId = await enteredPenalty(deps, one, person)
    const cancel = (actor: Staff, id = caseId) => outcomeOf(cancelPenalty(deps, actor, { caseId: id }))
    expect(await cancel(await staff('reviewer', places.yuexiu))).toEqual(['not-found'])
    expect(await cancel(two)).toEqual(['refused', 'cancel-not-yours'])
    expect(await cancel(await staff('manager', places.tianhe, person.number))).toEqual(['not-found'])
    await claimCase(deps, two, { caseId })
    expect(await cancel(one)).toEqual(['refused', 'cancel-while-claimed'])
    const { version } = await caseRow(deps, caseId)
    await refuseCase(deps, two, { caseId, version, note: '决定书尚未送达', opinions: noOpinions })
    expect(await cancel(one)).toEqual(['refused', 'case-decided'])
    expect(await traces(deps, person, (await caseRow(deps, caseId)).number ?? '')).toEqual([])

    deps.clock.advance(1000)
    const next = await enteredPenalty(deps, one, person)
    expect(await cancel(await staff('manager'), next)).toEqual(['done'])
    expect(await cancel(one, next)).toEqual(['done'])
    expect((await caseRow(deps, next)).state).toBe('cancelled')
    deps.clock.advance(1000)
    const collection = await filledApplication(deps, person.actor, 'award')
    await submitCase(deps, person.actor, { caseId: collection, declared: true })
    expect(await cancel(await staff('manager'), collection)).toEqual(['not-found'])
    expect((await deps.store.read.select().from(deps.store.t.conduct)).length).toBe(0)
    await expectCounted(deps)
  })

  it('goes on at the department its own one was closed into, entered as it is', async () => {
    const { deps, places, staff, person, one } = await office(open)
    const caseId = await enteredPenalty(deps, one, person)
    const typed = { 'target.1': '440000', 'target.2': '440100', 'target.3': places.yuexiu, confirmed: '1' }
    const city = await staff('manager', places.guangzhou)
    await closeDepartment(deps, city, { departmentId: places.tianhe, version: 1, typed })
    while ((await runJobs(deps, 'test', 50)) > 0);
    expect(await caseRow(deps, caseId)).toMatchObject({ sentTo: places.yuexiu, state: 'waiting', stage: 2 })
    expect(await traces(deps, person, (await caseRow(deps, caseId)).number ?? '')).toEqual([])
    await passBy(deps, await staff('reviewer', places.yuexiu), caseId)
    expect((await entryOf(deps, caseId)).departmentId).toBe(places.yuexiu)
  })
})

describeEachEngine('an award and a 异议', (open) => {
  /** An award that stands, with everybody who had a part in it. */
  async function standing(open: Open) {
    const given = await office(open)
    const { deps, person, one } = given
    const caseId = await filledApplication(deps, person.actor, 'award')
    await submitCase(deps, person.actor, { caseId, declared: true })
    await passBy(deps, one, caseId)
    const entry = await entryOf(deps, caseId)
    const number = (await caseRow(deps, caseId)).number ?? ''
    return { ...given, caseId, entry, number }
  }

  it('is published by a manager of its department alone, and read by everybody as five facts', async () => {
    const { deps, places, staff, person, one, two, entry } = await standing(open)
    expect(entry).toMatchObject({ kind: 'award', nature: 'provincial', published: false, late: false })
    const publish = (actor: Staff, published = true, entryId = entry.id) =>
      outcomeOf(publishAward(deps, actor, { entryId, published }))
    expect(await publish(await staff('manager', places.yuexiu))).toEqual(['not-found'])
    expect(await publish(await staff('viewer'))).toEqual(['not-found'])
    expect(await publish(one)).toEqual(['refused', 'manager-required-publish'])
    const manager = await staff('manager')
    const acting: Staff = {
      ...manager,
      grants: manager.grants.map((grant) => ({ ...grant, deputyFor: one.id })),
    }
    expect(await publish(acting)).toEqual(['refused', 'manager-required-publish'])
    expect(await publish(manager, true, person.actor.id)).toEqual(['not-found'])
    const penalty = await enteredPenalty(deps, one, person)
    await passBy(deps, two, penalty)
    expect(await publish(manager, true, (await entryOf(deps, penalty)).id)).toEqual([
      'refused',
      'publish-penalty',
    ])
    expect((await awardList(deps, {})).rows).toEqual([])

    expect(await publish(manager)).toEqual(['done'])
    expect(await publish(manager)).toEqual(['done'])
    const shown = await awardList(deps, {})
    expect(shown.rows).toEqual([
      {
        id: entry.id,
        name: '欧阳小明',
        title: '全省先进会计工作者',
        level: '省部级',
        date: '2026年10月20日',
        authority: '广东省财政厅',
      },
    ])
    const at = async (department: string) => (await awardList(deps, { department })).rows.length
    expect([await at('440106'), await at('440100'), await at('440104')]).toEqual([1, 1, 0])
    const events = await deps.store.read.select().from(deps.store.t.event)
    expect(events.filter(({ kind }) => kind === 'conduct.published')).toHaveLength(1)

    const list = await entryList(deps, manager, { kind: '', after: '' })
    expect(list.rows.map(({ kind, mayBecome, person: name }) => [kind, mayBecome, name])).toEqual([
      ['penalty', null, '欧阳**'],
      ['award', 'unpublished', '欧阳**'],
    ])
    expect((await entryList(deps, one, { kind: 'award', after: '' })).rows[0]?.mayBecome).toBeNull()
    expect(
      (await entryList(deps, await staff('reviewer', places.yuexiu), { kind: '', after: '' })).rows,
    ).toEqual([])
    expect(await outcomeOf(entryList(deps, await staff('viewer'), { kind: '', after: '' }))).toEqual([
      'not-found',
    ])
    expect(await publish(manager, false)).toEqual(['done'])
    expect((await awardList(deps, {})).rows).toEqual([])
  })

  it('is looked at by two who neither entered nor decided the entry, and revokes it', async () => {
    const { deps, places, staff, person, one, two, entry: award } = await standing(open)
    const own = newMainlandNumber()
    const [enterer, again] = [
      await staff('reviewer', places.tianhe, own),
      await staff('reviewer', places.tianhe, own),
    ]
    const penalty = await enteredPenalty(deps, enterer, person)
    await passBy(deps, two, penalty)
    const entry = await entryOf(deps, penalty)
    const begin = (about: string | null, actor = person.actor) =>
      outcomeOf(openDraft(deps, actor, 'objection', about))
    expect(await begin(null)).toEqual(['not-found'])
    expect(await begin(entry.id, (await onRecord(deps, places.tianhe)).actor)).toEqual(['not-found'])
    const caseId = await sentObjection(deps, person.actor, entry.id)
    expect(await begin(entry.id)).toEqual(['done'])
    expect(await begin(award.id)).toEqual(['refused', 'objection-open'])
    expect((await conductPage(deps, person.actor)).objected).toBe(entry.id)
    expect((await applicationDesk(deps, person.actor, 'objection')).desk?.file.case.about).toBe(entry.id)

    const other = ['refused', 'other-person-required']
    for (const actor of [enterer, again, two])
      expect(await outcomeOf(claimCase(deps, actor, { caseId }))).toEqual(other)
    const manager = await staff('manager')
    const view = await reviewCase(deps, manager, caseId)
    expect(view.about).toMatchObject({ kind: 'penalty', what: '罚款', stands: true })
    const offered = view.reviewers?.map(({ id }) => id) ?? []
    expect(offered).toContain(one.id)
    expect([enterer, again, two].some(({ id }) => offered.includes(id))).toBe(false)
    const { version } = await caseRow(deps, caseId)
    expect(await outcomeOf(assignCase(deps, manager, { caseId, version, reviewerId: two.id }))).toEqual([
      'refused',
      'assign-own',
    ])
    await passBy(deps, one, caseId)
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'waiting', stage: 2 })
    expect((await entryOf(deps, penalty)).revokedAt).toBeNull()
    expect(await outcomeOf(claimCase(deps, one, { caseId }))).toEqual(['refused', 'second-person-required'])
    expect(await outcomeOf(claimCase(deps, two, { caseId }))).toEqual(other)
    await passBy(deps, manager, caseId)
    expect(await entryOf(deps, penalty)).toMatchObject({ revokedBy: caseId, published: false })
    const [told] = (await inbox(deps, person.actor, '')).rows
    expect(told?.text).toContain('已经撤销')
    const [shown] = (await conductPage(deps, person.actor)).entries.filter(({ kind }) => kind === 'penalty')
    expect(shown).toMatchObject({ stands: false })
    expect(await begin(entry.id)).toEqual(['refused', 'conduct-revoked'])
    // What was revoked may be entered anew, rightly this time.
    deps.clock.advance(1000)
    expect((await caseRow(deps, await enteredPenalty(deps, enterer, person))).state).toBe('waiting')
    await expectCounted(deps)
  })

  it('leaves the entry where it is refused, with the reason, and takes a published award away where it is right', async () => {
    const { deps, staff, person, two, entry } = await standing(open)
    const manager = await staff('manager')
    await publishAward(deps, manager, { entryId: entry.id, published: true })
    const first = await sentObjection(deps, person.actor, entry.id)
    await claimCase(deps, two, { caseId: first })
    const { version } = await caseRow(deps, first)
    await refuseCase(deps, two, { caseId: first, version, note: '与证书一致', opinions: noOpinions })
    expect((await conductPage(deps, person.actor)).sent[0]).toMatchObject({
      reason: '与证书一致',
      href: null,
    })
    expect((await awardList(deps, {})).rows).toHaveLength(1)
    const second = await sentObjection(deps, person.actor, entry.id)
    expect(second).not.toBe(first)
    await passBy(deps, two, second)
    await passBy(deps, manager, second)
    expect((await awardList(deps, {})).rows).toEqual([])
    expect(await outcomeOf(publishAward(deps, manager, { entryId: entry.id, published: true }))).toEqual([
      'refused',
      'conduct-revoked',
    ])
  })
})
