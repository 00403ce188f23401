import { eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import { DepartmentDoubt } from '#app/(applicant)/collection/[step]/department-doubt.tsx'
import { DepartmentFields } from '#app/(applicant)/collection/[step]/department-fields.tsx'
import { saveStep } from '#app/(applicant)/collection/actions.ts'
import { departments } from '#db/seed/departments.ts'
import { echoOf } from '#lib/action/echo.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { readForm } from '#lib/readers/read-form.ts'
import { asPosted } from '#lib/readers/sample.ts'
import { sections } from '#lib/sections/all.ts'
import { valueOf } from '#lib/sections/define.ts'
import { collectionDesk } from '#lib/views/collection.ts'
import { mainRowOf, rowView } from '#lib/views/collection-rows.ts'
import { rowsOf } from '#tests/support/case-state.ts'
import { typedRows, typeRow } from '#tests/support/cases.ts'
import {
  type ApplicantWish,
  makeApplicant,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { jar, posted } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

type Typed = Readonly<Record<string, string>>

describeEachEngine('the finder of a 会计管理部门 (DEP-2)', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    await seedDepartments(deps)
  })

  /** Presses the button over what is typed, and reads where it leads and what the page then shows. */
  async function asked(typed: Typed, wish: ApplicantWish = {}) {
    const { actor } = await makeApplicant(deps, wish)
    const caseId = await openDraft(deps, actor, 'collection')
    jar.set('sid', {
      value: await openSession(deps, { accountId: actor.id, address: '192.0.2.7', agent: 'Chrome/1' }),
    })
    const form = { case: caseId, section: 'department', row: 'main', rev: '0', intent: 'recommend', ...typed }
    const to = await posted(saveStep, form)
    const address = new URL(to.slice(4), 'http://x')
    const echo = await echoOf(address.searchParams.get('echo') ?? '')
    const desk = await collectionDesk(deps, actor)
    if (!desk || !echo) throw new Error(`no page: ${to}`)
    const stored = mainRowOf(desk, 'department')
    const row = readForm(sections.department, asPosted(form), stored)
    const html = renderToStaticMarkup(
      await DepartmentFields({
        d: deps,
        desk,
        row: rowView(desk, 'department', stored, row, echo.issues),
        chosen: valueOf(row, 'departmentId'),
        echo,
      }),
    )
    const chosen = [...html.matchAll(/<select[^>]*name="departmentId\.(\d)".*?<\/select>/gs)].map(
      ([select]) => /<option value="([^"]*)" selected/.exec(select)?.[1] ?? '',
    )
    const [saved] = await rowsOf(deps, caseId, 'department')
    return { to: `${address.pathname}${address.hash}`, issues: echo.issues, html, chosen, saved }
  }
  const answered = '/collection/department#proposal'

  it('leads a student to the city of the school, says why and keeps what was typed', async () => {
    const { to, html, chosen, saved } = await asked({
      situation: 'student',
      household: '430100',
      'finder.place': '440100',
    })
    expect(to).toBe(answered)
    expect(html).toContain('您在校就读，应选择学籍所在地的会计管理部门')
    expect(html).toContain('已选到广东省广州市，请继续选择下一级')
    expect(chosen).toEqual(['440000', '440100', ''])
    expect(html).toMatch(/<option value="440100" selected="">/)
    // The answers are kept, the proposal is not: the person still decides.
    expect(saved?.values).toMatchObject({ situation: 'student', household: '430100', departmentId: '' })
    expect(Object.keys(saved?.values ?? {})).toEqual(['situation', 'household', 'departmentId'])
  })

  it('goes by the household where nobody works or studies, whatever place was left in the form', async () => {
    const { chosen, html } = await asked({
      situation: 'other',
      household: '440400',
      'finder.place': '440100',
    })
    expect(chosen).toEqual(['440000', '440400', ''])
    expect(html).toContain('这里按户籍所在地推荐')
  })

  it('leads to 深圳 on the first level', async () => {
    const { chosen, html } = await asked({ situation: 'employed', 'finder.place': '440300' })
    expect(chosen).toEqual(['440300', ''])
    expect(html).toContain('深圳市是计划单列市')
  })

  it('asks a resident of 香港 who neither works nor studies where they live', async () => {
    const wish = { idType: 'hkmo_permit', number: 'H12345678', sex: 'male', birth: '1990-01-01' } as const
    const missing = await asked({ situation: 'other' }, wish)
    expect(missing.to).toBe('/collection/department#errors')
    expect(missing.html).toContain('请选择居住地，才能推荐')
    expect(missing.html).not.toContain('data-when')
    const { chosen, html } = await asked(
      { situation: 'other', 'finder.place': '440400' },
      { ...wish, number: 'H12345679' },
    )
    expect(html).toContain('您是港澳台居民，按就近方便原则选择：在内地居住，应选择居住地的会计管理部门')
    expect(chosen).toEqual(['440000', '440400', ''])
  })

  it('leaves a district alone that lies in the place, and replaces one that does not', async () => {
    const district = { 'departmentId.1': '440000', 'departmentId.2': '440100', 'departmentId.3': '440104' }
    const kept = await asked({ situation: 'employed', 'finder.place': '440100', ...district })
    expect(kept.chosen).toEqual(['440000', '440100', '440104'])
    expect(kept.html).toContain('您已选择的广东省广州市越秀区符合这个规则')
    const replaced = await asked({ situation: 'employed', 'finder.place': '440400', ...district })
    expect(replaced.chosen).toEqual(['440000', '440400', ''])
    expect(replaced.saved?.values.departmentId).toBe('440104')
  })

  it.each([
    [{}, 'situation required'],
    [{ situation: 'employed', household: '440100' }, 'finder.place finder-place'],
    [{ situation: 'student', 'finder.place': 'moon' }, 'finder.place finder-place'],
    [{ situation: 'other' }, 'household required'],
    [{ situation: 'other', household: '810000' }, 'household finder-undivided'],
  ] as const)('asks for what is missing: %o', async (typed, expected) => {
    const { to, issues, html } = await asked(typed)
    expect(to).toBe('/collection/department#errors')
    expect(issues.map(({ at, code }) => `${at} ${code}`)).toEqual([expected])
    expect(html).not.toContain('id="proposal"')
  })

  it('proposes no department that is closed or not there, and says so', async () => {
    const { department } = deps.store.t
    await deps.store.tx((q) => q.update(department).set({ active: false }).where(eq(department.id, '440400')))
    const closed = await asked({ situation: 'employed', 'finder.place': '440400' })
    expect(closed.chosen).toEqual([''])
    expect(closed.html).toContain('广东省珠海市的部门现在不能直接选择')
    const absent = await asked({ situation: 'employed', 'finder.place': '650100' })
    expect(absent.chosen).toEqual([''])
    expect(absent.html).toContain('第一级改选“新疆生产建设兵团”')
  })

  it('names the node of a province where one is open, to who works there', async () => {
    const { department } = deps.store.t
    const createdAt = deps.clock.now()
    const own = departments().find(({ id }) => id === '440000-own')
    if (!own) throw new Error('no node of the province')
    const { own: _, ...node } = own
    await deps.store.tx((q) => q.insert(department).values({ ...node, path: '440000/440000-own', createdAt }))
    const provincial = '第二级改选“省本级”'
    expect((await asked({ situation: 'employed', 'finder.place': '440100' })).html).not.toContain(provincial)
    await deps.store.tx((q) =>
      q.update(department).set({ active: true }).where(eq(department.id, '440000-own')),
    )
    expect((await asked({ situation: 'employed', 'finder.place': '440100' })).html).toContain(provincial)
    expect((await asked({ situation: 'employed', 'finder.place': '440300' })).html).not.toContain(provincial)
    expect((await asked({ situation: 'student', 'finder.place': '440100' })).html).not.toContain(provincial)
  })

  /** 审核告知 of somebody whose household is 长沙, before submission. */
  async function beforeSending(situation: string, residence: string) {
    const { actor } = await makeApplicant(deps)
    const caseId = await openDraft(deps, actor, 'collection')
    const chosen = { 'departmentId.1': '440000', 'departmentId.2': '440100', 'departmentId.3': '440106' }
    const page = { caseId, section: 'department', rowId: 'main', rev: 0 } as const
    await typeRow(deps, actor, page, { situation, household: '430100', ...chosen })
    if (residence !== '')
      await typeRow(deps, actor, { ...page, section: 'basic' }, { ...typedRows.basic, residence })
    const desk = await collectionDesk(deps, actor)
    if (!desk) throw new Error('no desk')
    return renderToStaticMarkup(DepartmentDoubt({ desk }))
  }

  it('warns before submission where the department serves neither household nor residence', async () => {
    const html = await beforeSending('other', '440400')
    expect(html).toContain('户籍所在地（湖南省长沙市）或居住地（广东省珠海市）')
    expect(html).toContain('现在选择的是广东省广州市天河区')
    expect(html).toContain('href="/collection/department"')
  })

  it.each([
    ['lives there', 'other', '440100'],
    ['has not said where they live', 'other', ''],
    ['works, wherever that is', 'employed', '440400'],
    ['studies, wherever that is', 'student', '440400'],
  ])('warns nobody who %s', async (_, situation, residence) => {
    expect(await beforeSending(situation, residence)).toBe('')
  })
})
