/** 调转, 学分 and 学员名单 under attack: what two people, a merger or a slow moment could do to them (TRF, CRE-1). */
import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { kindsUnderReview } from '#db/queries/cases.ts'
import { departmentOfRecord } from '#db/queries/records.ts'
import type { Q } from '#db/store.ts'
import { checkRoster } from '#lib/commands/check-roster.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { closeDepartment } from '#lib/commands/close-department.ts'
import { confirmRoster } from '#lib/commands/confirm-roster.ts'
import { enterRoster } from '#lib/commands/enter-roster.ts'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { moveDepartment } from '#lib/commands/move-department.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { recountFigures } from '#lib/commands/recount-figures.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { newId } from '#lib/ids.ts'
import { runJobs } from '#lib/jobs/run-jobs.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { filledApplication } from '#tests/support/cases.ts'
import { approve, inboxOf, pass, sendBack } from '#tests/support/claims.ts'
import {
  type MadeApplicant,
  makeStaff,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { onRecord } from '#tests/support/exports.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const toYuexiu = { 'departmentId.1': '440000', 'departmentId.2': '440100', 'departmentId.3': '440104' }

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const { t } = deps.store
  const staff = async (departmentId: string, role: 'reviewer' | 'manager' = 'reviewer') =>
    (await makeStaff(deps, { role, departmentId })).actor
  const [tianhe, yuexiu, province] = [
    await staff(places.tianhe),
    await staff(places.yuexiu),
    await staff(places.guangdong, 'manager'),
  ]
  await deps.store.tx((q) =>
    q.insert(t.province).values({
      departmentId: places.guangdong,
      transferInside: 'both',
      transferOutside: 'both',
      creditsTotal: 90,
      creditsProfessional: 60,
      creditsOnline: 1,
    }),
  )
  const person = async () => {
    const made = await onRecord(deps, places.tianhe)
    await recountFigures(deps)
    return made
  }
  const sent = async (
    actor: Applicant,
    kind: 'transfer' | 'credit',
    values: Readonly<Record<string, string>> = {},
  ) => {
    const caseId = await filledApplication(deps, actor, kind, kind === 'transfer' ? toYuexiu : values)
    deps.clock.advance(1)
    await submitCase(deps, actor, { caseId, declared: true })
    deps.clock.advance(1)
    return caseId
  }
  const close = async (from: string, ...into: string[]) => {
    deps.clock.advance(1000)
    const typed = Object.fromEntries(into.map((id, index) => [`target.${index + 1}`, id]))
    await closeDepartment(deps, province, {
      departmentId: from,
      version: 1,
      typed: { ...typed, confirmed: '1' },
    })
  }
  const work = async () => {
    for (let turns = 0; turns < 20 && (await runJobs(deps, 'test', 50)) > 0; turns += 1);
  }
  const home = async (id: string) =>
    (await deps.store.read.select().from(t.person).where(eq(t.person.id, id)))[0]?.departmentId
  const entries = (id: string) =>
    deps.store.read.select().from(t.creditEntry).where(eq(t.creditEntry.personId, id))
  return { deps, places, staff, tianhe, yuexiu, province, person, sent, close, work, home, entries }
}

/** What was added up is what a recount finds. */
async function expectTrue(deps: TestDeps) {
  const figures = async () => {
    while ((await foldFigures(deps, 50)) > 0);
    const rows = await deps.store.read.select().from(deps.store.t.figure)
    return rows
      .filter(({ value }) => value !== 0)
      .map((one) => [one.departmentId, one.period, one.measure, one.bucket, one.value].join(' '))
      .sort()
  }
  const kept = await figures()
  await recountFigures(deps)
  expect(kept).toEqual(await figures())
}

/** In a transaction that has the person's account, as a submission has it: `before`, then a while in which `act` begins, then `after`. */
async function amidst(
  { store }: TestDeps,
  personId: string,
  act: () => Promise<unknown>,
  after: (q: Q) => Promise<unknown>,
): Promise<string[]> {
  const { account } = store.t
  const held = Promise.withResolvers<void>()
  const acting = outcomeOf(held.promise.then(act))
  await store.tx(async (q) => {
    await q
      .update(account)
      .set({ version: sql`${account.version}` })
      .where(eq(account.id, personId))
    held.resolve()
    await Promise.race([acting, sleep(500)])
    await after(q)
  })
  return acting
}

