/** Exports by staff (ADM-2, ADM-3): who may have what, what stands in the file, and what is left of it. */
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { beginStaffExport } from '#lib/commands/begin-staff-export.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { deleteExport } from '#lib/commands/delete-export.ts'
import { fetchExport } from '#lib/commands/fetch-export.ts'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { exportJob } from '#lib/commands/support/export-work.ts'
import { enqueueJob } from '#lib/commands/support/jobs.ts'
import { suspendStaff } from '#lib/commands/suspend-staff.ts'
import { viewAudit } from '#lib/commands/view-audit.ts'
import { writeExport } from '#lib/commands/write-export.ts'
import type { Actor, Role } from '#lib/domain/actor.ts'
import { isFault } from '#lib/domain/errors.ts'
import { purposeContext } from '#lib/domain/exports.ts'
import { newFileKey } from '#lib/files/store.ts'
import { runLongJobs } from '#lib/jobs/run-jobs.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { sweepOrphans } from '#lib/jobs/sweep-leftovers.ts'
import { exportList } from '#lib/views/exports.ts'
import { inbox } from '#lib/views/messages.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import {
  crowdOnRecord,
  exported,
  exportRow,
  onRecord,
  rowsOf,
  wished,
  writeDue,
} from '#tests/support/exports.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const day = 24 * 3_600_000
const guangzhou = ['440000', '440100']
const tianhe = [...guangzhou, '440106']
const yuexiu = [...guangzhou, '440104']
const zhuhai = ['440000', '440400']

async function office(open: Open, env: Readonly<Record<string, string>> = {}) {
  const deps = testDeps(await open(), { env })
  const places = await seedDepartments(deps)
  const staff = async (role: Role, departmentId: string | null, name = '李审核') =>
    (await makeStaff(deps, { role, departmentId, name })).actor
  return { deps, places, staff }
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: unknown) => {
      if (!isFault(error)) throw error
      return error.code === 'refused' ? error.issues.map(({ code }) => code).join(' ') : error.code
    },
  )
const asked = (deps: TestDeps, actor: Actor, typed: Record<string, string>) =>
  refusal(beginStaffExport(deps, actor, { typed }))
const whole = { full: '1', purpose: '核对本年度继续教育名单' }

const keysIn = async ({ files }: TestDeps) => {
  const found: string[] = []
  for await (const { key } of files.list()) found.push(key)
  return found
}
const events = async ({ store: { read, t } }: TestDeps) =>
  (await read.select().from(t.event))
    .filter(({ kind }) => kind.startsWith('export.'))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1))
const looks = ({ store: { read, t } }: TestDeps) => read.select().from(t.accessLog)

