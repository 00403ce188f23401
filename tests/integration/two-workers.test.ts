/** What the workers of two processes do to one database at the same time (OPS-3): everything once. */
import { eq, inArray } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { AuditLog } from '#db/audit-hash.ts'
import { beginPayment } from '#lib/commands/begin-payment.ts'
import { beginStaffExport } from '#lib/commands/begin-staff-export.ts'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { recountFigures } from '#lib/commands/recount-figures.ts'
import { registerForExam } from '#lib/commands/register-for-exam.ts'
import { enqueueSms } from '#lib/commands/support/outbox.ts'
import { deliverOutbox } from '#lib/jobs/outbox.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { runWorker } from '#lib/jobs/worker.ts'
import { verify } from '#ops/verify.ts'
import { newCollection, officeWithRegister } from '#tests/support/checks.ts'
import { makeApplicant, makeClaimant, makeStaff, newPhone, type TestDeps } from '#tests/support/deps.ts'
import { candidate, leakedSeats, openExam } from '#tests/support/exam-candidates.ts'
import { wished } from '#tests/support/exports.ts'
import { describePostgres, type Open } from '#tests/support/stores.ts'

const day = 24 * 3_600_000

/** Two processes of one service: a store of its own each, everything outside shared. */
async function two(open: Open) {
  const office = await officeWithRegister(await open())
  const { deps } = office
  const other: TestDeps = { ...deps, store: await open.again(deps.store) }
  return { ...office, both: [deps, other] as const }
}

const figuresNow = async (deps: TestDeps) => {
  while ((await foldFigures(deps)) > 0);
  const rows = await deps.store.read.select().from(deps.store.t.figure)
  return rows
    .filter(({ value }) => value !== 0)
    .map((one) => JSON.stringify(one))
    .sort()
}

