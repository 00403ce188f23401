/** 继续教育名单 (CRE-1) as a browser without script meets it: template, upload, what was found, confirmation. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, expect, it, vi } from 'vitest'
import { GET as csv } from '#app/(public)/templates/[name]/csv/route.ts'
import TemplatesPage from '#app/(public)/templates/page.tsx'
import RosterPage from '#app/(reviewer)/rosters/[rosterId]/page.tsx'
import { confirm, drop } from '#app/(reviewer)/rosters/actions.ts'
import RostersPage from '#app/(reviewer)/rosters/page.tsx'
import { POST } from '#app/files/rosters/[departmentId]/route.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import type { Role } from '#lib/domain/actor.ts'
import { runJobs } from '#lib/jobs/run-jobs.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { onRecord } from '#tests/support/exports.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

const searchIn = (answer: string | null) => Object.fromEntries(new URL(answer ?? '', 'http://a').searchParams)
const idIn = (address: string | null) => /^\/rosters\/([0-9a-f-]{36})$/.exec(address ?? '')?.[1] ?? ''
/** 证件号码,姓名,学分形式,名称,数量,完成时间 as WPS saves it. */
const gbHeadings = Buffer.from(
  'd6a4bcfebac5c2eb2cd0d5c3fb2cd1a7b7d6d0cecabd2cc3fbb3c62ccafdc1bf2ccdeab3c9cab1bce4',
  'hex',
)

