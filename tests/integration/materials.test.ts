import { eq } from 'drizzle-orm'
import { beforeEach, expect, it, vi } from 'vitest'
import { FormStep } from '#app/(applicant)/collection/[step]/form-step.tsx'
import { saveStep } from '#app/(applicant)/collection/actions.ts'
import MaterialsPage from '#app/(applicant)/collection/materials/page.tsx'
import { echoOf } from '#lib/action/echo.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { collectionDesk } from '#lib/views/collection.ts'
import { filledCase, putPicture, rowIds, typeDepartment } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

describeEachEngine('what a department takes as proof of accounting work (WRK-4, COL-5)', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const enter = async (accountId: string) =>
    void jar.set('sid', {
      value: await openSession(deps, { accountId, address: '192.0.2.7', agent: 'Chrome/1 Windows' }),
    })
  const takes = (departmentId: string, acceptedProofs: string) =>
    deps.store.tx((q) =>
      q
        .update(deps.store.t.department)
        .set({ acceptedProofs })
        .where(eq(deps.store.t.department.id, departmentId)),
    )
  const standing = async (actor: Applicant) =>
    (await collectionDesk(deps, actor))?.steps.find(({ step }) => step === 'employment')?.standing

  // SCO-2
  it('decides at once, when the department or what it takes is changed', async () => {
    const { tianhe, yuexiu } = await seedDepartments(deps)
    await takes(yuexiu, 'commitment social-insurance payslip')
    const { actor } = await makeApplicant(deps)
    await enter(actor.id)
    const caseId = await filledCase(deps, actor, tianhe)
    expect(await standing(actor)).toBe('complete')

    await typeDepartment(deps, actor, caseId, yuexiu, 1)
    expect(await standing(actor)).toBe('partial')
    expect(await shown(MaterialsPage)).toContain('工作经历承诺书或社保证明')
    expect(await outcomeOf(submitCase(deps, actor, { caseId, declared: true }))).toEqual([
      'refused',
      'section-incomplete',
    ])
    const place = { caseId, section: 'employment', rowId: rowIds.employment } as const
    // What it does not take is kept and proves nothing here.
    await putPicture(deps, actor, { ...place, slot: 'contract' })
    expect(await standing(actor)).toBe('partial')
    await putPicture(deps, actor, { ...place, slot: 'socialInsurance' })
    expect(await standing(actor)).toBe('complete')

    await takes(yuexiu, 'commitment')
    expect(await standing(actor)).toBe('partial')
    await takes(yuexiu, '')
    expect(await standing(actor)).toBe('complete')
    expect(await outcomeOf(submitCase(deps, actor, { caseId, declared: true }))).toEqual(['done'])
  })

  it('is told on 采集须知 for the class that was chosen, and by itself for printing', async () => {
    const { tianhe } = await seedDepartments(deps)
    await takes(tianhe, 'resume contract')
    const { actor } = await makeApplicant(deps)
    await enter(actor.id)
    const caseId = await openDraft(deps, actor, 'collection')
    await typeDepartment(deps, actor, caseId, tianhe)
    const scopePage = () =>
      shown(async () => {
        const desk = await collectionDesk(deps, actor)
        return desk && FormStep({ d: deps, actor, desk, section: 'scope', echo: null, done: undefined })
      })
    expect(await scopePage()).toContain('还没有选择采集范围')

    const form = { case: caseId, section: 'scope', row: 'main', rev: '0', intent: 'materials' }
    // Of no class there is no list, and it says so at the field.
    const refused = await posted(saveStep, form)
    expect(refused).toMatch(/^303 \/collection\/scope\?echo=[^#]+#errors$/)
    const id = /echo=([^#]+)/.exec(refused)?.[1]
    const again = await shown(async () => {
      const [desk, echo] = [await collectionDesk(deps, actor), await echoOf(id)]
      return desk && FormStep({ d: deps, actor, desk, section: 'scope', echo, done: undefined })
    })
    expect(again).toMatch(/<a href="#scope"[^>]*>请先选择采集范围，才能列出材料<\/a>/)
    expect(again).toContain('id="scope-error"')
    expect(await posted(saveStep, { ...form, rev: '1', scope: 'accounting_staff' })).toBe(
      '303 /collection/scope#materials',
    )
    for (const page of [await scopePage(), await shown(MaterialsPage)]) {
      expect(page).not.toContain('还没有选择采集范围')
      for (const there of [
        '会计专业工作简历表或劳动合同',
        'href="/templates/resume"',
        '待上传',
        '由工作人员核对',
      ])
        expect(page).toContain(there)
      expect(page).not.toContain('href="/collection/resume"')
    }
    expect(await scopePage()).toContain('href="/collection/materials"')
  })

  it('says that a register is asked where one is', async () => {
    const asking = testDeps(deps.store, { env: { REGISTER_PROVIDER: 'register' } })
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(asking))
    const { actor } = await makeApplicant(asking)
    await openDraft(asking, actor, 'collection')
    jar.set('sid', {
      value: await openSession(asking, { accountId: actor.id, address: '192.0.2.7', agent: 'Chrome/1' }),
    })
    expect(await shown(MaterialsPage)).toContain('由系统与登记信息核验')
  })

  it('is listed for applicants with a collection alone', async () => {
    expect(await shown(MaterialsPage)).toBe('303 /login')
    await enter((await makeStaff(deps, { role: 'operator' })).actor.id)
    expect(await shown(MaterialsPage)).toBe('404')
    await enter((await makeApplicant(deps, { verified: false })).actor.id)
    expect(await shown(MaterialsPage)).toBe('303 /identity')
    await enter((await makeApplicant(deps)).actor.id)
    expect(await shown(MaterialsPage)).toBe('303 /collection')
  })
})