describePostgres('the workers of two processes', (open) => {
  it('do everything that is due once, and agree with a recount and the audit chain', {
    timeout: 60_000,
  }, async () => {
    const office = await two(open)
    const { deps, register, places, both } = office
    const { store, clock } = deps
    const { t, read } = store
    const count = async (kind: string) =>
      (await read.select().from(t.event).where(eq(t.event.kind, kind))).length

    // Long ago: drafts nobody finished, claims nobody pursued.
    const idle = await Promise.all(
      [1, 2, 3].map(async () => {
        const { number } = await makeApplicant(deps, { verified: false })
        await openDraft(deps, (await makeApplicant(deps)).actor, 'collection')
        return (await makeClaimant(deps, { number })).actor.id
      }),
    )
    clock.advance(91 * day)
    // Yesterday: registrations for an exam that nobody paid.
    const exam = await openExam(deps, { closesAt: new Date(clock.now().getTime() + day).toISOString() })
    const unpaid = await Promise.all(
      [1, 2, 3].map(async () => {
        const { actor } = await candidate(deps, places.tianhe)
        const made = await registerForExam(deps, actor, {
          ...exam,
          subjects: ['senior_practice'],
          declared: true,
        })
        await beginPayment(deps, actor, { caseId: made.caseId })
        return made.caseId
      }),
    )
    clock.advance(2 * day)
    // Who was put on the record by hand is counted here.
    await recountFigures(deps)
    // Now: cases whose claims are asked, at a department where nobody is; an export; messages.
    const { actor: manager } = await makeStaff(deps, { role: 'manager', departmentId: places.guangdong })
    const cases = [await newCollection(office), await newCollection(office)]
    for (const one of cases) await one.submit()
    const exportId = await beginStaffExport(deps, manager, { typed: wished('people', [places.guangdong]) })
    const texts = Array.from({ length: 30 }, (_, n) => `notice ${n}`)
    for (const text of texts)
      await store.tx((q) => enqueueSms(deps, q, { phone: newPhone(), purpose: 'notice', text }))
    clock.advance(1000)

    const faults: unknown[] = []
    const undone: object[] = []
    const workers = both.map((one) =>
      runWorker(
        one,
        (error) => faults.push(error),
        () => (what) => undone.push(what),
      ),
    )
    const waiting = async () => [
      (await read.select().from(t.outbox)).filter(({ sentAt, deadAt }) => !sentAt && !deadAt).length,
      (await read.select().from(t.job)).filter(({ doneAt }) => !doneAt).length,
      (await read.select().from(t.auditPending)).length,
      (await read.select().from(t.figureDelta)).length,
      (await read.select().from(t.account).where(eq(t.account.status, 'claiming'))).length,
      (await read.select().from(t.examEntry)).filter(({ state }) => state === 'awaiting-payment').length,
      1 - (await count('department.escalated')),
    ]
    await expect.poll(waiting, { timeout: 20_000, interval: 200 }).toEqual([0, 0, 0, 0, 0, 0, 0])
    await Promise.all(workers.map((worker) => worker.stop()))
    expect(faults).toEqual([])
    expect(undone).toEqual([])

    for (const text of texts) expect(deps.sent.filter((one) => one.text === text)).toHaveLength(1)
    const keys = deps.sent.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(register.asked).toHaveLength((await read.select().from(t.claimCheck)).length)
    for (const one of cases) {
      expect((await one.standing()).state).toBe('waiting')
      expect(await one.count('case.checked')).toBe(1)
    }
    const ended = await read.select().from(t.account).where(inArray(t.account.id, idle))
    expect(ended.map(({ status }) => status)).toEqual(['closed', 'closed', 'closed'])
    expect(await count('account.closed')).toBe(3)
    expect(await count('draft.ended')).toBe(3)
    expect(await count('exam.expired')).toBe(unpaid.length)
    expect(await count('exam.order-closed')).toBe(unpaid.length)
    expect(await leakedSeats(deps)).toEqual([])
    expect(await count('export.done')).toBe(1)
    const inbox = await read.select().from(t.message).where(eq(t.message.accountId, manager.id))
    expect(inbox.map(({ kind }) => kind).sort()).toEqual(['department-unattended', 'export-ready'])
    const [file] = await read.select().from(t.exportFile).where(eq(t.exportFile.id, exportId))
    expect(file?.rows).toBe(3)

    const kept = await figuresNow(deps)
    await recountFigures(deps)
    expect(await figuresNow(deps)).toEqual(kept)
    const said: string[] = []
    expect([
      await verify(deps, null, (line) => said.push(line)),
      said.filter((one) => one.startsWith('wrong')),
    ]).toEqual([0, []])
    const links = await read.select().from(t.auditLink)
    expect(new Set(links.map(({ log, rowId }: { log: AuditLog; rowId: string }) => log + rowId)).size).toBe(
      links.length,
    )
  })

  it('never call a code expired that the other has sent', async () => {
    const { deps, both } = await two(open)
    const { store, clock } = deps
    const expiresAt = new Date(clock.now().getTime() + 1000)
    await store.tx((q) =>
      enqueueSms(deps, q, { phone: newPhone(), purpose: 'code', text: 'code', expiresAt }),
    )
    // The second reads it while it waits, with a clock that is ahead, and is slow to write.
    const [first, second] = both
    const gate = Promise.withResolvers<void>()
    const slow: TestDeps = {
      ...second,
      clock: { ...clock, now: () => new Date(clock.now().getTime() + 2000) },
      store: {
        ...second.store,
        tx: async (work, options) => {
          await gate.promise
          return second.store.tx(work, options)
        },
      },
    }
    const late = deliverOutbox(slow, 10)
    await new Promise((wake) => setTimeout(wake, 300))
    expect(await deliverOutbox(first, 10)).toBe(1)
    gate.resolve()
    expect(await late).toBe(0)
    const [row] = await store.read.select().from(store.t.outbox)
    expect([row?.sentAt !== null, row?.deadAt]).toEqual([true, null])
    expect(deps.sent).toHaveLength(1)
  })

  it('sweep at once without a fault, again and again', { timeout: 30_000 }, async () => {
    const { deps, both } = await two(open)
    const { store, clock } = deps
    for (let round = 0; round < 5; round += 1) {
      const soon = new Date(clock.now().getTime() + 1000)
      await store.tx(async (q) => {
        const rows = Array.from({ length: 200 }, (_, n) => `${round}-${n}`)
        await q.insert(store.t.counter).values(rows.map((id) => ({ id, count: 1, resetAt: soon })))
        await q.insert(store.t.captchaUse).values(rows.map((id) => ({ id, usedAt: soon, expiresAt: soon })))
      })
      clock.advance(2000)
      await Promise.all([...both, ...both].map(sweep))
      expect(await store.read.select().from(store.t.captchaUse)).toEqual([])
    }
  })
})