describeEachEngine('who may export (SEC-1)', (open) => {
  it('is decided by office and place, and whoever has nothing there learns nothing', async () => {
    const { deps, staff } = await office(open)
    await onRecord(deps, '440106')
    const here = wished('people', tianhe)
    const sibling = await staff('manager', '440104')
    const applicant = (await makeApplicant(deps)).actor
    const away: [Actor, Record<string, string>][] = [
      [sibling, here],
      [sibling, wished('people', guangzhou)],
      [sibling, wished('people', [])],
      [await staff('reviewer', '440106'), here],
      [await staff('reviewer', '440106'), wished('cases', tianhe)],
      [await staff('auditor', '440106'), here],
      [await staff('auditor', '440106'), wished('audit', yuexiu)],
      [await staff('manager', '440106'), wished('audit', tianhe)],
      [await staff('viewer', '440106'), wished('audit', tianhe)],
      [applicant, here],
    ]
    for (const [actor, typed] of away) expect(await asked(deps, actor, typed)).toBe('not-found')
    for (const role of ['manager', 'viewer'] as const)
      expect(await asked(deps, await staff(role, '440100'), here)).toBe('nothing')
    expect(await asked(deps, await staff('operator', null), here)).toBe('nothing')
    expect(await events(deps)).toHaveLength(3)
  })

  it('gives whole numbers to managers alone, who say what for; the purpose is sealed', async () => {
    const { deps, staff } = await office(open)
    await onRecord(deps, '440106')
    const full = wished('people', tianhe, whole)
    for (const actor of [await staff('viewer', '440106'), await staff('operator', null)])
      expect(await asked(deps, actor, full)).toBe('export-full-beyond-you')
    expect(await asked(deps, await staff('auditor', '440106'), full)).toBe('not-found')
    const manager = await staff('manager', '440106')
    expect(await asked(deps, manager, { ...full, purpose: '看看' })).toBe('too-short')
    const id = await beginStaffExport(deps, manager, { typed: full })
    const row = await exportRow(deps, id)
    expect(row).toMatchObject({ full: true, kind: 'people', departmentId: '440106', total: null })
    expect(row?.purposeSealed).not.toContain('核对')
    expect(deps.keys.unseal(row?.purposeSealed ?? '', purposeContext(id))).toBe(whole.purpose)
    expect(JSON.stringify(await events(deps))).not.toContain('核对')
  })

  it('is asked again when the file is fetched: suspended, moved, somebody else, and after its time', async () => {
    const { deps, places, staff } = await office(open)
    await onRecord(deps, '440106')
    const manager = await staff('manager', '440106')
    const { id } = await exported(deps, manager, wished('people', tianhe))
    const fetched = (actor: Actor, exportId = id) => refusal(fetchExport(deps, actor, { exportId }))
    expect(await fetched(manager)).toBe('nothing')
    expect(await fetched(await staff('manager', '440106'))).toBe('not-found')
    expect(await fetched((await makeApplicant(deps)).actor)).toBe('not-found')
    expect(await fetched(manager, newFileKey())).toBe('not-found')
    expect(await refusal(deleteExport(deps, await staff('manager', '440106'), { exportId: id }))).toBe(
      'not-found',
    )

    const { t } = deps.store
    const moved = (departmentId: string) =>
      deps.store.tx((q) =>
        q.update(t.staffGrant).set({ departmentId }).where(eq(t.staffGrant.accountId, manager.id)),
      )
    await moved(places.yuexiu)
    expect(await fetched(manager)).toBe('not-found')
    await moved(places.tianhe)
    await suspendStaff(deps, await staff('operator', null), { accountId: manager.id })
    expect(await fetched(manager)).toBe('not-found')
    await deps.store.tx((q) =>
      q.update(t.account).set({ status: 'active' }).where(eq(t.account.id, manager.id)),
    )
    expect(await fetched(manager)).toBe('nothing')
    deps.clock.advance(7 * day)
    expect(await fetched(manager)).toBe('not-found')
    expect((await exportList(deps, manager)).rows).toEqual([])
    expect((await events(deps)).filter(({ kind }) => kind === 'export.fetched')).toHaveLength(3)
  })

  it('is asked again of who was put down in office: whole numbers, and who decided, are theirs no more', async () => {
    const { deps, places, staff } = await office(open)
    await onRecord(deps, '440106')
    await submittedCase(deps, (await makeApplicant(deps)).actor, places.tianhe)
    const manager = await staff('manager', places.tianhe)
    const viewer = await staff('viewer', places.tianhe)
    const ids = {
      masked: (await exported(deps, manager, wished('people', tianhe))).id,
      whole: (await exported(deps, manager, wished('people', tianhe, whole))).id,
      deciders: (await exported(deps, manager, wished('cases', tianhe))).id,
    }
    const theirs = (await exported(deps, viewer, wished('cases', tianhe))).id
    const { t } = deps.store
    const holds = (role: Role) =>
      deps.store.tx((q) => q.update(t.staffGrant).set({ role }).where(eq(t.staffGrant.accountId, manager.id)))
    const fetched = async () =>
      Promise.all(Object.values(ids).map((exportId) => refusal(fetchExport(deps, manager, { exportId }))))
    expect(await fetched()).toEqual(['nothing', 'nothing', 'nothing'])
    await holds('viewer')
    expect(await fetched()).toEqual(['nothing', 'not-found', 'not-found'])
    expect(await refusal(fetchExport(deps, viewer, { exportId: theirs }))).toBe('nothing')
    await holds('manager')
    expect(await fetched()).toEqual(['nothing', 'nothing', 'nothing'])
  })

  it('is asked again while the file is written', async () => {
    const { deps, staff } = await office(open)
    await onRecord(deps, '440106')
    const manager = await staff('manager', '440106')
    const id = await beginStaffExport(deps, manager, { typed: wished('people', tianhe, whole) })
    await suspendStaff(deps, await staff('operator', null), { accountId: manager.id })
    await writeDue(deps)
    expect((await exportRow(deps, id))?.failedAt).not.toBeNull()
    expect(await keysIn(deps)).toEqual([])
    expect(await looks(deps)).toEqual([])
    expect((await events(deps)).at(-1)).toMatchObject({ kind: 'export.failed', data: { why: 'not-theirs' } })
    // Back in office they read why there is no file.
    expect((await exportList(deps, manager)).rows).toMatchObject([
      { state: { is: 'failed', why: 'not-theirs' } },
    ])
  })
})

