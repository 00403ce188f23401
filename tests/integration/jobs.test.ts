import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, it, vi } from 'vitest'
import { openSession } from '#lib/auth/session-rows.ts'
import { enqueueSms } from '#lib/commands/support/outbox.ts'
import { newSmsCode, writeSmsCode } from '#lib/commands/support/sms-code.ts'
import { newFileKey } from '#lib/files/store.ts'
import { newId } from '#lib/ids.ts'
import { pauseAfter } from '#lib/jobs/back-off.ts'
import { deliverOutbox } from '#lib/jobs/outbox.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { runWorker } from '#lib/jobs/worker.ts'
import { makeApplicant, newPhone, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const second = 1000
const day = 24 * 3600 * second

/** Fails as often as told, then works. */
function failing(deps: TestDeps, times: number) {
  let left = times
  const keys: string[] = []
  const send: TestDeps['sms']['send'] = async (message) => {
    keys.push(message.key)
    if (left-- > 0) throw new Error('the provider is away')
    await deps.sms.send(message)
  }
  return { keys, deps: { ...deps, sms: { send } } }
}

describeEachEngine('the outbox (MSG-1)', (open) => {
  let deps: TestDeps
  beforeAll(async () => {
    deps = testDeps(await open())
  })
  const write = (text: string, expiresAt?: Date) =>
    deps.store.tx((q) =>
      enqueueSms(deps, q, {
        phone: newPhone(),
        purpose: 'notice',
        text,
        ...(expiresAt ? { expiresAt } : {}),
      }),
    )
  const received = (text: string) => deps.sent.filter((message) => message.text === text).length

  it('keeps messages sealed, and sends each once', async () => {
    await write('one')
    const rows = await deps.store.read.select().from(deps.store.t.outbox)
    expect(JSON.stringify(rows)).not.toContain('one')
    expect(await deliverOutbox(deps, 10)).toBe(1)
    expect(await deliverOutbox(deps, 10)).toBe(0)
    expect(received('one')).toBe(1)
  })

  it('writes nothing when the change around it is rolled back', async () => {
    const failed = deps.store.tx(async (q) => {
      await enqueueSms(deps, q, { phone: newPhone(), purpose: 'notice', text: 'undone' })
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(await deliverOutbox(deps, 10)).toBe(0)
  })

  it('tries again later with the same key, and waits longer each time', async () => {
    await write('late')
    const { keys, deps: broken } = failing(deps, 2)
    expect(await deliverOutbox(broken, 10)).toBe(0)
    expect(await deliverOutbox(broken, 10)).toBe(0)
    expect(keys).toHaveLength(1)
    deps.clock.advance(pauseAfter(1))
    await deliverOutbox(broken, 10)
    deps.clock.advance(pauseAfter(2) - 1)
    expect(await deliverOutbox(broken, 10)).toBe(0)
    deps.clock.advance(1)
    expect(await deliverOutbox(broken, 10)).toBe(1)
    expect(new Set(keys).size).toBe(1)
    expect(keys).toHaveLength(3)
    expect(received('late')).toBe(1)
    expect(pauseAfter(20)).toBe(600 * second)
  })

  it('gives up after ten tries', async () => {
    await write('never')
    const { keys, deps: broken } = failing(deps, 100)
    for (let round = 0; round < 14; round += 1) {
      await deliverOutbox(broken, 10)
      deps.clock.advance(600 * second)
    }
    expect(keys).toHaveLength(10)
    expect(await deliverOutbox(deps, 10)).toBe(0)
  })

  it('never sends what has expired', async () => {
    await write('expired', new Date(deps.clock.now().getTime() + 180 * second))
    deps.clock.advance(180 * second)
    expect(await deliverOutbox(deps, 10)).toBe(0)
    expect(received('expired')).toBe(0)
  })

  it('goes on with the others when one fails', async () => {
    await write('first')
    await write('second')
    const { deps: broken } = failing(deps, 1)
    expect(await deliverOutbox(broken, 10)).toBe(1)
    deps.clock.advance(pauseAfter(1))
    expect(await deliverOutbox(broken, 10)).toBe(1)
  })

  it('sent by several workers at once reaches each phone once', async () => {
    const others = await Promise.all(
      [1, 2].map(async () => ({ ...deps, store: await open.again(deps.store) })),
    )
    const texts = Array.from({ length: 12 }, (_, n) => `shared ${n}`)
    for (const text of texts) await write(text)
    const slow: TestDeps['sms'] = {
      send: async (message) => {
        await sleep(5)
        await deps.sms.send(message)
      },
    }
    const sent = await Promise.all(
      [deps, ...others].map((worker) => deliverOutbox({ ...worker, sms: slow }, 100)),
    )
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(texts.length)
    for (const text of texts) expect(received(text)).toBe(1)
  })

  it('left by a worker that died is sent by another a minute later', async () => {
    await write('orphaned')
    const dead = deliverOutbox({ ...deps, sms: { send: () => new Promise(() => {}) } }, 10)
    await Promise.race([dead, sleep(100)])
    expect(await deliverOutbox(deps, 10)).toBe(0)
    deps.clock.advance(60 * second)
    expect(await deliverOutbox(deps, 10)).toBe(1)
    expect(received('orphaned')).toBe(1)
  })

  it('is emptied by the worker, until it is stopped', async () => {
    const report = vi.fn()
    const worker = runWorker(deps, report)
    await write('by the worker')
    await vi.waitFor(() => expect(received('by the worker')).toBe(1), { timeout: 5000 })
    await worker.stop()
    await write('too late')
    await sleep(900)
    expect(received('too late')).toBe(0)
    expect(report).not.toHaveBeenCalled()
  })

  it('survives a round that fails', async () => {
    await deliverOutbox(deps, 10)
    const report = vi.fn()
    let healthy = false
    const clock = {
      ...deps.clock,
      now: () => {
        if (healthy) return deps.clock.now()
        throw new Error('no clock')
      },
    }
    healthy = true
    const worker = runWorker({ ...deps, clock }, report)
    healthy = false
    await vi.waitFor(() => expect(report).toHaveBeenCalled(), { timeout: 5000 })
    healthy = true
    await write('after the fault')
    await vi.waitFor(() => expect(received('after the fault')).toBe(1), { timeout: 5000 })
    await worker.stop()
  })
})

describeEachEngine('the sweep', (open) => {
  it('takes what has had its time and leaves the rest', async () => {
    const deps = testDeps(await open())
    const { store, clock } = deps
    const { t } = store
    const { actor } = await makeApplicant(deps)
    const everything = async (mark: string) => {
      const at = clock.now()
      const soon = new Date(at.getTime() + 60 * second)
      await openSession(deps, { accountId: actor.id, address: mark, agent: '' })
      await store.tx(async (q) => {
        await q.insert(t.echo).values({
          id: mark,
          browser: mark,
          page: '/',
          valuesSealed: '',
          issues: [],
          createdAt: at,
          expiresAt: soon,
        })
        await q.insert(t.captchaUse).values({ id: mark, usedAt: at, expiresAt: soon })
        await q.insert(t.counter).values({ id: mark, count: 1, resetAt: soon })
        const outboxId = await enqueueSms(deps, q, { phone: newPhone(), purpose: 'notice', text: mark })
        const binding = { phone: newPhone(), purpose: 'register', browser: mark } as const
        await writeSmsCode(deps, q, { ...binding, ...newSmsCode(at), outboxId })
      })
      await deliverOutbox(deps, 10)
    }
    const counts = async () => {
      const tables = [t.echo, t.captchaUse, t.counter, t.smsCode, t.session, t.outbox]
      return Promise.all(tables.map(async (table) => (await store.read.select().from(table)).length))
    }
    await everything('old')
    clock.advance(8 * day)
    await everything('new')
    expect(await counts()).toEqual([2, 2, 2, 2, 2, 2])
    await sweep(deps)
    expect(await counts()).toEqual([1, 1, 1, 1, 1, 1])
    await sweep(deps)
    expect(await counts()).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('takes files that nothing refers to after a day, with their bytes', async () => {
    const deps = testDeps(await open())
    const { store, clock, files } = deps
    const { t } = store
    const { actor } = await makeApplicant(deps)
    const caseId = newId(clock.now())
    const put = async () => {
      const createdAt = clock.now()
      const [id, storageKey] = [newId(createdAt), newFileKey()]
      await files.put(storageKey, Buffer.from('picture'))
      await store.tx((q) =>
        q.insert(t.storedFile).values({
          id,
          ownerId: actor.id,
          storageKey,
          format: 'jpeg',
          bytes: 7,
          width: 1,
          height: 1,
          nameSealed: '',
          digest: id,
          createdAt,
        }),
      )
      return { id, storageKey }
    }
    const [attached, frozen, unused] = [await put(), await put(), await put()]
    const at = clock.now()
    await store.tx(async (q) => {
      await q.insert(t.serviceCase).values({
        id: caseId,
        kind: 'collection',
        personId: actor.id,
        state: 'draft',
        createdAt: at,
        updatedAt: at,
      })
      await q.insert(t.attachment).values({
        id: newId(at),
        caseId,
        section: 'basic',
        rowId: 'main',
        slot: 'portrait',
        fileId: attached.id,
        createdAt: at,
      })
      await q.insert(t.roundFile).values({ caseId, round: 1, fileId: frozen.id })
    })
    clock.advance(day + 1)
    const young = await put()
    await sweep(deps)
    const left = (await store.read.select({ id: t.storedFile.id }).from(t.storedFile)).map(({ id }) => id)
    expect(left.toSorted()).toEqual([attached.id, frozen.id, young.id].toSorted())
    expect(await files.get(unused.storageKey)).toBeNull()
    expect(await files.get(attached.storageKey)).not.toBeNull()
  })
})
