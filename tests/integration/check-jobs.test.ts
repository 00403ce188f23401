import path from 'node:path'
import Database from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import pg from 'pg'
import { expect, it } from 'vitest'
import { dueJobs } from '#db/queries/jobs.ts'
import type { Store } from '#db/store.ts'
import { restingRegisters } from '#lib/adapters/breaker.ts'
import { enqueueJob } from '#lib/commands/support/jobs.ts'
import { newId } from '#lib/ids.ts'
import { runJobs, type Undone } from '#lib/jobs/run-jobs.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { type Collection, jobsOf, newCollection, officeWithRegister, runDue } from '#tests/support/checks.ts'
import { type TestDeps, testDeps } from '#tests/support/deps.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const leaseMs = 20 * second

const kinds = ['education', 'degree', 'credit-code', 'accounting-qualification'] as const
const allOf = (state: string) => Object.fromEntries(kinds.map((kind) => [kind, state]))

/** A collection that was sent on a Monday morning: due on the next Monday. */
async function sent(open: Open) {
  const office = await officeWithRegister(await open())
  const one = await newCollection(office)
  await one.submit()
  return { ...office, one }
}

describeEachEngine('a register that fails (CHK-1)', (open) => {
  it('stops the clock once and lets it run on once, with the days that were left', async () => {
    const { deps, register, one } = await sent(open)
    expect((await one.standing()).dueOn).toBe('2026-11-30')
    register.fail()
    for (let n = 0; n < 3; n += 1) {
      await runDue(deps)
      deps.clock.advance(10 * minute)
    }
    expect(register.asked).toHaveLength(12)
    expect(await one.standing()).toMatchObject({ state: 'checking', dueOn: '', claims: allOf('checking') })
    for (const { failingSince } of await one.claims()) expect(failingSince).not.toBeNull()
    expect([await one.count('clock.paused'), await one.count('clock.resumed')]).toEqual([1, 0])

    deps.clock.advance(22 * hour)
    register.fail(false)
    await runDue(deps, 'test', 3)
    expect(await one.standing()).toMatchObject({ state: 'checking', dueOn: '' })
    await runDue(deps)
    expect(await one.standing()).toMatchObject({
      state: 'waiting',
      dueOn: '2026-12-01',
      claims: allOf('agrees'),
    })
    expect([await one.count('clock.paused'), await one.count('clock.resumed')]).toEqual([1, 1])
  })

  it('lets the clock run while others are still to be asked for the first time', async () => {
    const { deps, register, one } = await sent(open)
    register.fail()
    await runDue(deps, 'test', 1)
    expect((await one.standing()).dueOn).toBe('')
    register.fail(false)
    const failed = (await jobsOf(deps)).find(({ tries }) => tries > 0)
    await deps.store.tx((q) =>
      q
        .update(deps.store.t.job)
        .set({ runAt: new Date(deps.clock.now().getTime() + minute) })
        .where(eq(deps.store.t.job.tries, 0)),
    )
    deps.clock.advance(10 * second)
    await runDue(deps)
    expect(failed?.lastError).toBe('down')
    expect(await one.standing()).toMatchObject({ state: 'checking', dueOn: '2026-11-30' })
    expect(await one.count('clock.resumed')).toBe(1)
  })

  it('is asked less and less often, at last every ten minutes', async () => {
    const { deps, register, one } = await sent(open)
    register.fail()
    const pauses: number[] = []
    for (let n = 0; n < 12; n += 1) {
      await runDue(deps)
      const [job] = await jobsOf(deps)
      pauses.push((Number(job?.runAt) - deps.clock.now().getTime()) / second)
      deps.clock.set(job?.runAt ?? '')
    }
    expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600])
    expect(await one.standing()).toMatchObject({ state: 'checking' })
  })

  it('is left alone for a while after five failures, which counts as no try', async () => {
    const { deps, register, one } = await sent(open)
    const resting: TestDeps = { ...deps, registers: restingRegisters(register.registers, deps.clock) }
    register.fail()
    await runDue(resting)
    deps.clock.advance(5 * second)
    await runDue(resting)
    const asked = register.asked.length
    // Those that were on their way when the fifth failed got there as well.
    expect(asked).toBeGreaterThanOrEqual(5)
    expect(asked).toBeLessThanOrEqual(8)
    const tries = async () => (await jobsOf(deps)).map((job) => job.tries)
    const before = await tries()
    for (let n = 0; n < 4; n += 1) {
      deps.clock.advance(5 * second)
      await runDue(resting)
    }
    expect(register.asked).toHaveLength(asked)
    expect(await tries()).toEqual(before)
    expect((await jobsOf(deps)).map(({ lastError }) => lastError)).toEqual(kinds.map(() => 'resting'))
    expect(await one.count('clock.paused')).toBe(1)
    register.fail(false)
    // Whoever met a resting register waits for its rest to be over.
    deps.clock.advance(35 * second)
    // One is let through; with its answer all others may ask again.
    await runDue(resting, 'test', 1)
    expect(register.asked).toHaveLength(asked + 1)
    await runDue(resting)
    expect(await one.standing()).toMatchObject({ state: 'waiting', claims: allOf('agrees') })
  })

  it('after a day leaves it to a person, and never passes', async () => {
    const { deps, register, one } = await sent(open)
    register.fail()
    await runDue(deps)
    deps.clock.advance(day - minute)
    await runDue(deps)
    expect(await one.standing()).toMatchObject({ state: 'checking', claims: allOf('checking') })
    deps.clock.advance(11 * minute)
    const undone: Undone[] = []
    deps.clock.advance(second)
    await runJobs(deps, 'test', 50, (one) => undone.push(one))
    expect(undone.map(({ fate, reason }) => [fate, reason])).toEqual(kinds.map(() => ['dead', 'down']))
    expect(await one.standing()).toMatchObject({
      state: 'waiting',
      dueOn: '2026-12-01',
      claims: allOf('unavailable gave-up'),
    })
    expect([await one.count('clock.paused'), await one.count('clock.resumed')]).toEqual([1, 1])
    register.fail(false)
    deps.clock.advance(day)
    expect(await runDue(deps)).toBe(0)
    expect((await jobsOf(deps)).every(({ deadAt, doneAt }) => deadAt !== null && doneAt === null)).toBe(true)
  })
})

