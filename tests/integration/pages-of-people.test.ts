import { eq } from 'drizzle-orm'
import { beforeEach, expect, it, vi } from 'vitest'
import LoginPage from '#app/(public)/login/page.tsx'
import QueuePage from '#app/(reviewer)/review/page.tsx'
import { keep } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({ startSession: async () => undefined }))

describeEachEngine('pages and who opens them', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })

  it('the queue leads staff without reviewing to their work, and tells who has none', async () => {
    const { tianhe, guangdong } = await seedDepartments(deps)
    await signIn((await makeStaff(deps, { role: 'operator' })).actor.id)
    expect(await shown(QueuePage, {})).toBe('303 /staff')
    await signIn((await makeStaff(deps, { role: 'auditor', departmentId: guangdong })).actor.id)
    expect(await shown(QueuePage, {})).toBe('303 /audit')
    const viewer = (await makeStaff(deps, { role: 'viewer', departmentId: tianhe })).actor.id
    await signIn(viewer)
    expect(await shown(QueuePage, {})).toBe('303 /figures')
    await deps.store.tx((q) =>
      q.delete(deps.store.t.staffGrant).where(eq(deps.store.t.staffGrant.accountId, viewer)),
    )
    const page = await shown(QueuePage, {})
    expect(page).toContain('<h1 class="text-h1">待办</h1>')
    expect(page).toContain('您的角色没有审核任务')
    expect(page).not.toContain('待领取')
    await signIn((await makeStaff(deps, { role: 'reviewer', departmentId: tianhe })).actor.id)
    expect(await shown(QueuePage, {})).toContain('待领取')
  })

  it('the queue is no page of an applicant', async () => {
    await signIn((await makeApplicant(deps)).actor.id)
    expect(await shown(QueuePage, {})).toBe('404')
  })

  it('sign-in leads who is signed in already back to what was kept of a late form', async () => {
    const { actor } = await makeApplicant(deps)
    const kept = { page: '/collection/basic', form: new Form({ a: ['1'] }), secret: [], issues: [] }
    const echo = await keep({ ...kept, notice: 'signed-out', ownerId: actor.id })
    const free = await keep({ ...kept, page: '/register', notice: '', ownerId: null })
    expect(await shown(LoginPage, { echo })).toContain(`value="${echo}"`)
    await signIn(actor.id)
    expect(await shown(LoginPage, { echo })).toBe(`303 /collection/basic?echo=${echo}`)
    for (const other of [undefined, free, 'x', [echo, echo]])
      expect(await shown(LoginPage, { echo: other })).toBe('303 /')
  })
})
