/**
 * Submitting locks the account and then the case; what comes from the case locks it first and the account afterwards. Where the two
 * meet PostgreSQL ends one of them, and `store.tx` runs it again: nobody sees more than a moment's wait.
 */
import pg from 'pg'
import { expect, it } from 'vitest'
import type { Store } from '#db/store.ts'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { claimPhone } from '#lib/commands/claim-phone.ts'
import { closeAccount } from '#lib/commands/close-account.ts'
import { dropAppeal } from '#lib/commands/drop-appeal.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { takeLeave } from '#lib/commands/take-leave.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { filledAppeal, filledCase, submittedCase, submittedCorrection } from '#tests/support/cases.ts'
import { account, approve, browser, codeTo, pass } from '#tests/support/claims.ts'
import {
  makeApplicant,
  makeStaff,
  newPhone,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describePostgres, type Open } from '#tests/support/stores.ts'

const password = 'correct horse 42'

/** Counts how often transactions begin: one that was ended and run again counts twice. */
function counted(deps: TestDeps) {
  const runs = { begun: 0 }
  const tx: Store['tx'] = (fn, how) =>
    deps.store.tx((q) => {
      runs.begun += 1
      return fn(q)
    }, how)
  const store: Store = Object.create(deps.store, { tx: { value: tx } })
  return { deps: { ...deps, store }, runs }
}