const list = async function* (...people: readonly MadeApplicant[]) {
  const lines = people.map(({ number, name }) => `${number},${name},面授培训,会计准则培训班,2,2026-09,`)
  yield ['证件号码,姓名,学分形式,名称,数量,完成时间,科目', ...lines].join('\r\n')
}

describeEachEngine('a transfer under attack', (open) => {
  it('ends where the department that is left becomes the one that is joined, whoever has agreed', async () => {
    const { deps, places, tianhe, yuexiu, person, sent, close, work, home } = await office(open)
    const [waiting, confirmed] = [await person(), await person()]
    const cases = [await sent(waiting.actor, 'transfer'), await sent(confirmed.actor, 'transfer')] as const
    await pass(deps, tianhe, cases[1])
    await claimCase(deps, yuexiu, { caseId: cases[1] })
    await close(places.tianhe, '440000', '440100', places.yuexiu)
    await work()
    for (const [index, { actor }] of [waiting, confirmed].entries()) {
      expect(await caseRow(deps, cases[index] ?? '')).toMatchObject({ state: 'cancelled', claimedBy: null })
      expect(await inboxOf(deps, actor.id)).toContain('transfer-needless')
      expect(await home(actor.id)).toBe(places.yuexiu)
    }
    expect(await outcomeOf(approve(deps, yuexiu, cases[1]))).toEqual(['refused', 'case-decided'])
    await expectTrue(deps)
  })

  it('leaves nobody in a closed department whom somebody moves there in this very moment', async () => {
    const { deps, places, tianhe, province, person, sent, close, work, home } = await office(open)
    const { actor } = await person()
    const caseId = await sent(actor, 'transfer')
    await pass(deps, tianhe, caseId)
    await close(places.yuexiu, '440000', '440100', places.guangzhouOwn)
    await claimCase(deps, province, { caseId })
    // What is to be moved was read, and nothing of it moved yet.
    let reads = 0
    let isDone = false
    const { store } = deps
    const read = new Proxy(store.read, {
      get: (target, key) => {
        if (key === 'select') reads += 1
        const value = Reflect.get(target, key)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const slow = new Proxy(store, {
      get: (target, key) => {
        if (key === 'read') return read
        if (key !== 'tx') return Reflect.get(target, key)
        return async (...args: Parameters<typeof store.tx>) => {
          if (reads >= 3 && !isDone) {
            isDone = true
            await approve(deps, province, caseId)
          }
          return store.tx(...args)
        }
      },
    })
    await moveDepartment({ ...deps, store: slow }, { departmentId: places.yuexiu })
    expect(isDone).toBe(true)
    expect((await caseRow(deps, caseId)).state).toBe('approved')
    expect(await home(actor.id)).toBe(places.guangzhouOwn)
    await work()
    await expectTrue(deps)
  })

  it('is completed after whatever its person or office is just sending, not amidst it', async () => {
    const { deps, places, tianhe, yuexiu, person, sent } = await office(open)
    const { actor } = await person()
    const caseId = await sent(actor, 'transfer')
    await pass(deps, tianhe, caseId)
    await claimCase(deps, yuexiu, { caseId })
    const { t } = deps.store
    const end = await amidst(
      deps,
      actor.id,
      () => approve(deps, yuexiu, caseId),
      async (q) => {
        expect(await departmentOfRecord(q, t, actor.id)).toBe(places.tianhe)
        expect(await kindsUnderReview(q, t, actor.id, null)).toEqual(['transfer'])
      },
    )
    expect(end).toEqual(['done'])
    expect(await departmentOfRecord(deps.store.read, t, actor.id)).toBe(places.yuexiu)
  })
})

describeEachEngine('a confirmation under attack', (open) => {
  it('pressed twice by who sees the case no more is done once, and no page that is not there', async () => {
    const { deps, tianhe, yuexiu, staff, places, person, sent } = await office(open)
    const caseId = await sent((await person()).actor, 'transfer')
    await claimCase(deps, tianhe, { caseId })
    expect(await approve(deps, tianhe, caseId)).toBe('handed-on')
    const before = await caseRow(deps, caseId)
    expect(await approve(deps, tianhe, caseId)).toBe('handed-on')
    expect(await caseRow(deps, caseId)).toEqual(before)
    // Who has confirmed nothing learns of nothing; who has, nothing of what came after a return.
    expect(await outcomeOf(approve(deps, await staff(places.tianhe), caseId))).toEqual(['not-found'])
    await sendBack(deps, yuexiu, caseId, 'employer')
    expect(await outcomeOf(approve(deps, tianhe, caseId))).toEqual(['not-found'])
  })
})

describeEachEngine('a draft under attack', (open) => {
  it('is begun where the record is kept, though its person is being moved this moment', async () => {
    const { deps, places, person } = await office(open)
    const { actor } = await person()
    const { t } = deps.store
    let draft = ''
    const begin = async () => {
      draft = await openDraft(deps, actor, 'change-education')
    }
    await amidst(deps, actor.id, begin, (q) =>
      q.update(t.person).set({ departmentId: places.yuexiu }).where(eq(t.person.id, actor.id)),
    )
    expect((await caseRow(deps, draft)).departmentId).toBe(places.yuexiu)
  })
})

describeEachEngine('credits under attack', (open) => {
  it('the same thing counts once, though a claim and a list bring it at once and write it otherwise', async () => {
    const { deps, places, tianhe, person, sent, entries } = await office(open)
    const { t } = deps.store
    const other = (personId: string) => (q: Q) =>
      q.insert(t.creditEntry).values({
        id: newId(deps.clock.now()),
        personId,
        year: 2026,
        form: 'face_to_face',
        title: '会计 准则培训班',
        quantity: 2,
        credits: 20,
        subject: 'any',
        obtained: '2026-09',
        departmentId: places.tianhe,
        at: deps.clock.now(),
      })
    const [claims, listed] = [await person(), await person()]
    const caseId = await sent(claims.actor, 'credit', {
      form: 'face_to_face',
      title: '会计准则培训班',
      'obtained.month': '09',
    })
    await claimCase(deps, tianhe, { caseId })
    const approving = () => approve(deps, tianhe, caseId)
    expect(await amidst(deps, claims.actor.id, approving, other(claims.actor.id))).toEqual([
      'refused',
      'credit-counted',
    ])
    const rosterId = await checkRoster(deps, tianhe, { departmentId: places.tianhe, text: list(listed) })
    await confirmRoster(deps, tianhe, { rosterId })
    const entering = () => enterRoster(deps, { rosterId, by: tianhe.id })
    await amidst(deps, listed.actor.id, entering, other(listed.actor.id))
    for (const { actor } of [claims, listed]) expect(await entries(actor.id)).toHaveLength(1)
  })

  it('a list that was confirmed is entered, though its department has closed since', async () => {
    const { deps, places, tianhe, province, person, close, work, entries } = await office(open)
    const [first, second] = [await person(), await person()]
    const upload = (who: MadeApplicant) =>
      checkRoster(deps, tianhe, { departmentId: places.tianhe, text: list(who) })
    const [confirmed, left] = [await upload(first), await upload(second)]
    await confirmRoster(deps, tianhe, { rosterId: confirmed })
    await close(places.tianhe, '440000', '440100', places.yuexiu)
    await moveDepartment(deps, { departmentId: places.tianhe })
    await work()
    expect(await entries(first.actor.id)).toHaveLength(1)
    // Whoever looks after both confirms what nobody of the closed one could any more.
    expect(await outcomeOf(confirmRoster(deps, tianhe, { rosterId: left }))).toEqual(['not-found'])
    await confirmRoster(deps, province, { rosterId: left })
    await work()
    expect(await entries(second.actor.id)).toHaveLength(1)
  })
})