describeEachEngine('how much may be exported', (open) => {
  it('is three files at once and some a day; the same one is not written twice', async () => {
    const { deps, staff } = await office(open, { LIMITS_STAFF_EXPORTS_PER_DAY: '4' })
    for (const place of ['440106', '440104']) await onRecord(deps, place)
    const manager = await staff('manager', '440100')
    const ask = (typed: Record<string, string>) => beginStaffExport(deps, manager, { typed })
    const first = await ask(wished('people', tianhe))
    expect(await ask(wished('people', tianhe))).toBe(first)
    await ask(wished('people', yuexiu))
    await ask(wished('people', guangzhou))
    expect(await refusal(ask(wished('people', tianhe, { format: 'xlsx' })))).toBe('export-running')
    await writeDue(deps)
    const again = await ask(wished('people', tianhe))
    expect(again).not.toBe(first)
    expect(await refusal(ask(wished('people', yuexiu)))).toBe('export-per-day')
    deps.clock.advance(day)
    expect(await refusal(ask(wished('people', yuexiu)))).toBe('nothing')
  })

  it('is so many rows, counted before it is begun and again as it is written', async () => {
    const { deps, staff } = await office(open, { LIMITS_EXPORT_ROWS: '2' })
    await onRecord(deps, '440106')
    const manager = await staff('manager', '440106')
    expect(await asked(deps, manager, wished('cases', tianhe))).toBe('export-empty')
    const id = await beginStaffExport(deps, manager, { typed: wished('people', tianhe) })
    for (let more = 0; more < 2; more += 1) await onRecord(deps, '440106')
    expect(await asked(deps, manager, wished('people', tianhe, { format: 'xlsx' }))).toBe(
      'export-too-many-rows',
    )
    await writeDue(deps)
    expect((await exportList(deps, manager)).rows).toMatchObject([
      { id, state: { is: 'failed', why: 'too-many-rows', limit: 2 } },
    ])
    expect((await inbox(deps, manager, '')).rows).toMatchObject([
      { place: '/exports', title: '导出的文件未能生成' },
    ])
    expect(await keysIn(deps)).toEqual([])
  })
})

