/** 我的会计人员信息: what is registered, what is possible now, what happened. */
import { beforeEach, expect, it, vi } from 'vitest'
import ChangePage from '#app/(applicant)/changes/[page]/page.tsx'
import RecordFormPage from '#app/(applicant)/record/form/page.tsx'
import RecordPage from '#app/(applicant)/record/page.tsx'
import HomePage from '#app/page.tsx'
import { record } from '#db/events.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { forwardCase } from '#lib/commands/forward-case.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { CaseState } from '#lib/domain/case-states.ts'
import { maskEmail, maskNumber, maskPhone } from '#lib/domain/masking.ts'
import { newId } from '#lib/ids.ts'
import { tasksOf } from '#lib/views/possible.ts'
import { recordEvents } from '#lib/views/record.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { filledCase, submittedCase, typedRows } from '#tests/support/cases.ts'
import { filledClaim, recordedAt, submittedClaim } from '#tests/support/credits.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar, shown } from '#tests/support/next-side.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

describeEachEngine('我的会计人员信息', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const enter = async ({ id }: { readonly id: string }) =>
    void jar.set('sid', {
      value: await openSession(deps, { accountId: id, address: '192.0.2.7', agent: 'Chrome/1 Windows' }),
    })

  it('before approval says what it will hold and the next step; it is for applicants alone', async () => {
    const { tianhe } = await seedDepartments(deps)
    expect(await shown(RecordPage)).toMatch(/^303 \/login/)
    await enter((await makeStaff(deps, { role: 'operator' })).actor)
    expect(await shown(RecordPage)).toBe('404')
    const fresh = await makeApplicant(deps, { verified: false })
    await enter(fresh.actor)
    expect(await shown(RecordPage)).toContain('去实名认证')
    const waiting = await makeApplicant(deps)
    await submittedCase(deps, waiting.actor, tianhe)
    await enter(waiting.actor)
    const page = await shown(RecordPage)
    for (const there of ['审核通过后，这一页有', '信息采集正在审核', '提交', '开始填写'])
      expect(page).toContain(there)
    expect(page).not.toContain('href="/record/form"')
    expect(await shown(RecordFormPage)).toBe('303 /record')
  })

  it('holds the record masked, with its department, and is reached from home', async () => {
    const { tianhe } = await seedDepartments(deps)
    const person = await recordedAt(deps, tianhe)
    await enter(person.actor)
    expect(await shown(HomePage)).toContain('href="/record"')
    const page = await shown(RecordPage)
    const masked = [maskNumber(person.number), maskPhone(person.phone), maskEmail(typedRows.basic.email)]
    for (const there of ['广东省广州市天河区', '待部门填写', '中山大学', '会计师', '现在可以办理', ...masked])
      expect(page).toContain(there)
    for (const hidden of [
      person.number,
      person.phone,
      typedRows.basic.address,
      typedRows.basic.email,
      typedRows.education.diplomaNo,
    ])
      expect(page).not.toContain(hidden)
    for (const href of ['/changes/basic', '/transfers', '/education-credits', '/conduct', '/record/form'])
      expect(page).toContain(`href="${href}"`)
  })

  it('CHG-1: 信息变更 shows it masked too, and periods as they stand elsewhere', async () => {
    const { tianhe } = await seedDepartments(deps)
    const person = await recordedAt(deps, tianhe)
    await enter(person.actor)
    const current = async (page: string) => {
      const html = await shown((props) => ChangePage({ ...props, params: Promise.resolve({ page }) }))
      return html.replace(/<\/?(?:span|wbr)[^>]*>/g, '')
    }
    const basic = await current('basic')
    expect(basic).toContain(maskEmail(typedRows.basic.email))
    expect(basic).not.toContain(typedRows.basic.email)
    expect(await current('education')).toContain('中山大学 · 大学本科 · 2008年9月—2012年6月<')
    expect(await current('employment')).toContain('广州珠江实业有限公司 · 2012年7月—至今<')
  })

  it('tells everything that happened to any case, newest first and page by page, and nobody of the staff', async () => {
    const { tianhe, yuexiu } = await seedDepartments(deps)
    const person = await makeApplicant(deps)
    const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: tianhe, name: '审核赵' })).actor
    const caseId = await filledCase(deps, person.actor, tianhe)
    const tick = () => deps.clock.advance(1000)
    for (let round = 0; round < 7; round++) {
      tick()
      await submitCase(deps, person.actor, { caseId, declared: true })
      tick()
      if (round < 6) await withdrawCase(deps, person.actor, { caseId })
    }
    await claimCase(deps, reviewer, { caseId })
    tick()
    const { version } = await caseRow(deps, caseId)
    await forwardCase(deps, reviewer, {
      caseId,
      version,
      department: yuexiu,
      reason: 'workplace-elsewhere',
    })
    const first = await recordEvents(deps, person.actor, '')
    const said = first.rows.map(({ what }) => what)
    expect(said.slice(0, 3)).toEqual([
      expect.stringContaining('转由广东省广州市越秀区办理'),
      '第 7 次提交',
      '本人撤回',
    ])
    expect(said.at(-1)).toBe('开始填写')
    expect(new Set(first.rows.map(({ of, number }) => `${of} ${number}`)).size).toBe(1)
    expect(first.next).toBeNull()
    // Nobody else's, and of what the office files only that it took effect.
    const penalty = async (state: CaseState) => {
      const at = deps.clock.now()
      const id = newId(at)
      const { t } = deps.store
      await deps.store.tx(async (q) => {
        await q.insert(t.serviceCase).values({
          id,
          kind: 'penalty',
          number: `F${id.slice(-8)}`,
          personId: person.actor.id,
          departmentId: tianhe,
          state,
          createdAt: at,
          updatedAt: at,
        })
        for (const kind of ['case.opened', 'case.submitted', 'case.advanced', 'case.refused'])
          await record(q, t, {
            id: newId(at),
            kind,
            actorId: reviewer.id,
            personId: person.actor.id,
            caseId: id,
            at,
          })
      })
      return id
    }
    const undecided = await penalty('waiting')
    await penalty('refused')
    expect((await recordEvents(deps, person.actor, '')).rows).toEqual(first.rows)
    deps.clock.advance(1000)
    const at = deps.clock.now()
    const decision = { kind: 'case.approved', personId: person.actor.id, caseId: undecided, at }
    await deps.store.tx((q) => record(q, deps.store.t, { id: newId(at), ...decision }))
    const [latest] = (await recordEvents(deps, person.actor, '')).rows
    expect(latest).toMatchObject({ of: '行政处罚登记', what: '登记', href: '/conduct' })

    for (let round = 0; round < 4; round++) {
      tick()
      await withdrawCase(deps, person.actor, { caseId })
      tick()
      await submitCase(deps, person.actor, { caseId, declared: true })
    }
    const page = await recordEvents(deps, person.actor, '')
    expect(page.rows).toHaveLength(20)
    const rest = await recordEvents(deps, person.actor, page.next ?? '')
    expect([rest.rows.at(-1)?.what, rest.next]).toEqual(['开始填写', null])
    const ids = [...page.rows, ...rest.rows].map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].sort().reverse())
    await enter(person.actor)
    const html = await shown(RecordPage, { before: page.next ?? '' })
    expect(html).toContain('开始填写')
    expect(html).toContain('回到第一页')
    expect(html).not.toContain('审核赵')
    expect((await recordEvents(deps, (await makeApplicant(deps)).actor, '')).rows).toEqual([])
  })

  it('says what can be sent now by what sending asks: a case under way, and what it keeps from being sent', async () => {
    const { tianhe } = await seedDepartments(deps)
    const person = await recordedAt(deps, tianhe)
    const states = async () =>
      Object.fromEntries((await tasksOf(deps, person.actor)).map(({ id, state }) => [id, state]))
    const free = Object.fromEntries(Object.keys(await states()).map((id) => [id, 'free']))
    expect(Object.keys(free)).toEqual([
      'change-basic',
      'change-education',
      'change-employment',
      'change-qualifications',
      'change-scope',
      'transfer',
      'credit',
      'award',
      'exam',
      'print',
    ])
    expect(await states()).toEqual(free)
    const draft = await filledClaim(deps, person.actor)
    expect(await states()).toEqual({ ...free, credit: 'draft' })
    await submitCase(deps, person.actor, { caseId: draft, declared: true })
    expect(await states()).toEqual({ ...free, credit: 'underReview', transfer: 'blocked' })
    const transfer = (await tasksOf(deps, person.actor)).find(({ id }) => id === 'transfer')
    expect(transfer?.reasons).toEqual([
      {
        at: null,
        code: 'transfer-while-credit',
        text: expect.stringContaining('继续教育学分申请'),
        href: '/education-credits',
      },
    ])
    // The other way round: what the page calls blocked is refused.
    const { serviceCase } = deps.store.t
    const other = await recordedAt(deps, tianhe)
    const at = deps.clock.now()
    await deps.store.tx((q) =>
      q.insert(serviceCase).values({
        id: newId(at),
        kind: 'transfer',
        personId: other.actor.id,
        state: 'waiting',
        createdAt: at,
        updatedAt: at,
      }),
    )
    const blocked = (await tasksOf(deps, other.actor)).filter(({ state }) => state === 'blocked')
    expect(blocked.map(({ id }) => id)).toEqual([
      'change-basic',
      'change-education',
      'change-employment',
      'change-qualifications',
      'change-scope',
      'credit',
      'award',
      'exam',
    ])
    expect(blocked.every(({ reasons }) => reasons.length === 1 && reasons[0]?.href === '/transfers')).toBe(
      true,
    )
    expect(await outcomeOf(submittedClaim(deps, other.actor))).toEqual(['refused', 'while-transfer'])
  })
})
