/** What `/metrics` says of the store, and by which way of the database. */
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, it, vi } from 'vitest'
import { record } from '#db/events.ts'
import { atPresent, figuresOf } from '#db/queries/figures.ts'
import { dueJobs } from '#db/queries/jobs.ts'
import {
  firstPending,
  lateOrders,
  newestBackup,
  openJobs,
  refundsNeeded,
  unfoldedFigures,
  unsentMessages,
} from '#db/queries/metrics.ts'
import { beginPayment } from '#lib/commands/begin-payment.ts'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { linkAudit } from '#lib/commands/link-audit.ts'
import { registerForExam } from '#lib/commands/register-for-exam.ts'
import { enqueueJob } from '#lib/commands/support/jobs.ts'
import { enqueueSms } from '#lib/commands/support/outbox.ts'
import { newId } from '#lib/ids.ts'
import { metrics } from '#lib/views/metrics.ts'
import { submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { candidate, openExam } from '#tests/support/exam-candidates.ts'
import { planner } from '#tests/support/plans.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** The numbers of an answer by name and labels, as they are written. */
async function said(deps: TestDeps): Promise<ReadonlyMap<string, number>> {
  const lines = (await metrics(deps)).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ')
      return [line.slice(0, at), Number(line.slice(at + 1))]
    }),
  )
}

const opened = async (open: Open) => {
  // A folder that is there: its disk is told of.
  const deps = testDeps(await open(), { env: { DATA_DIR: tmpdir() } })
  return { deps, places: await seedDepartments(deps) }
}