describeEachEngine('what stands in an export', (open) => {
  it('of people: who is on the record of the subtree, masked, in both formats alike', async () => {
    const { deps, staff } = await office(open)
    await onRecord(deps, '440106', {
      name: '=HYPERLINK("x")',
      number: '11010519491231002X',
      phone: '13800001111',
    })
    await onRecord(deps, '440104', {
      name: '𠮷田茂',
      idType: 'foreign_passport',
      number: '12E34567',
      nationality: 'JPN',
      sex: 'male',
      birth: '1985-02-03',
      phone: '13800002222',
    })
    await onRecord(deps, '440402', { name: '外人' })
    const viewer = await staff('viewer', '440100')
    const heading =
      '会计管理部门 姓名 证件类型 证件号码 手机号 性别 出生年月 最高学历 会计专业技术资格 单位性质 所属行业 采集通过日期'
    const rest = ['大学本科', '中级', '国有企业', '制造业', '2026-11-21']
    const xlsx = await exported(deps, viewer, wished('people', guangzhou, { format: 'xlsx' }))
    const rows = [
      ['广东省广州市越秀区', '𠮷**', '护照（外国）', '1*****67', '138****2222', '男', '1985-02', ...rest],
      [
        '广东省广州市天河区',
        '=**************',
        '内地居民身份证',
        '1101**********002X',
        '138****1111',
        '女',
        '1949-12',
        ...rest,
      ],
    ]
    expect(xlsx.rows).toEqual([heading.split(' '), ...rows])
    const csv = await exported(deps, viewer, wished('people', guangzhou))
    // The mark before what a program would run.
    expect(csv.rows).toEqual(
      xlsx.rows.map((row) => row.map((cell) => (String(cell).startsWith('=') ? `'${cell}` : cell))),
    )
    expect(await looks(deps)).toEqual([])
  })

  it('of people, whole: each of them noted in the access log, once', async () => {
    const { deps, staff } = await office(open)
    const one = await onRecord(deps, '440106', {
      name: '=1+1',
      number: '440106199003071207',
      phone: '13800001111',
    })
    await onRecord(deps, '440104')
    const manager = await staff('manager', '440106')
    const { id, rows } = await exported(deps, manager, wished('people', tianhe, { ...whole, format: 'xlsx' }))
    expect(rows.slice(1).map((row) => row.slice(1, 5))).toEqual([
      ['=1+1', '内地居民身份证', '440106199003071207', '13800001111'],
    ])
    expect(await looks(deps)).toMatchObject([
      {
        actorId: manager.id,
        personId: one.actor.id,
        what: 'full-number',
        subject: `export:${id}`,
        caseId: null,
      },
    ])
    const csv = await exported(deps, manager, wished('people', tianhe, whole))
    expect(csv.rows[1]?.slice(1, 5)).toEqual([
      "'=1+1",
      '内地居民身份证',
      "'440106199003071207",
      "'13800001111",
    ])
    const pending = await deps.store.read.select().from(deps.store.t.auditPending)
    expect(pending.filter(({ log }) => log === 'access')).toHaveLength(2)
    for (const { data } of await events(deps)) expect(JSON.stringify(data)).not.toMatch(/1990|1380|=1/)
  })

  it('of cases: what stands at the departments, by whom it was decided and how long that took', async () => {
    const { deps, places, staff } = await office(open)
    const reviewer = await staff('reviewer', places.tianhe, '何静')
    const person = async (name: string) => (await makeApplicant(deps, { name })).actor
    const caseId = await submittedCase(deps, await person('欧阳春'), places.tianhe)
    const waiting = await submittedCase(deps, await person('张三'), places.yuexiu)
    await submittedCase(deps, await person('李四'), places.xiangzhou)
    deps.clock.set('2026-11-25T02:00:00.000Z')
    await claimCase(deps, reviewer, { caseId })
    const opinions = {
      verdicts: Object.fromEntries(collection.sections.map((section) => [section, 'pass'])),
      findings: [],
    }
    await approveCase(deps, reviewer, { caseId, version: (await caseRow(deps, caseId)).version, opinions })
    const manager = await staff('manager', places.guangzhou)
    const { rows } = await exported(deps, manager, wished('cases', guangzhou, { format: 'xlsx' }))
    const [approved, other] = [await caseRow(deps, caseId), await caseRow(deps, waiting)]
    expect(rows).toEqual([
      '受理编号 业务 状态 提交次数 会计管理部门 申请人 提交日期 办理期限 办理日期 用时（工作日） 审核人员'.split(
        ' ',
      ),
      [
        other.number,
        '信息采集',
        '待审核',
        1,
        '广东省广州市越秀区',
        '张*',
        '2026-11-21',
        '2026-11-27',
        '',
        '',
        '',
      ],
      [
        approved.number,
        '信息采集',
        '审核通过',
        1,
        '广东省广州市天河区',
        '欧阳*',
        '2026-11-21',
        approved.dueOn,
        '2026-11-25',
        3,
        '何静',
      ],
    ])
    const months = { 'from.year': '2026', 'from.month': '12' }
    expect(await asked(deps, manager, wished('cases', guangzhou, months))).toBe('export-empty')
    const { rows: those } = await exported(
      deps,
      manager,
      wished('cases', guangzhou, { 'to.year': '2026', 'to.month': '11' }),
    )
    expect(those).toHaveLength(3)
  })

  it('of figures: the department and those right beneath it, in words', async () => {
    const { deps, places, staff } = await office(open)
    await submittedCase(deps, (await makeApplicant(deps)).actor, places.tianhe)
    await submittedCase(deps, (await makeApplicant(deps)).actor, places.xiangzhou)
    while ((await foldFigures(deps, 100)) > 0);
    const viewer = await staff('viewer', places.guangzhou)
    const { rows } = await exported(deps, viewer, wished('figures', guangzhou, { format: 'xlsx' }))
    const of = (name: string) => [
      [name, '现在', '申请现状', '信息采集 · 待审核', 1],
      [name, '现在', '待审核的办理期限', '2026年11月27日', 1],
      [name, '2026-11', '提交', '信息采集', 1],
    ]
    expect(rows).toEqual([
      ['会计管理部门', '月份', '指标', '分类', '数量'],
      ...of('广东省广州市'),
      ...of('广东省广州市天河区'),
    ])
    const country = await exported(
      deps,
      await staff('operator', null),
      wished('figures', [], { format: 'xlsx' }),
    )
    expect(country.rows.slice(1).map(([place, , , , value]) => `${place} ${value}`)).toEqual([
      ...Array(3).fill('全国 2'),
      ...Array(3).fill('广东省 2'),
    ])
  })

  it('of the log: what staff of the subtree did and saw in these months', async () => {
    const { deps, places, staff } = await office(open)
    const manager = await staff('manager', places.tianhe, '梁志强')
    const { actor: person } = await onRecord(deps, places.tianhe, {
      name: '王小明',
      number: '440106199003071207',
    })
    await exported(deps, manager, wished('people', tianhe, whole))
    const elsewhere = await staff('auditor', places.zhuhai)
    await viewAudit(deps, elsewhere, {
      accountId: elsewhere.id,
      kind: 'staff',
      what: 'all',
      from: '2026-11-01',
      to: '2026-11-30',
    })
    const auditor = await staff('auditor', places.guangzhou)
    deps.clock.advance(60_000)
    const { rows } = await exported(deps, auditor, wished('audit', tianhe, { format: 'xlsx' }))
    expect(rows[0]).toEqual('时间 工作人员 登录名 部门 内容 涉及人员 受理编号'.split(' '))
    expect(
      rows
        .slice(1)
        .map(([at, by, , place, what, whom]) => [at, by, place, what, whom])
        .sort(),
    ).toEqual(
      [
        ['下载导出的文件', ''],
        ['导出数据', ''],
        ['导出的文件生成完成', ''],
        ['查看完整证件号码', '王** 4401**********1207'],
      ].map(([what, whom]) => ['2026-11-21 10:00', '梁志强', '广东省广州市天河区', what, whom]),
    )
    expect(person.id).not.toBe('')
    expect(
      await asked(
        deps,
        await staff('auditor', places.zhuhai),
        wished('audit', zhuhai, { 'from.year': '2027', 'to.year': '2027' }),
      ),
    ).toBe('export-empty')
  })
})

