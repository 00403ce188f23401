import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { openStore } from '#db/store.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { recountDue } from '#lib/commands/recount-due.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { importCalendarFile } from '#ops/import-calendar.ts'
import { migrate } from '#ops/migrate.ts'
import { caseRow, eventsOf } from '#tests/support/case-state.ts'
import { submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { testFolder } from '#tests/support/folder.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

/** 2031: 1 October is a Wednesday; Saturday the 11th is made up to be worked. */
const of2031 = `日期,类型,名称
2031-01-01,休,元旦
2031-05-01,休,劳动节
2031-10-01,休,国庆节
2031/10/2,rest,国庆节
2031-10-03,休,国庆节

2031-10-06,休,国庆节
2031-10-11,班,国庆节
`

async function brought(deps: TestDeps, csv: string | Buffer, ...more: string[]) {
  const file = path.join(await testFolder(), '放假安排.csv')
  await writeFile(file, csv)
  return importCalendarFile(deps, ['2031', file, ...more])
}

/** What is stored of the calendar and of its imports. */
async function stored({ store: { read, t } }: TestDeps) {
  const years = await read.select().from(t.calendarYear)
  const days = await read.select().from(t.calendarDay).orderBy(t.calendarDay.day)
  const events = await read.select().from(t.event).where(eq(t.event.kind, 'calendar.imported'))
  return { years, days, events: events.map(({ data }) => data) }
}

describeEachEngine('importing a calendar', (open) => {
  it('makes its year known, with its source, as an event', async () => {
    const deps = testDeps(await open())
    expect(await brought(deps, of2031, '--source', '国办发明电〔2030〕9号')).toBe(
      '2031 年的工作日安排已导入：休 6 天，班 1 天。\n重新计算办理期限：0 件有变化。',
    )
    const { years, days, events } = await stored(deps)
    expect(years).toEqual([{ year: '2031', source: '国办发明电〔2030〕9号', importedAt: deps.clock.now() }])
    expect(days).toHaveLength(7)
    expect(days[3]).toEqual({ day: '2031-10-02', year: '2031', working: false, name: '国庆节' })
    expect(events).toEqual([{ year: '2031', free: 6, worked: 1 }])
    const calendar = await deps.calendar()
    expect(calendar.isProvisional(2031)).toBe(false)
    expect(['2031-10-06', '2031-10-11', '2031-10-12', '2031-10-13'].map(calendar.isWorkday)).toEqual([
      false,
      true,
      false,
      true,
    ])
  })

  it('again replaces what was there, also where a spreadsheet saved it as GB 18030 without a heading', async () => {
    const deps = testDeps(await open())
    await brought(deps, of2031)
    // In GB 18030.
    const free = Buffer.from([0xd0, 0xdd])
    const name = Buffer.from([0xd4, 0xaa, 0xb5, 0xa9])
    const line = (day: string) =>
      Buffer.concat([Buffer.from(`${day},`), free, Buffer.from(','), name, Buffer.from('\r\n')])
    const days = ['2031-1-1', '2031-5-1', '2031-10-1', '2031-10-2', '2031-10-3']
    await brought(deps, Buffer.concat(days.map(line)))
    const after = await stored(deps)
    expect(after.years).toMatchObject([{ year: '2031', source: '放假安排.csv' }])
    expect(after.days.map(({ day, name }) => [day, name])).toEqual(
      ['2031-01-01', '2031-05-01', '2031-10-01', '2031-10-02', '2031-10-03'].map((day) => [day, '元旦']),
    )
    expect(after.events).toHaveLength(2)
  })

  it('writes nothing where a line is wrong, and tells each by its number', async () => {
    const deps = testDeps(await open())
    await brought(deps, of2031)
    const before = await stored(deps)
    const wrong = `${of2031}2031-02-30,休,春节\n2032-01-01,休,元旦\n2031-10-11,班,国庆节\n2031-03-03,假,\n`
    await expect(brought(deps, wrong)).rejects.toThrow(
      [
        '没有导入任何内容，请改正后重新导入：',
        '第 10 行：“2031-02-30”不是日期，请写成 2027-01-01',
        '第 11 行：2032-01-01 不属于这一年',
        '第 12 行：2031-10-11 在前面已经出现过',
        '第 13 行：类型“假”无法识别，请填写“休”或“班”',
      ].join('\n'),
    )
    await expect(brought(deps, '日期,类型,名称\n')).rejects.toThrow('整个文件：没有任何日期')
    await expect(brought(deps, '2031-01-01,休\n')).rejects.toThrow('2031-05-01 是法定节假日')
    await expect(brought(deps, `${of2031}2031-02-03,休,"春节`)).rejects.toThrow('第 10 行：不是有效的 CSV')
    await expect(brought(deps, 'x,y\n'.repeat(80))).rejects.toThrow('另有 108 处')
    expect(await stored(deps)).toEqual(before)
  })

  it('tells what changes nothing, and takes it', async () => {
    const deps = testDeps(await open())
    const said = await brought(deps, `${of2031}2031-03-03,班,\n2031-03-08,休,\n`)
    expect(said.split('\n').slice(0, 2)).toEqual([
      '提醒：第 10 行：2031-03-03 本来就是工作日，标为“班”没有作用，请核对日期',
      '提醒：第 11 行：2031-03-08 是普通周末，标为“休”没有作用，请核对日期',
    ])
    expect((await stored(deps)).days).toHaveLength(9)
  })

  it('needs a year and a file', async () => {
    const deps = testDeps(await open())
    for (const args of [[], ['2031'], ['2031', 'a.csv', 'b.csv']])
      await expect(importCalendarFile(deps, args)).rejects.toThrow('用法')
    await expect(importCalendarFile(deps, ['31', 'a.csv'])).rejects.toThrow('“31”不是年份')
    await expect(importCalendarFile(deps, ['2031', 'a.csv', '--sauce', 'x'])).rejects.toThrow('--sauce')
    expect((await stored(deps)).years).toEqual([])
  })

  it('is seen by another process within a minute', async () => {
    const deps = testDeps(await open())
    const other = testDeps(await open.again(deps.store))
    expect((await other.calendar()).isProvisional(2031)).toBe(true)
    await brought(deps, of2031)
    other.clock.advance(60_000)
    expect((await other.calendar()).isProvisional(2031)).toBe(false)
  })

  it('moves the due days it concerns, and no others', async () => {
    const deps = testDeps(await open(), { now: '2031-09-24T02:00:00Z' })
    const places = await seedDepartments(deps)
    const someone = async () => (await makeApplicant(deps)).actor
    const before = await submittedCase(deps, await someone(), places.tianhe)
    const takenBack = await someone()
    const taken = await submittedCase(deps, takenBack, places.tianhe)
    deps.clock.set('2031-09-30T02:00:00Z')
    await withdrawCase(deps, takenBack, { caseId: taken })
    const over = await submittedCase(deps, await someone(), places.tianhe)
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    deps.clock.advance(1)
    await claimCase(deps, reviewer, { caseId: over })
    // From before the log said how long a review may take: nothing to compute from.
    const old = await submittedCase(deps, await someone(), places.tianhe)
    const { event } = deps.store.t
    await deps.store.tx((q) =>
      q
        .update(event)
        .set({ data: { round: 1 } })
        .where(eq(event.caseId, old)),
    )
    const held = await caseRow(deps, over)
    expect([held.dueOn, (await caseRow(deps, before)).dueOn]).toEqual(['2031-10-07', '2031-10-01'])

    deps.clock.advance(60_000)
    expect(await brought(deps, of2031)).toContain('2 件有变化')
    // What the reviewer has open is as it was.
    expect(await caseRow(deps, over)).toEqual({ ...held, dueOn: '2031-10-11' })
    expect((await caseRow(deps, before)).dueOn).toBe('2031-10-07')
    expect((await caseRow(deps, old)).dueOn).toBe('2031-10-07')
    expect((await caseRow(deps, taken)).dueOn).toBe('')
    expect(await eventsOf(deps, over)).toContain('clock.recounted')
    expect(await eventsOf(deps, old)).not.toContain('clock.recounted')
    const moves = await deps.store.read.select().from(event).where(eq(event.kind, 'clock.recounted'))
    expect(moves.map(({ data }) => data)).toContainEqual({ was: '2031-10-07', due: '2031-10-11' })

    expect(await brought(deps, of2031)).toContain('0 件有变化')
    expect(await recountDue(deps, { from: '2031-01-01' })).toBe(0)
  })

  it('is not asked for before the tables are there', async () => {
    const deps = testDeps(await open.empty())
    await migrate(deps)
    expect((await deps.calendar()).isWorkday('2026-10-10')).toBe(true)
  })
})

it('is a verb of operators', async () => {
  const folder = await testFolder()
  const dataDir = path.join(folder, 'data')
  const file = path.join(folder, 'days.csv')
  await writeFile(file, of2031)
  const env = { ...process.env, DATA_DIR: dataDir, DEMO: '1' }
  const ops = (...args: string[]) => promisify(execFile)(process.execPath, ['ops/main.ts', ...args], { env })
  await ops('migrate')
  expect((await ops('import-calendar', '2031', file)).stdout).toContain('2031 年的工作日安排已导入')
  const store = await openStore({ dataDir })
  expect(await store.read.select().from(store.t.calendarDay)).toHaveLength(7)
  await store.close()
  await writeFile(file, '2031-01-01,休,元旦\nx,班,\n')
  const failed = await ops('import-calendar', '2031', file).catch((error: unknown) => error)
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('第 2 行') })
})
