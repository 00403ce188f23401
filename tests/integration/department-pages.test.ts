/** 部门管理 on the screen (ADM-1), and where applicants see what was changed there. */
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import { OutcomeStep } from '#app/(applicant)/collection/[step]/outcome-step.tsx'
import MaterialsPage from '#app/(applicant)/collection/materials/page.tsx'
import ClosePage from '#app/(operator)/departments/[departmentId]/close/page.tsx'
import DepartmentPage from '#app/(operator)/departments/[departmentId]/page.tsx'
import { add, close, edit, rename, reopen } from '#app/(operator)/departments/actions.ts'
import DepartmentsPage from '#app/(operator)/departments/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import { collectionDesk } from '#lib/views/collection.ts'
import { filledCase, submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { ended, jar, posted } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

const searchOf = (answer: string) =>
  Promise.resolve(Object.fromEntries(new URL(answer.slice(4), 'http://a').searchParams))
const html = async (page: Promise<React.ReactNode>) => renderToStaticMarkup(await page)
/** Every control a page's list of errors leads to. */
const errors = (page: string) =>
  [...page.matchAll(/<a href="#([\w-]+)" class="font-medium text-bad/g)].map(([, at]) => at)
const ticked = (page: string) =>
  [...page.matchAll(/<input type="checkbox"[^>]*name="(proofs\.[\w-]+)"[^>]*>/g)].flatMap(([tag, name]) =>
    tag.includes('checked') ? [name] : [],
  )
const turnIn = (page: string) => /name="turn" value="([^"]+)"/.exec(page)?.[1] ?? ''

describeEachEngine('the pages of departments (ADM-1)', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    await seedDepartments(deps)
    return () => deps.store.close()
  })
  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  const asStaff = async (role: 'manager' | 'reviewer' | 'operator', departmentId?: string) => {
    const { actor } = await makeStaff(deps, { role, ...(departmentId ? { departmentId } : {}) })
    await signIn(actor.id)
  }
  const list = (answer = '303 /') => html(DepartmentsPage({ searchParams: searchOf(answer) }))
  const one = (departmentId: string, answer = '303 /') =>
    html(DepartmentPage({ params: Promise.resolve({ departmentId }), searchParams: searchOf(answer) }))
  const closing = (departmentId: string, answer = '303 /') =>
    html(ClosePage({ params: Promise.resolve({ departmentId }), searchParams: searchOf(answer) }))

  it('are for who manages, and of their own departments alone', async () => {
    await asStaff('reviewer', '440106')
    expect(await ended(list())).toBe('404')
    await asStaff('manager', '440400')
    expect(await list()).toContain('广东省珠海市')
    for (const page of [
      () => list('303 /?under=440100'),
      () => one('440106'),
      () => closing('440106'),
      () => closing('440400'),
    ])
      expect(await ended(page())).toBe('404')
    expect(await posted(edit, { department: '440106', version: '1' })).toBe('404')
    expect(await posted(edit, { department: '../440106', version: '1' })).toBe('404')
    expect(await ended(list('303 /?under=nowhere'))).toBe('404')
  })

  it('say where nobody reviews what waits, and lead there', async () => {
    await submittedCase(deps, (await makeApplicant(deps)).actor, '440106')
    await asStaff('manager', '440100')
    const top = await list()
    expect(top).toContain('下列部门有申请在等待')
    expect(top).toContain('href="/departments/440106"')
    const level = await list('303 /?under=440100')
    expect(level.match(/无人审核/g)).toHaveLength(1)
    expect(await one('440106')).toContain('没有在岗的审核员')
    expect(level).not.toContain('style=')
  })

  it('save facts, show what is wrong at its control, and keep what was typed', async () => {
    const { actor } = await makeApplicant(deps)
    await filledCase(deps, actor, '440106')
    await asStaff('manager', '440106')
    expect(ticked(await one('440106'))).toEqual(['proofs.resume'])
    const typed = { department: '440106', version: '1', phone: '020-38622222', address: '软件路', hours: '' }
    const back = await posted(edit, { ...typed, reviewDays: '61' })
    expect(back).toMatch(/^303 \/departments\/440106\?echo=[\w-]{43}#errors$/)
    const again = await one('440106', back)
    expect(errors(again)).toEqual(['reviewDays', 'proofs'])
    expect(again).toContain('value="61"')
    expect(ticked(again)).toEqual([])
    const good = { ...typed, reviewDays: '7', 'proofs.resume': '1', 'proofs.contract': '1' }
    const on = await posted(edit, good)
    expect(on).toBe('303 /departments/440106?done=edited#main')
    expect(await posted(edit, good)).toBe(on)
    const saved = await one('440106', on)
    expect(saved).toContain('已保存')
    expect(ticked(saved)).toEqual(['proofs.resume', 'proofs.contract'])
    const late = await one('440106', await posted(edit, { ...good, reviewDays: '8' }))
    expect(late).toContain('id="errors"')
    const { 'proofs.resume': _, ...contractAlone } = { ...good, version: '2' }
    expect(await posted(edit, contractAlone)).toBe(on)

    await signIn(actor.id)
    const desk = await collectionDesk(deps, actor)
    if (!desk) throw new Error('no desk')
    const shown = await html(OutcomeStep({ d: deps, desk, echo: null, done: '' }))
    expect(shown).toContain('020-38622222')
    expect(shown).toContain('软件路')
    expect(await html(MaterialsPage())).toContain('劳动合同')
  })

  it('rename, add, close and reopen', async () => {
    await asStaff('manager', '440100')
    expect(await posted(rename, { department: '440106', version: '1', name: '天河新区' })).toBe(
      '303 /departments/440106?done=renamed#main',
    )
    const city = await one('440100')
    // Whoever manages a node does not close it.
    expect(city).not.toContain('撤销这个部门')
    const added = await posted(add, {
      department: '440100',
      version: '1',
      turn: turnIn(city),
      childName: '南沙新区',
      childKind: 'county',
    })
    expect(added).toMatch(/^303 \/departments\/d-[0-9a-f]{32}\?done=added#main$/)
    expect(await list('303 /?under=440100')).toContain('南沙新区')

    const asked = await closing('440106')
    expect(asked).toContain('撤销天河新区')
    const bare = await posted(close, { department: '440106', version: '2', intent: 'close' })
    expect(errors(await closing('440106', bare))).toEqual(['target', 'confirmed'])
    const levels = await posted(close, {
      department: '440106',
      version: '2',
      intent: 'levels',
      'target.1': '440000',
      'target.2': '440100',
    })
    expect(levels).toMatch(/#target$/)
    expect(await closing('440106', levels)).toContain('越秀区')
    const done = await posted(close, {
      department: '440106',
      version: '2',
      intent: 'close',
      'target.1': '440000',
      'target.2': '440100',
      'target.3': '440104',
      confirmed: '1',
    })
    expect(done).toBe('303 /departments/440106?done=closed#main')
    const closed = await one('440106', done)
    expect(closed).toContain('这个部门已撤销，并入广东省广州市越秀区。')
    for (const page of [closed, await list('303 /?under=440100')]) {
      expect(page).toContain('已撤销</span>')
      expect(page).not.toContain('未启用')
    }
    expect(closed).not.toContain('保存修改')
    expect(await closing('440106')).not.toContain('<form')
    expect(await posted(reopen, { department: '440106', version: '3' })).toBe(
      '303 /departments/440106?done=reopened#main',
    )
    expect(await one('440106')).toContain('保存修改')
  })
})