describeEachEngine('the file of an export', (open) => {
  it('is written page by page, telling how far it is, and ends in a message', async () => {
    const { deps, staff } = await office(open)
    await crowdOnRecord(deps, '440106', 700)
    await crowdOnRecord(deps, '440104', 400)
    const manager = await staff('manager', '440100')
    const id = await beginStaffExport(deps, manager, { typed: wished('people', guangzhou) })
    expect((await exportList(deps, manager)).rows).toMatchObject([{ state: { is: 'waiting' } }])
    const seen: unknown[] = []
    const watched: TestDeps = {
      ...deps,
      store: {
        ...deps.store,
        tx: async (fn, how) => {
          const result = await deps.store.tx(fn, how)
          seen.push((await exportList(deps, manager)).rows[0]?.state)
          return result
        },
      },
    }
    await writeExport(watched, { exportId: id, storageKey: newFileKey() })
    expect(seen.filter((state) => JSON.stringify(state).includes('writing'))).toEqual(
      [0, 18, 36, 54, 72, 90, 100].map((percent) => ({ is: 'writing', percent })),
    )
    expect((await exportList(deps, manager)).running).toBe(0)
    const rows = await rowsOf(deps, manager, id)
    expect(rows).toHaveLength(1101)
    expect(new Set(rows.map((row) => row.join())).size).toBeGreaterThan(1050)
    expect(await exportRow(deps, id)).toMatchObject({ rows: 1100, total: 1100 })
    expect((await inbox(deps, manager, '')).rows).toMatchObject([
      {
        title: '导出的文件已生成',
        text: expect.stringContaining('人员名单已经生成，共 1100 行'),
        place: '/exports',
      },
    ])
    expect((await events(deps)).map(({ kind, data }) => [kind, data.rows])).toEqual([
      ['export.begun', undefined],
      ['export.done', 1100],
      ['export.fetched', undefined],
    ])
  })

  it('is one, whether two write it at once or one after the other', async () => {
    const { deps, staff } = await office(open)
    await crowdOnRecord(deps, '440106', 600)
    const manager = await staff('manager', '440106')
    const id = await beginStaffExport(deps, manager, { typed: wished('people', tianhe, whole) })
    await deps.store.tx((q) => enqueueJob(deps, q, { kind: exportJob, data: { export: id } }))
    await Promise.all([runLongJobs(deps, 'one', 1), runLongJobs(deps, 'two', 1)])
    await Promise.all(
      [newFileKey(), newFileKey()].map((storageKey) => writeExport(deps, { exportId: id, storageKey })),
    )
    while ((await writeDue(deps)) > 0);
    expect(await keysIn(deps)).toEqual([(await exportRow(deps, id))?.storageKey])
    expect(await looks(deps)).toHaveLength(600)
    expect((await events(deps)).filter(({ kind }) => kind === 'export.done')).toHaveLength(1)
  })

  it('is begun anew after a fault in the middle, and is one still', async () => {
    const { deps, staff } = await office(open)
    await crowdOnRecord(deps, '440106', 600)
    const manager = await staff('manager', '440106')
    const id = await beginStaffExport(deps, manager, { typed: wished('people', tianhe, whole) })
    // Of the transactions of a run: taken, counted, first page, second page. Then the file, then its end.
    const failing = (nth: number): TestDeps => {
      let turn = 0
      const tx: TestDeps['store']['tx'] = (fn, how) => {
        turn += 1
        return turn === nth ? Promise.reject(new Error('a full disk')) : deps.store.tx(fn, how)
      }
      return { ...deps, store: { ...deps.store, tx } }
    }
    for (const nth of [4, 5]) {
      const run = writeExport(failing(nth), { exportId: id, storageKey: newFileKey() })
      await expect(run).rejects.toThrow('a full disk')
      // What a run leaves is what the row names.
      const named = (await exportRow(deps, id))?.storageKey
      for (const key of await keysIn(deps)) expect(key).toBe(named)
    }
    deps.clock.advance(11 * 60_000)
    expect(await sweepOrphans(deps)).toBe(0)
    await writeDue(deps)
    expect(await keysIn(deps)).toEqual([(await exportRow(deps, id))?.storageKey])
    expect(await rowsOf(deps, manager, id)).toHaveLength(601)
    expect(await looks(deps)).toHaveLength(600)
  })

  it('is tried again by the worker, and given up after half an hour', async () => {
    const { deps, staff } = await office(open)
    await onRecord(deps, '440106')
    const manager = await staff('manager', '440106')
    const id = await beginStaffExport(deps, manager, { typed: wished('people', tianhe) })
    const full: TestDeps = {
      ...deps,
      files: { ...deps.files, put: () => Promise.reject(new Error('a full disk')) },
    }
    await runLongJobs(full, 'w', 1)
    expect((await exportRow(deps, id))?.failedAt).toBeNull()
    deps.clock.advance(31 * 60_000)
    await runLongJobs(full, 'w', 1)
    expect((await exportList(deps, manager)).rows).toMatchObject([{ state: { is: 'failed', why: 'fault' } }])
    expect(await runLongJobs(deps, 'w', 1)).toBe(0)
    expect((await events(deps)).at(-1)).toMatchObject({ kind: 'export.failed', data: { why: 'fault' } })
  })

  it('goes when it is deleted, also while it is written, and when it has had its time', async () => {
    const { deps, staff } = await office(open)
    await crowdOnRecord(deps, '440106', 600)
    const manager = await staff('manager', '440106')
    const kept = await exported(deps, manager, wished('people', tianhe))
    const gone = await exported(deps, manager, wished('people', tianhe, { format: 'xlsx' }))
    expect(await keysIn(deps)).toHaveLength(2)
    await deleteExport(deps, manager, { exportId: gone.id })
    expect(await keysIn(deps)).toEqual([(await exportRow(deps, kept.id))?.storageKey])

    const running = await beginStaffExport(deps, manager, { typed: wished('people', tianhe) })
    let turn = 0
    const tx: TestDeps['store']['tx'] = async (fn, how) => {
      turn += 1
      if (turn === 4) await deleteExport(deps, manager, { exportId: running })
      return deps.store.tx(fn, how)
    }
    await writeExport(
      { ...deps, store: { ...deps.store, tx } },
      { exportId: running, storageKey: newFileKey() },
    )
    expect(turn).toBe(4)
    expect(await exportRow(deps, running)).toBeNull()
    expect(await keysIn(deps)).toHaveLength(1)

    deps.clock.advance(7 * day - 1)
    await sweep(deps)
    expect(await sweepOrphans(deps)).toBe(0)
    expect(await keysIn(deps)).toHaveLength(1)
    deps.clock.advance(1)
    await sweep(deps)
    expect(await exportRow(deps, kept.id)).toBeNull()
    expect(await keysIn(deps)).toEqual([])
  })
})