describeEachEngine('a job', (open) => {
  it('of an unknown kind is dead at once', async () => {
    const deps = testDeps(await open())
    for (const kind of ['no-such', 'constructor', '__proto__'])
      await deps.store.tx((q) => enqueueJob(deps, q, { kind, data: {} }))
    const undone: Undone[] = []
    expect(await runJobs(deps, 'test', 50, (one) => undone.push(one))).toBe(0)
    expect(undone.map(({ fate, reason }) => `${fate} ${reason}`)).toEqual(
      Array.from({ length: 3 }, () => 'dead unknown-kind'),
    )
    deps.clock.advance(day)
    expect(await runJobs(deps, 'test', 50, (one) => undone.push(one))).toBe(0)
    expect(undone).toHaveLength(3)
  })

  it('that cannot even be given up is tried again', async () => {
    const { deps, one } = await sent(open)
    const { claimCheck } = deps.store.t
    const [claim] = await deps.store.read.select().from(claimCheck).where(eq(claimCheck.kind, 'education'))
    const write = (subjectSealed: string) =>
      deps.store.tx((q) =>
        q
          .update(claimCheck)
          .set({ subjectSealed })
          .where(eq(claimCheck.id, claim?.id ?? '')),
      )
    await write('not to be opened')
    deps.clock.advance(2 * day)
    await runDue(deps)
    const stuck = (await jobsOf(deps)).filter(({ doneAt }) => doneAt === null)
    expect(stuck.map(({ deadAt, tries }) => [deadAt, tries])).toContainEqual([null, 1])
    expect(stuck.every(({ deadAt }) => deadAt === null)).toBe(true)
    await write(claim?.subjectSealed ?? '')
    deps.clock.advance(minute)
    await runDue(deps)
    expect(await one.standing()).toMatchObject({ state: 'waiting', claims: allOf('agrees') })
  })

  it('of a worker that died is taken over when its lease has ended, and not before', async () => {
    const { deps, register, one } = await sent(open)
    const answers: (() => void)[] = []
    const hanging: TestDeps = {
      ...deps,
      registers: {
        look: () =>
          new Promise((resolve) => {
            answers.push(() => resolve({ records: [], source: 'late' }))
          }),
      },
    }
    deps.clock.advance(second)
    const died = runJobs(hanging, 'first', 50)
    await expect.poll(() => answers.length).toBe(4)
    deps.clock.advance(leaseMs - 1)
    expect(await runJobs(deps, 'second', 50)).toBe(0)
    expect(register.asked).toEqual([])
    deps.clock.advance(1)
    expect(await runJobs(deps, 'second', 50)).toBe(4)
    expect(await one.standing()).toMatchObject({ state: 'waiting', claims: allOf('agrees') })
    // It was only slow: what it brings now is too late, and the jobs are not its any more.
    for (const answer of answers) answer()
    await died
    expect(await one.standing()).toMatchObject({ state: 'waiting', claims: allOf('agrees') })
    expect(await one.count('case.checked')).toBe(1)
    expect((await jobsOf(deps)).map(({ worker, doneAt }) => [worker, doneAt !== null])).toEqual(
      kinds.map(() => ['second', true]),
    )
  })

  it('is done once when two workers find it', { timeout: 60_000 }, async () => {
    const store = await open()
    const office = await officeWithRegister(store)
    const { deps, register } = office
    const cases: Collection[] = []
    for (let n = 0; n < 13; n += 1) cases.push(await newCollection(office))
    for (const one of cases) await one.submit()
    deps.clock.advance(second)
    const others = [await open.again(store), store].map((one) => ({
      ...testDeps(one, { now: deps.clock.now(), keys: deps.env.appKeys }),
      registers: register.registers,
    }))
    const done = await Promise.all(others.map((worker, n) => runJobs(worker, `worker ${n}`, 100)))
    expect(done.reduce((sum, one) => sum + one, 0)).toBe(52)
    expect(register.asked).toHaveLength(52)
    for (const one of cases) {
      expect((await one.standing()).state).toBe('waiting')
      expect(await one.count('case.checked')).toBe(1)
    }
  })

  it('is swept a week after its end, and not before it was done', async () => {
    const deps = testDeps(await open())
    const { store, clock } = deps
    const at = (ago: number) => new Date(clock.now().getTime() - ago)
    const job = (over: Partial<typeof store.t.job.$inferInsert>) => ({
      id: newId(clock.now()),
      kind: 'check-claim',
      data: { claim: 'gone' },
      createdAt: at(30 * day),
      runAt: at(30 * day),
      ...over,
    })
    const kept = [
      job({ doneAt: at(6 * day) }),
      job({ deadAt: at(6 * day) }),
      job({}),
      job({ runAt: at(-minute) }),
    ]
    const gone = [job({ doneAt: at(8 * day) }), job({ deadAt: at(8 * day) })]
    await store.tx((q) => q.insert(store.t.job).values([...kept, ...gone]))
    await sweep(deps)
    expect((await jobsOf(deps)).map(({ id }) => id).toSorted()).toEqual(kept.map(({ id }) => id).toSorted())
  })

  it('is found by its index among many that are done', async () => {
    const store = await open()
    const { clock } = testDeps(store)
    const now = clock.now()
    const rows = Array.from({ length: 3000 }, (_, n) => ({
      id: newId(now),
      kind: 'check-claim',
      data: { claim: `${n}` },
      createdAt: now,
      runAt: now,
      ...(n % 100 === 0 ? {} : { doneAt: now }),
    }))
    for (let n = 0; n < rows.length; n += 500)
      await store.tx((q) => q.insert(store.t.job).values(rows.slice(n, n + 500)))
    const due = { now, limit: 20, kinds: ['export'], others: true }
    expect(await dueJobs(store.read, store.t, due)).toHaveLength(20)
    expect(await planOf(open, store, dueJobs(store.read, store.t, due).toSQL())).toContain('job_due')
  })
})

/** How the engine would do it, in its own words. */
async function planOf(open: Open, store: Store, { sql, params }: { sql: string; params: unknown[] }) {
  const { url, dataDir } = open.place(store)
  if (!url) {
    const file = new Database(path.join(dataDir, 'app.db'), { readonly: true })
    const plan = file.prepare(`explain query plan ${sql}`).all(params)
    file.close()
    return JSON.stringify(plan)
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('analyze job')
    return JSON.stringify((await client.query(`explain ${sql}`, params)).rows)
  } finally {
    await client.end()
  }
}
