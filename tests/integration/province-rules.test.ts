/** 本省规则 (TRF-3, CRE-1): set by who manages the whole province, in force beneath it. */
import { beforeEach, expect, it, vi } from 'vitest'
import DepartmentPage from '#app/(operator)/departments/[departmentId]/page.tsx'
import { setRules } from '#app/(operator)/departments/actions.ts'
import { provinceRow, provinceRules } from '#db/queries/provinces.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { setProvinceRules } from '#lib/commands/set-province-rules.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { usualRules } from '#lib/domain/province-rules.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

const typed = {
  transferInside: 'both',
  transferOutside: 'target',
  creditsTotal: '120',
  creditsProfessional: '80',
  creditsOnline: '2',
}
const set = {
  transferInside: 'both',
  transferOutside: 'target',
  creditsTotal: 120,
  creditsProfessional: 80,
  creditsOnline: 2,
} as const

describeEachEngine('the rules of a province', (open) => {
  let deps: TestDeps
  let places: Awaited<ReturnType<typeof seedDepartments>>
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    places = await seedDepartments(deps)
    return () => deps.store.close()
  })
  const staff = async (role: Parameters<typeof makeStaff>[1]['role'], departmentId: string | null) =>
    (await makeStaff(deps, { role, departmentId })).actor
  const change = (
    actor: Actor,
    version: number,
    more: Partial<typeof typed> = {},
    id: string = places.guangdong,
  ) => outcomeOf(setProvinceRules(deps, actor, { departmentId: id, version, typed: { ...typed, ...more } }))
  const rulesAt = (path: string) => provinceRules(deps.store.read, deps.store.t, path)
  const events = async () =>
    (await deps.store.read.select().from(deps.store.t.event)).filter(
      ({ kind }) => kind === 'department.rules-set',
    )

  it('are the usual ones until its manager or an operator sets them, once for each who saw them', async () => {
    const path = '440000/440100/440106'
    expect(await rulesAt(path)).toEqual(usualRules)
    const manager = await staff('manager', places.guangdong)
    const usual = Object.fromEntries(Object.entries(usualRules).map(([key, value]) => [key, String(value)]))
    expect(await change(manager, 0, usual)).toEqual(['done'])
    expect(await events()).toEqual([])
    expect(await change(manager, 0)).toEqual(['done'])
    expect(await change(manager, 0)).toEqual(['done'])
    expect(await rulesAt(path)).toMatchObject(set)
    expect(await rulesAt('440300')).toEqual(usualRules)
    const [logged, ...more] = await events()
    expect(more).toEqual([])
    expect(logged).toMatchObject({
      actorId: manager.id,
      data: {
        department: places.guangdong,
        changed: 'transferInside transferOutside creditsTotal creditsProfessional creditsOnline',
        creditsOnline: 2,
      },
    })
    expect(await change(manager, 0, { creditsOnline: '3' })).toEqual(['stale'])
    const operator = await staff('operator', null)
    const both = await Promise.all([
      change(operator, 1, { creditsOnline: '3' }),
      change(manager, 1, { creditsOnline: '4' }),
    ])
    expect(both.flat().sort()).toEqual(['done', 'stale'])
    expect(await provinceRow(deps.store.read, deps.store.t, places.guangdong)).toMatchObject({ version: 2 })
    const first = await Promise.all(
      ['5', '6'].map((creditsOnline) => change(operator, 0, { creditsOnline }, places.shenzhen)),
    )
    expect(first.flat().sort()).toEqual(['done', 'stale'])
  })

  it('are nobody else’s to set, and only of the first level', async () => {
    const operator = await staff('operator', null)
    for (const actor of [
      await staff('reviewer', places.guangdong),
      await staff('viewer', places.guangdong),
      await staff('auditor', places.guangdong),
      await staff('manager', places.guangzhou),
      await staff('manager', places.shenzhen),
      (await makeApplicant(deps)).actor,
    ])
      expect(await change(actor, 0)).toEqual(['not-found'])
    for (const id of [places.guangzhou, places.tianhe, 'nowhere', ''])
      expect(await change(operator, 0, {}, id)).toEqual(['not-found'])
    expect(await change(operator, 0, { creditsTotal: '60', transferInside: '' })).toEqual([
      'refused',
      'required',
      'province-number',
    ])
    await deps.store.tx((q) => q.update(deps.store.t.department).set({ active: false }))
    expect(await change(operator, 0)).toEqual(['refused', 'department-closed'])
    expect(await provinceRow(deps.store.read, deps.store.t, places.guangdong)).toBeNull()
    expect(await events()).toEqual([])
  })

  it('stand on the page of the province as a form, and beneath it to be read', async () => {
    const enter = async (departmentId: string) =>
      void jar.set('sid', {
        value: await openSession(deps, {
          accountId: (await staff('manager', departmentId)).id,
          address: '',
          agent: '',
        }),
      })
    const page = (departmentId: string, answer = '303 /') =>
      shown(
        ({ searchParams }) => DepartmentPage({ params: Promise.resolve({ departmentId }), searchParams }),
        Object.fromEntries(new URL(answer.slice(4), 'http://a').searchParams),
      )
    await enter(places.guangdong)
    const form = { department: places.guangdong, version: '0', ...typed }
    expect(await page(places.guangdong)).toContain('没有单独设置')
    const back = await posted(setRules, { ...form, creditsProfessional: '130' })
    expect(back).toMatch(/^303 \/departments\/440000\?echo=[\w-]{43}#errors$/)
    const again = await page(places.guangdong, back)
    expect(again).toContain('专业科目不能多于每年学分（120）')
    expect(again).toMatch(/name="creditsTotal"[^>]*value="120"/)
    const on = await posted(setRules, form)
    expect(on).toBe('303 /departments/440000?done=rules-set#main')
    const saved = await page(places.guangdong, on)
    expect(saved).toContain('本省规则已保存')
    expect(saved).toMatch(/value="both"[^>]*checked|checked[^>]*value="both"/)
    expect(saved).not.toContain('style=')

    await enter(places.tianhe)
    expect(await posted(setRules, { ...form, version: '1', creditsOnline: '5' })).toBe('404')
    const below = await page(places.tianhe)
    for (const words of ['本省规则', '调出地确认后调入地审核', '120 学分', '80 学分', '2 学分'])
      expect(below).toContain(words)
    expect(below).not.toContain('name="creditsTotal"')
  })
})