describeEachEngine('the metrics', (open) => {
  it('say where cases stand and how many are overdue, in the country and by province', async () => {
    const { deps, places } = await opened(open)
    for (let n = 0; n < 2; n += 1) await submittedCase(deps, (await makeApplicant(deps)).actor, places.tianhe)
    const before = await said(deps)
    expect(before.get('kuaiji_figures_waiting')).toBeGreaterThan(0)
    while ((await foldFigures(deps)) > 0);
    const now = await said(deps)
    expect(Object.fromEntries(now)).toMatchObject({
      kuaiji_store_up: 1,
      kuaiji_migrations_pending: 0,
      kuaiji_figures_waiting: 0,
      'kuaiji_cases{kind="collection",state="waiting"}': 2,
      kuaiji_cases_overdue: 0,
      'kuaiji_province_cases{province="440000",state="waiting"}': 2,
      'kuaiji_province_cases{province="440000",state="in_review"}': 0,
      'kuaiji_province_cases_overdue{province="440000"}': 0,
    })
    deps.clock.advance(60 * day)
    expect(Object.fromEntries(await said(deps))).toMatchObject({
      kuaiji_cases_overdue: 2,
      'kuaiji_province_cases_overdue{province="440000"}': 2,
    })
    // A province at most: three thousand departments would be as many series.
    for (const name of now.keys()) expect(name).not.toContain(places.tianhe)
  })

  it('say what waits to be done, and for how long', async () => {
    const { deps } = await opened(open)
    const { store, clock } = deps
    const at = clock.now()
    expect(Object.fromEntries(await said(deps))).toMatchObject({
      kuaiji_job_oldest_due_seconds: 0,
      kuaiji_sms_unsent: 0,
      kuaiji_sms_oldest_unsent_seconds: 0,
      kuaiji_audit_unlinked: 0,
      kuaiji_audit_oldest_unlinked_seconds: 0,
      kuaiji_pay_orders_late: 0,
      kuaiji_refunds_needed: 0,
    })
    const { t } = store
    await store.tx(async (q) => {
      for (let n = 0; n < 3; n += 1) await enqueueJob(deps, q, { kind: 'check-claim', data: { claim: 'x' } })
      await q.insert(t.job).values([
        { id: newId(at), kind: 'write-export', data: {}, createdAt: at, runAt: at, deadAt: at },
        { id: newId(at), kind: 'write-export', data: {}, createdAt: at, runAt: at, doneAt: at },
      ])
      for (const phone of ['13900000001', '13900000002'])
        await enqueueSms(deps, q, { phone, purpose: 'notice', text: '一条消息' })
      await q.update(t.outbox).set({ createdAt: new Date(at.getTime() - minute) })
      await enqueueSms(deps, q, { phone: '13900000003', purpose: 'notice', text: '一条消息' })
    })
    await submittedCase(deps, (await makeApplicant(deps)).actor, '440106')
    clock.advance(10 * minute)
    const now = await said(deps)
    expect(Object.fromEntries(now)).toMatchObject({
      'kuaiji_jobs{kind="check-claim"}': 3,
      'kuaiji_jobs_dead{kind="write-export"}': 1,
      kuaiji_job_oldest_due_seconds: 600,
      kuaiji_sms_oldest_unsent_seconds: 660,
      kuaiji_audit_oldest_unlinked_seconds: 600,
    })
    expect(now.has('kuaiji_jobs{kind="write-export"}')).toBe(false)
    expect(now.get('kuaiji_sms_unsent')).toBeGreaterThanOrEqual(3)
    expect(now.get('kuaiji_audit_unlinked')).toBeGreaterThan(0)
    while ((await linkAudit(deps, 200)) > 0);
    expect((await said(deps)).get('kuaiji_audit_unlinked')).toBe(0)
  })

  it('say which payments hang and whose money has to go back', async () => {
    const { deps } = await opened(open)
    const exam = await openExam(deps)
    const { actor } = await candidate(deps, '440106')
    const { caseId } = await registerForExam(deps, actor, {
      ...exam,
      subjects: ['senior_practice'],
      declared: true,
    })
    await beginPayment(deps, actor, { caseId })
    expect((await said(deps)).get('kuaiji_pay_orders_late')).toBe(0)
    deps.clock.advance(60 * day)
    const late = await said(deps)
    expect(late.get('kuaiji_pay_orders_late')).toBe(1)
    expect(late.get('kuaiji_pay_order_oldest_late_seconds')).toBeGreaterThan(0)
    await deps.store.tx((q) => q.update(deps.store.t.payOrder).set({ state: 'refund-needed' }))
    expect(Object.fromEntries(await said(deps))).toMatchObject({
      kuaiji_pay_orders_late: 0,
      kuaiji_refunds_needed: 1,
    })
  })

  it('say when the last backup was finished, whenever they were first asked', async () => {
    const { deps } = await opened(open)
    const { store, clock } = deps
    const backedUp = () => {
      const at = clock.now()
      return store.tx((q) => record(q, store.t, { id: newId(at), kind: 'backup.written', at }))
    }
    const last = async () => (await said(deps)).get('kuaiji_backup_last_timestamp_seconds')
    expect(await last()).toBeUndefined()
    await backedUp()
    const first = clock.now().getTime() / 1000
    expect(await last()).toBe(first)
    clock.advance(day)
    expect(await last()).toBe(first)
    await backedUp()
    clock.advance(5 * minute)
    expect(await last()).toBe(first + day / 1000)
  })

  it('say that the store does not answer, and all that is known without it', async () => {
    const { deps } = await opened(open)
    const gone = { ...deps.store, pendingMigrations: () => Promise.reject(new Error('gone')) }
    const now = await said({ ...deps, store: gone })
    expect(now.get('kuaiji_store_up')).toBe(0)
    expect(now.get('kuaiji_data_dir_free_bytes')).toBeGreaterThan(0)
    expect(now.get('process_resident_memory_bytes')).toBeGreaterThan(0)
    expect(now.has('kuaiji_cases_overdue')).toBe(false)
  })

  it('ask nothing of tables that this version needs changed first', async () => {
    const { deps } = await opened(open)
    const now = await said({ ...deps, store: { ...deps.store, pendingMigrations: async () => 2 } })
    expect([now.get('kuaiji_store_up'), now.get('kuaiji_migrations_pending')]).toEqual([1, 2])
    expect(now.has('kuaiji_cases_overdue')).toBe(false)
  })

  it('say which of several processes they are of', async () => {
    const { deps } = await opened(open)
    vi.stubEnv('PROCESS_NUMBER', '3')
    try {
      const now = await said(deps)
      expect(now.has('kuaiji_http_refused_total{process="3",status="503"}')).toBe(true)
      // All are asked about the same store.
      expect(now.has('kuaiji_cases_overdue')).toBe(true)
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('are found by keys and indexes, and never by reading a table', async () => {
    const { deps, places } = await opened(open)
    const { store, clock } = deps
    const { read, t } = store
    const plans = await planner(open, store)
    const now = clock.now()
    const due = dueJobs(read, t, { now, limit: 1, kinds: [], others: true })
    try {
      for (const [query, index] of [
        [openJobs(read, t), /job_due/],
        [due, /job_due/],
        [unsentMessages(read, t), /outbox_next/],
        [firstPending(read, t), /audit_pending/],
        [lateOrders(read, t, now), /pay_order_state/],
        [refundsNeeded(read, t), /pay_order_state/],
        [newestBackup(read, t, newId(now)), /event_person/],
        [figuresOf(read, t, ['', places.guangdong], atPresent, ['cases', 'due']), /figure/],
      ] as const) {
        const plan = await plans.of(query.toSQL())
        expect(plan).toMatch(index)
        expect(plan).not.toMatch(/SCAN (job|outbox|pay_order|figure|event)\b|Seq Scan|TEMP B-TREE FOR ORDER/)
      }
      // A few keys of whatever is there, and no more than the cap.
      expect(unfoldedFigures(read, t).toSQL().sql).toMatch(/limit/i)
    } finally {
      await plans.end()
    }
  })

  it('are all explained in docs/operations.md, and alerts ask for nothing else', async () => {
    const { deps, places } = await opened(open)
    await submittedCase(deps, (await makeApplicant(deps)).actor, places.tianhe)
    while ((await foldFigures(deps)) > 0);
    const at = deps.clock.now()
    await deps.store.tx(async (q) => {
      const job = { kind: 'write-export', data: {}, createdAt: at, runAt: at }
      await q.insert(deps.store.t.job).values([
        { id: newId(at), ...job },
        { id: newId(at), ...job, deadAt: at },
      ])
    })
    await deps.store.tx((q) => record(q, deps.store.t, { id: newId(at), kind: 'backup.written', at }))
    const text = await metrics(deps)
    const given = new Set([...text.matchAll(/^# TYPE (kuaiji_\w+)/gm)].map(([, name]) => name))
    const table = await readFile('docs/operations.md', 'utf8')
    const cells = [...table.matchAll(/^\| (`kuaiji_[^|]*) \|/gm)].map(([, cell = '']) => cell)
    const explained = new Set(
      cells.flatMap((cell) => [...cell.matchAll(/`(kuaiji_\w+)/g)].map(([, name]) => name)),
    )
    expect([...explained].sort()).toEqual([...given].sort())

    const all = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name))
    const rules = await readFile('docs/alerts.yml', 'utf8')
    const asked = [...rules.matchAll(/\b((?:kuaiji|nodejs|process)_\w+)/g)].map(([, name = '']) =>
      name.replace(/_bucket$/, ''),
    )
    expect(asked.length).toBeGreaterThan(10)
    for (const name of asked) expect(all, name).toContain(name)
  })
})