describeEachEngine('the pages of lists of trainees', (open) => {
  let deps: TestDeps
  let dataDir: string
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'kuaiji-rosters-'))
    deps = testDeps(await open(), { env: { DATA_DIR: dataDir, LIMITS_ROSTERS_PER_DAY: '8' } })
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    await seedDepartments(deps)
    return async () => {
      await deps.store.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  })
  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  const enter = async (role: Role, departmentId: string | null) =>
    signIn((await makeStaff(deps, { role, departmentId })).actor.id)
  const send = async (content: string | Buffer | null, departmentId = '440106') => {
    const body = new FormData()
    if (content !== null) body.append('file', new Blob([new Uint8Array(Buffer.from(content))]), '名单.csv')
    const request = new Request('http://a/', { method: 'POST', body })
    const answer = await POST(request, { params: Promise.resolve({ departmentId }) })
    return { status: answer.status, to: answer.headers.get('location') }
  }
  const one = (rosterId: string, search: Record<string, string> = {}) =>
    shown(({ searchParams }) => RosterPage({ params: Promise.resolve({ rosterId }), searchParams }), search)

  it('lead from the template to what was entered, without a word of who stands there', async () => {
    const person = await onRecord(deps, '440106', { name: '张三' })
    await enter('reviewer', '440106')
    expect(await shown(TemplatesPage)).toContain('/templates/roster/csv')
    const template = await (
      await csv(new Request('http://a/'), { params: Promise.resolve({ name: 'roster' }) })
    ).arrayBuffer()
    const list = await shown(RostersPage)
    for (const words of [
      '上传名单 · 广东省广州市天河区',
      '/templates/roster/csv',
      '还没有上传过名单',
      '面授培训（按天）',
    ])
      expect(list).toContain(words)
    expect(list).toContain('action="/files/rosters/440106"')
    expect(list).not.toContain('style=')

    const lines = `${person.number},张三,面授培训,准则班,2,2026-09,\r\n${person.number},李四,面授培训,准则班,2,2026-12,\r\n`
    const sent = await send(Buffer.concat([Buffer.from(template), Buffer.from(lines)]))
    expect(sent.status).toBe(303)
    const id = idIn(sent.to)
    const page = await one(id)
    for (const words of ['待确认', '可以登记', '1 行', '完成时间', '晚于本月', '确认登记', '放弃'])
      expect(page).toContain(words)
    for (const hidden of [person.number, '李四', '张三', 'style=']) expect(page).not.toContain(hidden)
    expect(await posted(confirm, { roster: id })).toBe(`303 /rosters/${id}?done=confirmed#main`)
    expect(await posted(confirm, { roster: id })).toBe(`303 /rosters/${id}?done=confirmed#main`)
    const running = await one(id, { done: 'confirmed' })
    for (const words of ['已确认', '登记中', '刷新', '等待登记']) expect(running).toContain(words)
    expect(await posted(drop, { roster: id })).toMatch(/#errors$/)
    await runJobs(deps, 'test', 5)
    expect(await one(id)).toContain('登记已经完成：名单共 2 行，登记 1 行')
    expect(await shown(RostersPage)).toContain('已登记')
    // What was received is not kept.
    expect(await readdir(path.join(dataDir, 'incoming')).catch(() => [])).toEqual([])
  })

  it('take what a spreadsheet saves in GB 18030', async () => {
    const person = await onRecord(deps, '440106', { name: 'Zhang San' })
    await enter('manager', '440100')
    const line = Buffer.from(`\r\n${person.number},Zhang San,face_to_face,CAS 2026,2,2026-09`)
    const { to } = await send(Buffer.concat([gbHeadings, line]), '440100')
    expect(await one(idIn(to))).toContain('全部行都可以登记')
    expect(await posted(drop, { roster: idIn(to) })).toBe(`303 ${to}?done=dropped#main`)
    expect(await one(idIn(to), { done: 'dropped' })).toContain('没有登记任何内容')
  })

  it('say at the file what is wrong with it', async () => {
    await enter('reviewer', '440106')
    const refusals: readonly (readonly [string | Buffer | null, string])[] = [
      [null, '请先选择一个 CSV 文件'],
      ['', '文件是空的'],
      [Buffer.from('\uFEFF证件号码\t姓名\n', 'utf16le'), '文件的编码是 UTF-16'],
      [Buffer.from('\uFEFF证件号码\t姓名\n', 'utf16le').swap16(), '“Unicode 文本”'],
      ['x'.repeat(512 * 1024 + 1), '文件太大，最多 512KB'],
      ['姓名,数量\n张三,2', '第一行没有找到这些栏目：证件号码、学分形式、名称、完成时间'],
      ['证件号码,姓名,学分形式,名称,数量,完成时间\n', '文件里没有名单'],
    ]
    for (const [content, words] of refusals) {
      const { status, to } = await send(content)
      expect([status, to]).toEqual([
        303,
        expect.stringMatching(/^\/rosters\?department=440106&echo=[\w-]{43}#errors$/),
      ])
      const page = await shown(RostersPage, searchIn(to))
      expect(page).toContain(words)
      expect(page).toMatch(/href="#file"/)
      expect(page).toMatch(/<input type="file"[^>]*aria-invalid="true"/)
    }
    await send('x')
    const { to } = await send('x')
    expect(await shown(RostersPage, searchIn(to))).toContain('每天最多上传 8 份名单')
  })

  it('are not there for others, and wait for who has to sign in again', async () => {
    const person = await onRecord(deps, '440106')
    const { actor } = await makeStaff(deps, { role: 'reviewer', departmentId: '440106' })
    await signIn(actor.id)
    const heading = '证件号码,姓名,学分形式,名称,数量,完成时间\n'
    const { to } = await send(`${heading}${person.number},张三,面授培训,准则班,2,2026-09`)
    const id = idIn(to)
    expect(id).not.toBe('')
    for (const who of [
      (await makeStaff(deps, { role: 'viewer', departmentId: '440106' })).actor.id,
      (await makeStaff(deps, { role: 'operator' })).actor.id,
      (await makeApplicant(deps)).actor.id,
    ]) {
      await signIn(who)
      expect(await shown(RostersPage)).toBe('404')
      expect(await one(id)).toBe('404')
      expect((await send('x')).status).toBe(404)
      expect(await posted(confirm, { roster: id })).toBe('404')
      expect(await posted(drop, { roster: id })).toBe('404')
    }
    await enter('reviewer', '440104')
    expect(await one(id)).toBe('404')
    expect((await send('x')).status).toBe(404)
    expect(await posted(confirm, { roster: '../x' })).toBe('404')
    jar.delete('sid')
    expect(await shown(RostersPage)).toBe('303 /login')
    expect(await send('x')).toEqual({ status: 303, to: '/login' })
    expect((await csv(new Request('http://a/'), { params: Promise.resolve({ name: 'x' }) })).status).toBe(404)
  })
})
