/** The pages of exports and their download (ADM-2), as a browser without script sees them. */
import { beforeEach, expect, it, vi } from 'vitest'
import { POST } from '#app/(operator)/exports/[exportId]/file/route.ts'
import { begin, remove } from '#app/(operator)/exports/actions.ts'
import NewExportPage from '#app/(operator)/exports/new/page.tsx'
import ExportsPage from '#app/(operator)/exports/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import { beginStaffExport } from '#lib/commands/begin-staff-export.ts'
import type { Role } from '#lib/domain/actor.ts'
import { frameView } from '#lib/views/frame.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { onRecord, wished, writeDue } from '#tests/support/exports.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({ startSession: async () => undefined }))

const tianhe = ['440000', '440100', '440106']
const searchIn = (answer: string) => Object.fromEntries(new URL(answer.slice(4), 'http://a').searchParams)
const radios = (page: string, name: string) =>
  [...page.matchAll(new RegExp(`<input type="radio"[^>]*name="${name}"[^>]*>`, 'g'))].map(([input]) =>
    input.includes('checked') ? `${/value="(\w+)"/.exec(input)?.[1]}!` : /value="(\w+)"/.exec(input)?.[1],
  )
const errors = (page: string) => [
  ...new Set([...page.matchAll(/<a href="#([\w-]+)" class="font-medium text-bad/g)].map(([, at]) => at)),
]

describeEachEngine('the pages of exports', (open) => {
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
  const enter = async (role: Role, departmentId: string | null) => {
    const { actor } = await makeStaff(deps, { role, departmentId })
    await signIn(actor.id)
    return actor
  }
  const fetched = (exportId: string) =>
    POST(new Request('http://a/', { method: 'POST' }), { params: Promise.resolve({ exportId }) })

  it('are in the menu of who has anything to export, and of nobody else', async () => {
    const menu = async (role: Role, departmentId: string | null) =>
      (await frameView(deps, await enter(role, departmentId), '李审核')).exports
    for (const role of ['manager', 'viewer', 'auditor'] as const)
      expect(await menu(role, '440106')).toBe(true)
    expect(await menu('operator', null)).toBe(true)
    expect(await menu('reviewer', '440106')).toBe(false)
    expect((await frameView(deps, (await makeApplicant(deps)).actor, '张三')).exports).toBe(false)
  })

  it('offer what the office has, and the rest is not there', async () => {
    await enter('manager', '440106')
    const form = await shown(NewExportPage, { kind: 'cases' })
    expect(radios(form, 'kind')).toEqual(['people', 'cases!', 'figures', 'eligibility', 'entries'])
    expect(radios(form, 'level')).toEqual(['junior', 'intermediate!', 'senior'])
    expect(form).toMatch(/<option value="2027" selected="">2027 年度/)
    expect(radios(form, 'format')).toEqual(['xlsx!', 'csv'])
    expect(form).toMatch(/<option value="440106" selected="">/)
    expect(form).toContain('Excel 工作簿最多 20,000 行，CSV 最多 50,000 行')
    expect(form).toMatch(/name="from.year"[^>]*value="2025"/)
    expect(form).toContain('name="purpose"')
    expect(form).not.toContain('style=')

    await enter('viewer', '440100')
    const plain = await shown(NewExportPage, {
      kind: 'audit',
      department: '440104',
      from: '2026-03',
      to: 'x',
    })
    expect(radios(plain, 'kind')).toEqual(['people!', 'cases', 'figures', 'entries'])
    expect(plain).toMatch(/<option value="440104" selected="">/)
    expect(plain).toMatch(/<option value="03" selected="">/)
    expect(plain).toContain('name="level"')
    expect(plain).not.toContain('name="full"')
    expect(plain).not.toContain('name="purpose"')

    await enter('auditor', null)
    expect(radios(await shown(NewExportPage), 'kind')).toEqual(['audit!'])
    for (const who of [
      (await makeStaff(deps, { role: 'reviewer', departmentId: '440106' })).actor.id,
      (await makeApplicant(deps)).actor.id,
    ]) {
      await signIn(who)
      expect(await shown(ExportsPage)).toBe('404')
      expect(await shown(NewExportPage)).toBe('404')
      expect(await posted(begin, wished('people', tianhe))).toBe('404')
    }
    jar.delete('sid')
    expect(await shown(ExportsPage)).toBe('303 /login')
  })

  it('lead from the form to the list, and say at each control what is wrong', async () => {
    await onRecord(deps, '440106')
    await enter('manager', '440106')
    const typed = wished('people', tianhe, { full: '1', purpose: '看' })
    const back = await posted(begin, typed)
    expect(back).toMatch(/^303 \/exports\/new\?echo=[\w-]{43}#errors$/)
    const again = await shown(NewExportPage, searchIn(back))
    expect(errors(again)).toEqual(['purpose'])
    expect(again).toContain('用途至少 5 个字')
    expect(again).toMatch(/name="full"[^>]*checked/)
    const levels = await posted(begin, { ...typed, intent: 'levels', 'department.3': '' })
    expect(levels).toMatch(/#department$/)
    expect(errors(await shown(NewExportPage, searchIn(levels)))).toEqual([])

    const on = await posted(begin, { ...typed, purpose: '核对继续教育名单' })
    expect(on).toBe('303 /exports?done=begun#main')
    const waiting = await shown(ExportsPage, { done: 'begun' })
    for (const words of ['已开始生成', '人员名单', '完整号码', '等待中', '正在生成 1 个文件', '刷新'])
      expect(waiting).toContain(words)
    expect(waiting).not.toContain('下载<')
    await writeDue(deps)
    const done = await shown(ExportsPage)
    for (const words of ['已完成', '1 行，1 KB', '保留到 2026年11月28日', '下载<'])
      expect(done).toContain(words)
    expect(done).not.toContain('正在生成')
  })

  it('hand out the file as an attachment that nobody keeps', async () => {
    await onRecord(deps, '440106')
    const manager = await enter('manager', '440106')
    const id = await beginStaffExport(deps, manager, { typed: wished('people', tianhe) })
    expect((await fetched(id)).status).toBe(404)
    await writeDue(deps)
    const answer = await fetched(id)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="people-2026-11-21.csv"; filename*=UTF-8''${encodeURIComponent('人员名单-广东省广州市天河区-2026-11-21.csv')}`,
    })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect(String(bytes.length)).toBe(answer.headers.get('content-length'))
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])

    await enter('manager', '440106')
    expect((await fetched(id)).status).toBe(404)
    expect(await posted(remove, { export: id })).toBe('404')
    jar.delete('sid')
    const out = await fetched(id)
    expect([out.status, out.headers.get('location')]).toEqual([303, '/login'])
    await signIn(manager.id)
    expect(await posted(remove, { export: id })).toBe('303 /exports?done=deleted#main')
    expect(await shown(ExportsPage, { done: 'deleted' })).toContain('已删除')
    expect((await fetched(id)).status).toBe(404)
  })

  it('say why there is no file', async () => {
    const manager = await enter('manager', '440106')
    await onRecord(deps, '440106')
    const id = await beginStaffExport(deps, manager, { typed: wished('people', tianhe) })
    const { t } = deps.store
    const end = (total: number) =>
      deps.store.tx((q) => q.update(t.exportFile).set({ failedAt: deps.clock.now(), total }))
    await end(100_001)
    expect(await shown(ExportsPage)).toContain('内容超过 50,000 行')
    await end(5)
    const page = await shown(ExportsPage)
    expect(page).toContain('请重新导出')
    expect(page).toContain(`value="${id}"`)
    expect(page).not.toContain('下载<')
  })
})
