import { eq } from 'drizzle-orm'
import { beforeEach, expect, it, vi } from 'vitest'
import { POST as autosave } from '#app/(applicant)/collection/autosave/route.ts'
import { POST as goOn } from '#app/session/route.ts'
import { readSession, sessionIdOf } from '#lib/auth/session.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { autosaveEntry } from '#lib/commands/save-entry.ts'
import { asPosted } from '#lib/readers/sample.ts'
import { eventsOf, rowsOf } from '#tests/support/case-state.ts'
import { submittedCase, typedRows, typeRow } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar } from '#tests/support/next-side.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

const minute = 60_000
type Typed = Readonly<Record<string, string>>

describeEachEngine('自动保存 (COL-2, COL-4)', (open) => {
  let deps: TestDeps
  let tianhe: string
  beforeEach(async () => {
    deps = testDeps(await open())
    tianhe = (await seedDepartments(deps)).tianhe
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const enter = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  const desk = async () => {
    const { actor } = await makeApplicant(deps)
    await enter(actor.id)
    return { actor, caseId: await openDraft(deps, actor, 'collection') }
  }
  /** Status and answer of one autosave. */
  const post = async (values: Typed): Promise<[number, Record<string, unknown>]> => {
    const body = new FormData()
    for (const [name, value] of Object.entries(values)) body.append(name, value)
    const answer = await autosave(new Request('http://own.example/', { method: 'POST', body }))
    return [answer.status, await answer.json()]
  }
  const basic = (caseId: string, rev: number, address: string) => ({
    case: caseId,
    section: 'basic',
    row: 'main',
    rev: String(rev),
    address,
  })

  it('keeps what is typed, valid or not, and says which edit the form stands on and until when', async () => {
    const { caseId } = await desk()
    expect(await post(basic(caseId, 0, '天河'))).toEqual([
      200,
      { rev: 1, savedAt: '10:00', leftMs: 30 * minute, isFinal: false },
    ])
    expect((await post({ ...basic(caseId, 1, '天河区'), email: 'no mail' }))[1]).toMatchObject({ rev: 2 })
    expect((await rowsOf(deps, caseId, 'basic'))[0]?.values).toMatchObject({
      address: '天河区',
      email: 'no mail',
    })
  })

  it('the same form again changes nothing and tells the edit its first sending made', async () => {
    const { caseId } = await desk()
    await post(basic(caseId, 0, '天河'))
    expect((await post(basic(caseId, 0, '天河')))[1]).toMatchObject({ rev: 1 })
    expect(await eventsOf(deps, caseId)).toEqual(['case.opened', 'section.saved'])
  })

  it('writes nothing over what was saved elsewhere', async () => {
    const { actor, caseId } = await desk()
    await post(basic(caseId, 0, '天河'))
    await autosaveEntry(deps, actor, {
      caseId,
      section: 'basic',
      rowId: 'main',
      rev: 1,
      form: asPosted({ address: '越秀区' }),
    })
    expect(await post(basic(caseId, 1, '天河区'))).toEqual([409, { stale: true }])
    expect((await rowsOf(deps, caseId, 'basic'))[0]?.values.address).toBe('越秀区')
  })

  it('makes no row of a form nobody typed into', async () => {
    const { caseId } = await desk()
    const blank = { case: caseId, section: 'education', row: 'freshrow1', rev: '0', school: ' ' }
    expect((await post(blank))[1]).toMatchObject({ rev: 0 })
    expect(await rowsOf(deps, caseId, 'education')).toEqual([])
    expect((await post({ ...blank, school: '中山大学' }))[1]).toMatchObject({ rev: 1 })
    expect(await rowsOf(deps, caseId, 'education')).toMatchObject([{ id: 'freshrow1', rev: 1 }])
  })

  it('removes no nested row that is only ticked to be removed', async () => {
    const { actor, caseId } = await desk()
    const job = { caseId, section: 'employment', rowId: 'jobrow1' } as const
    await typeRow(deps, actor, job, typedRows.employment)
    const ticked = {
      ...typedRows.employment,
      employer: '广州东江实业有限公司',
      'posts.jobrow1p1.remove': '1',
    }
    const [status] = await post({ case: caseId, section: 'employment', row: 'jobrow1', rev: '1', ...ticked })
    expect(status).toBe(200)
    expect(await rowsOf(deps, caseId, 'employment')).toMatchObject([
      {
        rev: 2,
        values: { employer: '广州东江实业有限公司' },
        children: [{ id: 'jobrow1p1', values: { work: 'financial_reporting' } }],
      },
    ])
  })

  it('says that the case is sent and frozen, and leaves it as it is', async () => {
    const { actor } = await makeApplicant(deps)
    await enter(actor.id)
    const caseId = await submittedCase(deps, actor, tianhe)
    const before = await rowsOf(deps, caseId, 'basic')
    expect(await post(basic(caseId, before[0]?.rev ?? 0, '别处'))).toEqual([409, { frozen: true }])
    expect(await rowsOf(deps, caseId, 'basic')).toEqual(before)
  })

  it('says that nobody is signed in, also when the session has just ended', async () => {
    const { caseId } = await desk()
    deps.clock.advance(30 * minute + 1)
    expect(await post(basic(caseId, 0, '天河'))).toEqual([401, { signedOut: true }])
    jar.clear()
    expect(await post(basic(caseId, 0, '天河'))).toEqual([401, { left: true }])
    expect(await rowsOf(deps, caseId, 'basic')).toEqual([])
  })

  it('somebody else’s case is not there, for applicants and staff', async () => {
    const { caseId } = await desk()
    await desk()
    expect(await post(basic(caseId, 0, '天河'))).toEqual([404, {}])
    await enter((await makeStaff(deps, { role: 'reviewer', departmentId: tianhe })).actor.id)
    expect(await post(basic(caseId, 0, '天河'))).toEqual([404, {}])
    expect(await rowsOf(deps, caseId, 'basic')).toEqual([])
  })

  it('nor is a section or row that no case has', async () => {
    const { caseId } = await desk()
    for (const wrong of [
      { section: 'toString' },
      { section: 'appeal' },
      { row: 'other' },
      { section: 'education', row: '../x' },
    ])
      expect(await post({ ...basic(caseId, 0, '天河'), ...wrong })).toEqual([404, {}])
  })

  it('counts what is to be mended where a rule refuses the save', async () => {
    const { actor, caseId } = await desk()
    for (let row = 0; row < 30; row++)
      await typeRow(
        deps,
        actor,
        { caseId, section: 'qualifications', rowId: `quarow${row}` },
        row === 0 ? typedRows.qualifications : { issuer: '广东省财政厅' },
      ).catch(() => undefined)
    const more = { case: caseId, section: 'qualifications', row: 'onemore1', rev: '0', issuer: '财政厅' }
    expect(await post(more)).toEqual([422, { issues: 1 }])
    expect(await post({ ...basic(caseId, 0, '天河'), long: 'x'.repeat(65 * 1024) })).toEqual([
      422,
      { issues: 1 },
    ])
  })

  it('writes six times in a minute for one person and no more, whichever forms they are', async () => {
    const { actor, caseId } = await desk()
    for (let rev = 0; rev < 6; rev++) expect((await post(basic(caseId, rev, `${rev} 号`)))[0]).toBe(200)
    expect(await post(basic(caseId, 6, '7 号'))).toEqual([429, { wait: true }])
    const input = { caseId, section: 'scope', rowId: 'main', rev: 0, form: asPosted({}) } as const
    expect(await autosaveEntry(deps, actor, input)).toBeNull()
    deps.clock.advance(minute)
    expect((await post(basic(caseId, 6, '7 号')))[1]).toMatchObject({ rev: 7 })
  })

  it('the command itself refuses what the route reports', async () => {
    const { actor, caseId } = await desk()
    const other = await makeApplicant(deps)
    const input = {
      caseId,
      section: 'basic',
      rowId: 'main',
      rev: 0,
      form: asPosted({ address: '天河' }),
    } as const
    expect(await outcomeOf(autosaveEntry(deps, other.actor, input))).toEqual(['not-found'])
    expect(await outcomeOf(autosaveEntry(deps, actor, { ...input, rev: 4 }))).toEqual(['stale'])
  })
})

describeEachEngine('继续使用 (SEC-5)', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const enter = async (accountId: string) => {
    const token = await openSession(deps, { accountId, address: '', agent: '' })
    jar.set('sid', { value: token })
    return token
  }
  const asked = async (): Promise<[number, unknown]> => {
    const answer = await goOn()
    return [answer.status, await answer.json()]
  }

  it('a session that is about to end lasts its whole idle time again, for staff theirs', async () => {
    await enter((await makeApplicant(deps)).actor.id)
    deps.clock.advance(29 * minute)
    expect(await asked()).toEqual([200, { leftMs: 30 * minute, isFinal: false }])
    deps.clock.advance(29 * minute)
    expect(await asked()).toEqual([200, { leftMs: 30 * minute, isFinal: false }])
    await enter((await makeStaff(deps, { role: 'operator' })).actor.id)
    deps.clock.advance(14 * minute)
    expect(await asked()).toEqual([200, { leftMs: 15 * minute, isFinal: false }])
    deps.clock.advance(15 * minute + 1)
    expect(await asked()).toEqual([401, {}])
  })

  it('no session lasts beyond its eight hours, and says so', async () => {
    const token = await enter((await makeApplicant(deps)).actor.id)
    const { session } = deps.store.t
    const lastSeenAt = new Date(deps.clock.now().getTime() + 8 * 60 * minute - 10 * minute)
    deps.clock.set(lastSeenAt)
    await deps.store.tx((q) =>
      q
        .update(session)
        .set({ lastSeenAt })
        .where(eq(session.id, sessionIdOf(token))),
    )
    expect(await asked()).toEqual([200, { leftMs: 10 * minute, isFinal: true }])
    deps.clock.advance(10 * minute)
    expect(await asked()).toEqual([401, {}])
  })

  it('says how long is really left, also within the minute in which nothing is written', async () => {
    const token = await enter((await makeApplicant(deps)).actor.id)
    deps.clock.advance(40_000)
    expect((await readSession(deps, token))?.session).toEqual({
      leftMs: 30 * minute - 40_000,
      idleMs: 30 * minute,
      isFinal: false,
    })
  })

  it('nobody goes on without a session', async () => {
    expect(await asked()).toEqual([401, {}])
  })
})
