import { eq } from 'drizzle-orm'
import { beforeEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { POST } from '#app/(account)/account/export/file/route.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { beginExport } from '#lib/commands/begin-export.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { ownData } from '#lib/views/own-data.ts'
import { ownDataArchive } from '#lib/views/own-data-archive.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { filledCase, submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'
import { unzip } from '#tests/support/unzip.ts'

const jar = vi.hoisted(() => new Map<string, { value: string }>())
vi.mock('next/headers', () => ({
  cookies: async () => ({
    get: (name: string) => jar.get(name),
    set: (name: string, value: string) => void jar.set(name, { value }),
  }),
  headers: async () => new Headers(),
}))

const day = 24 * 3_600_000
const password = 'correct horse 42'

describeEachEngine('导出本人信息 (ACC-8)', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const bytesOf = async (body: ReadableStream<Uint8Array>) =>
    Buffer.from(await new Response(body).arrayBuffer())

  it('holds what is kept about this person, whole and in words, and nobody else', async () => {
    const { tianhe } = await seedDepartments(deps)
    const person = await makeApplicant(deps, { name: '欧阳明', phone: '13812345678' })
    const other = await makeApplicant(deps, { name: '诸葛他人' })
    await openSession(deps, { accountId: person.actor.id, address: '192.0.2.7', agent: 'Firefox/127 Linux' })
    const caseId = await submittedCase(deps, person.actor, tianhe)
    await filledCase(deps, other.actor, tianhe)
    const reviewer = await makeStaff(deps, { role: 'reviewer', departmentId: tianhe, name: '审核张' })
    await claimCase(deps, reviewer.actor, { caseId })
    const { version } = await caseRow(deps, caseId)
    const finding = {
      at: 'f',
      section: 'basic',
      rowId: 'main',
      target: 'address',
      reason: 'answer-incomplete',
      note: '写到门牌号',
    }
    await returnCase(deps, reviewer.actor, {
      caseId,
      version,
      opinions: { verdicts: { basic: 'problem' }, findings: [finding] },
    })

    const { data, pictures } = await ownData(deps, person.actor)
    const text = JSON.stringify(data)
    for (const own of [
      person.number,
      '13812345678',
      '欧阳明',
      '中山大学',
      '写到门牌号',
      '退回修改',
      '192.0.2.7',
      'Firefox · Linux',
    ])
      expect(text, own).toContain(own)
    for (const foreign of [
      other.number,
      other.phone,
      '诸葛他人',
      '审核张',
      reviewer.actor.id,
      reviewer.login,
    ])
      expect(text, foreign).not.toContain(foreign)
    // Written for people: no code of a choice, a state or a field.
    for (const code of ['accounting_staff', 'mainland_id', 'returned', 'employed', 'answer-incomplete'])
      expect(text, code).not.toContain(code)
    expect(data.申请).toEqual([
      expect.objectContaining({
        业务: '信息采集',
        状态: '退回修改',
        历次提交: [
          expect.objectContaining({
            结果: '退回修改',
            退回意见: [{ 位置: '基本信息 · 通讯地址', 内容: expect.stringContaining('写到门牌号') }],
            填写内容: expect.objectContaining({ 教育经历: expect.any(Array) }),
          }),
        ],
      }),
    ])
    expect(pictures).toHaveLength(6)
    expect(data.已登记信息).toBeNull()
  })

  it('holds the approved record, opened', async () => {
    const { tianhe } = await seedDepartments(deps)
    const { actor } = await makeApplicant(deps)
    const caseId = await submittedCase(deps, actor, tianhe)
    const reviewer = await makeStaff(deps, { role: 'reviewer', departmentId: tianhe })
    await claimCase(deps, reviewer.actor, { caseId })
    const { version } = await caseRow(deps, caseId)
    const verdicts = Object.fromEntries(collection.sections.map((section) => [section, 'pass']))
    await approveCase(deps, reviewer.actor, { caseId, version, opinions: { verdicts, findings: [] } })
    const { data } = await ownData(deps, actor)
    expect(data.已登记信息).toMatchObject({
      登记时间: '2026年11月21日 10:00',
      会计管理部门: [expect.objectContaining({ 会计管理部门: '广东省广州市天河区' })],
      基本信息: [
        expect.objectContaining({
          通讯地址: '广州市天河区体育西路 1 号 302 房',
          证件照: [expect.stringMatching(/^pictures\/00\d\.jpg$/)],
        }),
      ],
      工作经历: [
        expect.objectContaining({ 其中: [expect.any(Object)] }),
        { 会计专业工作简历表: [expect.any(String)] },
      ],
    })
    // The record is what was approved: the frozen answers say the same.
    const [approved] = z
      .array(z.object({ 历次提交: z.tuple([z.object({ 填写内容: z.any() })]) }))
      .parse(data.申请)
    const { 注册信息: _, ...answers } = approved?.历次提交[0].填写内容 ?? {}
    const { 登记时间: __, ...record } = z.record(z.string(), z.any()).parse(data.已登记信息)
    expect(record).toEqual(answers)
  })

  it('holds nothing a reviewer has noted before it is told', async () => {
    const { tianhe } = await seedDepartments(deps)
    const { actor } = await makeApplicant(deps)
    const caseId = await submittedCase(deps, actor, tianhe)
    const { finding } = deps.store.t
    const reviewer = await makeStaff(deps, { role: 'reviewer', departmentId: tianhe })
    await deps.store.tx((q) =>
      q.insert(finding).values({
        id: 'f1',
        caseId,
        round: 1,
        section: 'basic',
        rowId: 'main',
        target: 'address',
        reason: 'answer-incomplete',
        noteSealed: '',
        by: reviewer.actor.id,
        at: deps.clock.now(),
      }),
    )
    const { data } = await ownData(deps, actor)
    expect(data.申请).toEqual([
      expect.objectContaining({ 历次提交: [expect.objectContaining({ 退回意见: [] })] }),
    ])
  })

  it('of staff holds their account and sign-ins', async () => {
    const { tianhe } = await seedDepartments(deps)
    const { actor, login } = await makeStaff(deps, { role: 'reviewer', departmentId: tianhe, name: '李审核' })
    const { data } = await ownData(deps, actor)
    expect(data.账户).toMatchObject({
      登录名: login,
      姓名: '李审核',
      角色: ['审核员 · 广东省广州市天河区'],
    })
    expect(data).not.toHaveProperty('申请')
  })

  it('is an archive of that and the pictures as they were', async () => {
    const { tianhe } = await seedDepartments(deps)
    const { actor } = await makeApplicant(deps)
    await submittedCase(deps, actor, tianhe)
    const { pictures } = await ownData(deps, actor)
    const { name, body } = await ownDataArchive(deps, actor)
    expect(name).toBe('个人信息-2026-11-21.zip')
    const files = unzip(await bytesOf(body))
    expect([...files.keys()].sort()).toEqual(['个人信息.json', ...pictures.map(({ file }) => file)].sort())
    for (const { file, storageKey } of pictures)
      expect(files.get(file)).toEqual(await deps.files.get(storageKey))
    expect(JSON.parse(files.get('个人信息.json')?.toString() ?? '')).toMatchObject({
      账户: { 账户状态: '正常' },
    })
  })

  it('comes out although a picture is lost', async () => {
    const { tianhe } = await seedDepartments(deps)
    const { actor } = await makeApplicant(deps)
    await filledCase(deps, actor, tianhe)
    const { pictures } = await ownData(deps, actor)
    const [lost] = pictures
    await deps.files.delete(lost?.storageKey ?? '')
    const files = unzip(await bytesOf((await ownDataArchive(deps, actor)).body))
    expect(files.size).toBe(pictures.length + 1)
    expect(files.get(lost?.file ?? '')).toHaveLength(0)
  })

  it('needs the password, and is given five times a day', async () => {
    const { actor } = await makeApplicant(deps, { password })
    const attempt = (typed: string) =>
      outcomeOf(beginExport(deps, actor, { typed: { currentPassword: typed } }))
    expect(await attempt('')).toEqual(['refused', 'password-empty'])
    expect(await attempt('wrong')).toEqual(['refused', 'password-wrong'])
    for (let tries = 1; tries <= 5; tries += 1) expect(await attempt(password)).toEqual(['done'])
    expect(await attempt(password)).toEqual(['refused', 'export-too-many'])
    const { event } = deps.store.t
    const told = await deps.store.read.select().from(event).where(eq(event.kind, 'account.exported'))
    expect(told).toHaveLength(5)
    deps.clock.advance(day)
    expect(await attempt(password)).toEqual(['done'])
  })

  const posted = (typed: string) => {
    const body = new URLSearchParams({ currentPassword: typed }).toString()
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(body.length),
    }
    return POST(new Request('http://127.0.0.1/account/export/file', { method: 'POST', body, headers }))
  }

  it('is downloaded by its form, and a refusal leads back to the page', async () => {
    const { actor } = await makeApplicant(deps, { password })
    expect((await posted(password)).headers.get('location')).toBe('/login')
    jar.set('sid', { value: await openSession(deps, { accountId: actor.id, address: '', agent: '' }) })
    const refused = await posted('wrong')
    expect(refused.status).toBe(303)
    expect(refused.headers.get('location')).toMatch(/^\/account\/export\?echo=[\w-]{43}#errors$/)
    const answer = await posted(password)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="personal-data\.zip"; filename\*=UTF-8''%E4/,
    )
    expect([...unzip(Buffer.from(await answer.arrayBuffer())).keys()]).toEqual(['个人信息.json'])
    const huge = await posted('x'.repeat(5000))
    expect(huge.status).toBe(413)
  })

  it('keeps the way back where the session has ended', async () => {
    const { actor } = await makeApplicant(deps, { password })
    jar.set('sid', { value: await openSession(deps, { accountId: actor.id, address: '', agent: '' }) })
    deps.clock.advance(31 * 60_000)
    expect((await posted(password)).headers.get('location')).toMatch(/^\/login\?echo=[\w-]{43}$/)
  })
})
