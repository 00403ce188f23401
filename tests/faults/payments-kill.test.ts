import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAppKeys } from '#db/crypto.ts'
import { payOrdersOf } from '#db/queries/payments.ts'
import { beginPayment } from '#lib/commands/begin-payment.ts'
import { registerForExam } from '#lib/commands/register-for-exam.ts'
import { openDeps } from '#lib/deps.ts'
import { readEnv } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { type TestDeps, testDeps } from '#tests/support/deps.ts'
import { candidate, leakedSeats, openExam } from '#tests/support/exam-candidates.ts'
import { ops, type RunningServer, startServer } from '#tests/support/server.ts'

/** Between sending the notice and killing the server, in ms: before, amid and after the transaction. */
const moments = process.env.TEST_LONG === '1' ? [0, 2, 4, 6, 8, 12, 16, 24, 40, 80] : [0, 6, 40]

describe('a payment whose notice meets a server that is killed (EXM-3) · sqlite', () => {
  let folder: string
  let dataDir: string
  let env: Record<string, string>
  let server: RunningServer | undefined
  let deps: TestDeps

  const start = async () => {
    server = await startServer({ demo: false, dataDir, env })
    return server
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kuaiji-payments-'))
    dataDir = path.join(folder, 'data')
    env = { DEMO: '1', APP_KEYS: makeAppKeys() }
    await ops(['migrate'], { ...process.env, ...env, DATA_DIR: dataDir, DATABASE_URL: '' })
    const opened = await openDeps(readEnv({ ...env, DATA_DIR: dataDir }, makeAppKeys))
    deps = {
      ...testDeps(opened.store, { now: new Date(), keys: env.APP_KEYS ?? '', env }),
      payment: opened.payment,
    }
  }, 60_000)
  afterAll(async () => {
    await server?.stop('SIGKILL')
    await deps?.store.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Somebody who has paid at the stand-in; its notice has not come yet. */
  async function paid() {
    const exam = await openExam(deps)
    const { actor } = await candidate(deps, '440106')
    const { caseId } = await registerForExam(deps, actor, {
      ...exam,
      subjects: ['senior_practice'],
      declared: true,
    })
    await beginPayment(deps, actor, { caseId })
    const [order] = await payOrdersOf(deps.store.read, deps.store.t, caseId)
    const notice = order && (await deps.payment?.till?.pay(order))
    if (!notice) throw new Error('nothing was paid')
    return { caseId, notice }
  }

  const tell = async (url: string, notice: Readonly<Record<string, string>>) => {
    const answer = await fetch(url + paths.payNotice, { method: 'POST', body: new URLSearchParams(notice) })
    return answer.text()
  }

  it.each(moments)(
    'is one registration, whenever it happens: after %i ms',
    { timeout: 60_000 },
    async (ms) => {
      const { caseId, notice } = await paid()
      const first = await start()
      const answer = tell(first.url, notice).catch(() => 'nobody answered')
      await new Promise((wake) => setTimeout(wake, ms))
      expect(await first.stop('SIGKILL')).toBeNull()
      const heard = await answer

      // What got no answer is sent again, and what got one may be.
      const again = await start()
      expect(await tell(again.url, notice)).toBe('success')
      expect(await tell(again.url, notice)).toBe('success')
      await again.stop()

      const { read, t } = deps.store
      const [entry] = await read.select().from(t.examEntry).where(eq(t.examEntry.caseId, caseId))
      const events = await read
        .select({ kind: t.event.kind })
        .from(t.event)
        .where(and(eq(t.event.caseId, caseId), eq(t.event.kind, 'exam.paid')))
      expect([entry?.state, entry?.number?.length]).toEqual(['paid', 14])
      expect((await payOrdersOf(read, t, caseId)).map(({ state }) => state)).toEqual(['paid'])
      expect([heard === 'success' || heard === 'nobody answered', events.length]).toEqual([true, 1])
      expect(await leakedSeats(deps)).toEqual([])
    },
  )
})