async function office(open: Open) {
  const store = await open()
  const { url } = open.place(store)
  const watch = new pg.Client({ connectionString: url })
  await watch.connect()
  // Before the store has opened a connection: they find each other quickly.
  const name = new URL(url ?? '').pathname.slice(1)
  await watch.query(`alter database ${name} set deadlock_timeout = '20ms'`)
  const deps = testDeps(store)
  const places = await seedDepartments(deps)
  const staff = async () =>
    (await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhou })).actor
  const waiting = async () => {
    const { rows } = await watch.query<{ waiting: number }>(
      `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows[0]?.waiting ?? 0
  }
  /** Holds the case until both wait: `first` for the case alone, `second` after it locked the account. */
  async function met(caseId: string, first: () => Promise<unknown>, second: () => Promise<unknown>) {
    // Locked and not changed: whoever waits for a row that became another one may be overtaken by who came later.
    const holder = new pg.Client({ connectionString: url })
    await holder.connect()
    await holder.query('begin')
    await holder.query('select 1 from service_case where id = $1 for no key update', [caseId])
    const one = outcomeOf(first())
    await expect.poll(waiting, { timeout: 10_000 }).toBe(1)
    const two = outcomeOf(second())
    await expect.poll(waiting, { timeout: 10_000 }).toBe(2)
    await holder.query('commit')
    await holder.end()
    return [await one, await two]
  }
  return { deps, places, staff, met, end: () => watch.end() }
}

describePostgres('a submission that meets', (open) => {
  it('the closing of its account: it is ended, or was sent before', async () => {
    const { deps, places, met, end } = await office(open)
    const { actor } = await makeApplicant(deps, { password })
    const caseId = await filledCase(deps, actor, places.tianhe)
    const { deps: counting, runs } = counted(deps)
    const typed = { currentPassword: password, closing: '1' }
    const [closed, sent] = await met(
      caseId,
      () => closeAccount(counting, actor, { typed }),
      () => submitCase(counting, actor, { caseId, declared: true }),
    )
    expect(closed).toEqual(['done'])
    expect([['done'], ['refused', 'case-frozen'], ['not-found']]).toContainEqual(sent)
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'cancelled', openKey: null, dueOn: '' })
    expect(await account(deps, actor.id)).toMatchObject({ status: 'closed' })
    expect(runs.begun).toBeGreaterThan(2)
    await end()
  })

  it('the last approval of a correction, pressed twice: decided once', async () => {
    const { deps, staff, met, end } = await office(open)
    const { actor } = await makeApplicant(deps)
    const caseId = await submittedCorrection(deps, actor, { newName: '张叁' })
    await pass(deps, await staff(), caseId)
    const second = await staff()
    await claimCase(deps, second, { caseId })
    const { deps: counting, runs } = counted(deps)
    const [approved, sent] = await met(
      caseId,
      () => approve(counting, second, caseId),
      () => submitCase(counting, actor, { caseId, declared: true }),
    )
    expect(approved).toEqual(['done'])
    expect([['done'], ['refused', 'case-frozen']]).toContainEqual(sent)
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'approved', round: 1 })
    expect((await account(deps, actor.id)).name).toBe('张叁')
    expect(runs.begun).toBeGreaterThan(2)
    await end()
  })

  it('the last approval of an appeal, which takes the phone from who has it and is sending a case too', async () => {
    const { deps, places, staff, met, end } = await office(open)
    const { actor } = await makeApplicant(deps)
    const next = newPhone()
    const code = await codeTo(deps, next, 'phone-lost')
    await claimPhone(deps, actor, { typed: { newPhone: next, code }, browser })
    const { actor: holder } = await makeApplicant(deps, { phone: next })
    const theirs = await filledCase(deps, holder, places.tianhe)
    const caseId = await filledAppeal(deps, actor)
    await submitCase(deps, actor, { caseId, declared: true })
    await pass(deps, await staff(), caseId)
    const second = await staff()
    await claimCase(deps, second, { caseId })
    const { deps: counting, runs } = counted(deps)
    const [[approved, sent], other] = await Promise.all([
      met(
        caseId,
        () => approve(counting, second, caseId),
        () => submitCase(counting, actor, { caseId, declared: true }),
      ),
      outcomeOf(submitCase(deps, holder, { caseId: theirs, declared: true })),
    ])
    expect([approved, other]).toEqual([['done'], ['done']])
    expect([['done'], ['refused', 'case-frozen']]).toContainEqual(sent)
    expect((await caseRow(deps, caseId)).state).toBe('approved')
    expect((await caseRow(deps, theirs)).state).toBe('waiting')
    expect(await account(deps, actor.id)).toMatchObject({ phone: next, nextPhone: '' })
    expect((await account(deps, holder.id)).phone).toBe('')
    expect(runs.begun).toBeGreaterThan(2)
    await end()
  })

  it('its appeal being given up, or another phone being proven for it: what is judged is what was sent', async () => {
    const { deps, met, end } = await office(open)
    const other = newPhone()
    for (const how of ['drop', 'claim'] as const) {
      const { actor } = await makeApplicant(deps)
      const next = newPhone()
      const typed = { newPhone: next, code: await codeTo(deps, next, 'phone-lost') }
      await claimPhone(deps, actor, { typed, browser })
      const caseId = await filledAppeal(deps, actor)
      deps.clock.advance(4 * 60_000)
      const again = { newPhone: other, code: await codeTo(deps, other, 'phone-lost') }
      const { deps: counting, runs } = counted(deps)
      const [changed, sent] = await met(
        caseId,
        () =>
          how === 'drop'
            ? dropAppeal(counting, actor)
            : claimPhone(counting, actor, { typed: again, browser }),
        () => submitCase(counting, actor, { caseId, declared: true }),
      )
      const { state } = await caseRow(deps, caseId)
      const { nextPhone } = await account(deps, actor.id)
      const ends = JSON.stringify([how, state, nextPhone === next ? 'first' : nextPhone, changed, sent])
      const sentFirst = [how, 'waiting', 'first', ['refused', 'appeal-under-review'], ['done']]
      const changedFirst =
        how === 'drop'
          ? [how, 'cancelled', '', ['done'], ['refused', 'case-frozen']]
          : [how, 'waiting', other, ['done'], ['done']]
      expect([sentFirst, changedFirst].map((one) => JSON.stringify(one))).toContain(ends)
      expect(runs.begun).toBeGreaterThan(2)
    }
    await end()
  })
})

describePostgres('a leave that begins while its person decides', (open) => {
  it('waits for the decision, and neither is run twice', async () => {
    const { deps, places, staff, met, end } = await office(open)
    const { actor } = await makeApplicant(deps)
    const caseId = await submittedCase(deps, actor, places.tianhe)
    const reviewer = await staff()
    await claimCase(deps, reviewer, { caseId })
    const { version } = await caseRow(deps, caseId)
    const verdicts = Object.fromEntries(collection.sections.map((section) => [section, 'pass']))
    const { deps: counting, runs } = counted(deps)
    const ends = await met(
      caseId,
      () => approveCase(counting, reviewer, { caseId, version, opinions: { verdicts, findings: [] } }),
      () => takeLeave(counting, reviewer, { accountId: reviewer.id, typed: { leaveUntil: '2026-12-01' } }),
    )
    expect([ends, runs.begun]).toEqual([[['done'], ['done']], 2])
    expect((await caseRow(deps, caseId)).state).toBe('approved')
    await end()
  })
})
