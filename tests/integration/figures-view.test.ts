/** 统计 as it is read (ADM-2, REV-7): whose figures, which numbers, and by which way of the database. */
import path from 'node:path'
import Database from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import pg from 'pg'
import { expect, it } from 'vitest'
import { atPresent, figuresOf, inHandsQuery, officeOf, summedFigures } from '#db/queries/figures.ts'
import type { Store } from '#db/store.ts'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import type { Role, Staff } from '#lib/domain/actor.ts'
import { monthsTo } from '#lib/domain/figure-sums.ts'
import { flowMeasures, presentMeasures } from '#lib/domain/figures.ts'
import { newId } from '#lib/ids.ts'
import { type FiguresRequest, figuresView } from '#lib/views/figures.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { rowIds, submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const passes = {
  verdicts: Object.fromEntries(collection.sections.map((section) => [section, 'pass'])),
  findings: [],
}
const faulty = {
  verdicts: { ...passes.verdicts, education: 'problem' },
  findings: [
    {
      at: 'finding.education.0',
      section: 'education',
      rowId: rowIds.education,
      target: 'slot:diploma',
      reason: 'diploma-missing',
      note: '请上传毕业证书',
    },
  ],
}

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const staff = async (role: Role, departmentId?: string, name?: string) =>
    (await makeStaff(deps, { role, ...(departmentId ? { departmentId } : {}), ...(name ? { name } : {}) }))
      .actor
  const submitted = async (place: string) =>
    submittedCase(deps, (await makeApplicant(deps, { sex: 'female', birth: '1990-05-12' })).actor, place)
  const folded = async () => {
    while ((await foldFigures(deps)) > 0);
  }
  const view = async (actor: Staff, wish: Partial<FiguresRequest> = {}) =>
    figuresView(deps, actor, { department: '', months: 12, sort: 'waiting', ...wish })
  return { deps, places, staff, submitted, folded, view }
}

describeEachEngine('the figures of a department', (open) => {
  it('are for who manages or watches above it, and for nobody else', async () => {
    const { deps, places, staff, view } = await office(open)
    const at = (department: string) => ({ department })
    const city = await staff('manager', places.guangzhou)
    const watching = await staff('viewer', places.guangzhou)
    for (const actor of [city, watching]) {
      expect((await view(actor)).node?.id).toBe(places.guangzhou)
      expect((await view(actor, at(places.tianhe))).node?.id).toBe(places.tianhe)
      for (const place of [places.guangdong, places.zhuhai, places.xiangzhou, 'nowhere', '440'])
        await expect(view(actor, at(place)), place).rejects.toMatchObject({ code: 'not-found' })
    }
    expect((await view(await staff('operator'))).node).toBeNull()
    expect((await view(await staff('operator'), at(places.zhuhai))).node?.id).toBe(places.zhuhai)
    const below = await staff('viewer', places.tianhe)
    await expect(view(below, at(places.guangzhou))).rejects.toMatchObject({ code: 'not-found' })
    for (const actor of [
      await staff('reviewer', places.guangzhou),
      await staff('auditor', places.guangzhou),
      await staff('auditor'),
    ])
      for (const place of ['', places.guangzhou, places.tianhe])
        await expect(view(actor, at(place))).rejects.toMatchObject({ code: 'not-found' })
    // A view is asked by code as well: what is no member of staff has no grants to show.
    const { actor: applicant } = await makeApplicant(deps)
    await expect(view({ ...applicant, kind: 'staff', grants: [] }, at(places.tianhe))).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(view(applicant as unknown as Staff, at(places.tianhe))).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('are the cases and people that were made, here and above', async () => {
    const { deps, places, staff, submitted, folded, view } = await office(open)
    const reviewer = await staff('reviewer', places.tianhe, '江审核')
    const away = await staff('reviewer', places.tianhe, '邵请假')
    await deps.store.tx((q) =>
      q
        .update(deps.store.t.account)
        .set({ awayUntil: '2026-12-31' })
        .where(eq(deps.store.t.account.id, away.id)),
    )
    const cases = [
      await submitted(places.tianhe),
      await submitted(places.tianhe),
      await submitted(places.tianhe),
    ]
    const elsewhere = await submitted(places.yuexiu)
    for (const [index, caseId] of cases.entries()) {
      deps.clock.advance(1000)
      await claimCase(deps, reviewer, { caseId })
      const { version } = await caseRow(deps, caseId)
      if (index === 0) await approveCase(deps, reviewer, { caseId, version, opinions: passes })
      if (index === 1) await returnCase(deps, reviewer, { caseId, version, opinions: faulty })
    }
    await folded()
    const city = await staff('manager', places.guangzhou)
    const top = await view(city)
    expect(top.shown.now).toEqual({
      people: 1,
      free: 1,
      inReview: 1,
      waiting: 2,
      overdue: 0,
      soon: 0,
      returned: 1,
    })
    expect(top.shown.period).toMatchObject({
      decided: 2,
      approved: 1,
      returned: 1,
      returnRate: 0.5,
      firstRound: 1,
      median: 0,
    })
    expect(top.shown.monthly.at(-1)).toMatchObject({
      month: '2026-11',
      submitted: 4,
      approved: 1,
      returned: 1,
    })
    expect(top.shown.reasons).toMatchObject([{ id: 'diploma-missing', value: 1, again: 0 }])
    expect(top.shown.people.sex).toEqual([
      { id: 'female', value: 1, share: 1 },
      { id: 'male', value: 0, share: 0 },
    ])
    expect(top.shown.people.age.filter(({ value }) => value > 0)).toMatchObject([{ id: 'to-45', value: 1 }])
    expect(top.beneath.grid).toBeNull()
    const line = (id: string) => top.beneath.lines.find((one) => one.id === id)
    expect(line(places.tianhe)).toMatchObject({
      people: 1,
      waiting: 1,
      decided: 2,
      returnRate: 0.5,
      isUnattended: false,
    })
    expect(line(places.yuexiu)).toMatchObject({
      people: 0,
      waiting: 1,
      decided: 0,
      returnRate: null,
      isUnattended: true,
    })
    expect(top.beneath.lines.map(({ id }) => id)).toHaveLength(3)

    const here = await view(city, { department: places.tianhe })
    expect(here.chain.map(({ id }) => id)).toEqual([places.guangzhou, places.tianhe])
    expect(here.work?.lines).toEqual([
      { id: reviewer.id, name: '江审核', awayUntil: '', inHand: 1, month: 2, period: 2 },
      { id: away.id, name: '邵请假', awayUntil: '2026-12-31', inHand: 0, month: 0, period: 0 },
    ])
    // Who watches counts departments, not colleagues.
    expect(
      (await view(await staff('viewer', places.guangzhou), { department: places.tianhe })).work,
    ).toBeNull()
    const operator = await staff('operator')
    const country = await view(operator)
    expect(country.shown.now.waiting).toBe(2)
    const guangdong = country.beneath.grid?.tiles.find(({ place }) => place.code === '440000')
    expect(guangdong?.line).toMatchObject({ id: places.guangdong, waiting: 2 })
    expect(country.beneath.grid?.others.map(({ id }) => id)).toEqual([places.shenzhen])

    // What fell due meanwhile is told by today's date, not by what was kept.
    deps.clock.set('2026-12-03T02:00:00.000Z')
    const later = await view(city, { months: 3 })
    expect(later.shown.now).toMatchObject({ overdue: 2, soon: 0 })
    expect(later.shown.monthly.map(({ submitted }) => submitted)).toEqual([0, 4, 0])
    expect(later.beneath.lines.find(({ id }) => id === places.yuexiu)).toMatchObject({ overdue: 1 })
    expect((await view(city, { sort: 'people' })).beneath.lines[0]?.id).toBe(places.tianhe)
    expect(elsewhere).not.toBe('')
  })

  it('count late returns, and name them to who manages', async () => {
    const { deps, places, staff, submitted, view } = await office(open)
    const reviewer = await staff('reviewer', places.tianhe, '江审核')
    const caseId = await submitted(places.tianhe)
    await claimCase(deps, reviewer, { caseId })
    await returnCase(deps, reviewer, {
      caseId,
      version: (await caseRow(deps, caseId)).version,
      opinions: faulty,
    })
    const { t } = deps.store
    await deps.store.tx(async (q) => {
      await q.update(t.caseRound).set({ lateAt: deps.clock.now() }).where(eq(t.caseRound.caseId, caseId))
      for (const departmentId of ['', places.guangdong, places.guangzhou, places.tianhe])
        await q
          .insert(t.figure)
          .values({ departmentId, period: '2026-11', measure: 'late', bucket: 'collection', value: 1 })
    })
    const city = await staff('manager', places.guangzhou)
    expect((await view(city)).late).toMatchObject([{ caseId, by: '江审核', kind: 'collection' }])
    const watching = await view(await staff('viewer', places.guangzhou))
    expect([watching.shown.period.lateReturns, watching.late]).toEqual([1, []])
    expect((await view(await staff('operator'), { department: places.tianhe })).late).toMatchObject([
      { caseId: null, by: '江审核' },
    ])
  })

  it('of a closed department say where everything went', async () => {
    const { deps, places, staff, view } = await office(open)
    const { department } = deps.store.t
    await deps.store.tx((q) =>
      q
        .update(department)
        .set({ active: false, mergedInto: places.yuexiu })
        .where(eq(department.id, places.tianhe)),
    )
    const city = await staff('manager', places.guangzhou)
    const page = await view(city, { department: places.tianhe })
    expect(page).toMatchObject({ node: { isActive: false }, mergedInto: '广东省广州市越秀区' })
    expect(page.shown.isEmpty).toBe(true)
    // There is nothing to say of it beside the others.
    expect((await view(city)).beneath.lines.map(({ id }) => id)).not.toContain(places.tianhe)
  })

  it('of somebody with several places begin at the first and lead to the others', async () => {
    const { deps, places, staff, view } = await office(open)
    const actor = await staff('viewer', places.zhuhai)
    const grants: Staff['grants'] = [
      ...actor.grants,
      {
        role: 'viewer',
        departmentId: places.tianhe,
        path: `${places.guangdong}/${places.guangzhou}/${places.tianhe}`,
      },
    ]
    const page = await view({ ...actor, grants })
    expect(page.node?.id).toBe(places.zhuhai)
    expect(page.roots.map(({ id }) => id)).toEqual([places.zhuhai, places.tianhe])
    expect(deps.clock.now()).toEqual(page.at)
  })

  it('are read by the key alone, and people in hand by who holds them', async () => {
    const { deps, places } = await office(open)
    const { store } = deps
    const { read, t } = store
    const months = monthsTo('2026-11', 24)
    await store.tx(async (q) => {
      for (let n = 0; n < 40; n += 1)
        await q.insert(t.figure).values(
          ['', ...months].flatMap((period) =>
            ['people', 'cases', 'due', 'decided', 'days'].map((measure) => ({
              departmentId: `some-${n}`,
              period,
              measure,
              bucket: 'all',
              value: 1,
            })),
          ),
        )
    })
    const plans = await planner(open, store)
    const some = [months[0] ?? '', months.at(-1) ?? ''] as const
    const days = { today: '2026-11-21', soon: '2026-11-23' }
    const ids = Array.from({ length: 40 }, (_, n) => `some-${n}`)
    try {
      for (const query of [
        figuresOf(read, t, ['some-1'], atPresent, presentMeasures),
        figuresOf(read, t, ['some-1'], some, flowMeasures),
        summedFigures(read, t, ids, atPresent, ['people', 'cases', 'due'], days),
        summedFigures(read, t, ids, some, ['decided'], days),
      ]) {
        const plan = await plans.of(query.toSQL())
        expect(plan).toMatch(
          /PRIMARY KEY \(department_id=\? AND measure=\? AND period>\? AND period<\?|figure_\w*pk/,
        )
        expect(plan).not.toMatch(/SCAN figure|Seq Scan/)
      }
      await many(deps, places.tianhe)
      await plans.learn()
      const held = await plans.of(inHandsQuery(read, t, [newId(deps.clock.now())], deps.clock.now()).toSQL())
      expect(held).toMatch(/service_case_claim/)
      expect(held).not.toMatch(/SCAN service_case|Seq Scan/)
      const people = await plans.of(officeOf(read, t, places.tianhe, deps.clock.now(), 101).toSQL())
      expect(people).toMatch(/staff_grant_department/)
      expect(people).not.toMatch(/SCAN (staff_grant|account)|Seq Scan/)
    } finally {
      await plans.end()
    }
  })
})

/** Cases in a colleague's hands: enough that an engine would rather not read them all. */
async function many(deps: TestDeps, place: string) {
  const { store, clock } = deps
  const now = clock.now()
  const { actor } = await makeApplicant(deps)
  const colleague = await makeStaff(deps, { role: 'reviewer', departmentId: place })
  await store.tx((q) =>
    q.insert(store.t.serviceCase).values(
      Array.from({ length: 400 }, () => ({
        id: newId(now),
        kind: 'collection' as const,
        personId: actor.id,
        sentTo: place,
        state: 'in_review' as const,
        round: 1,
        claimedBy: colleague.actor.id,
        claimedUntil: new Date(now.getTime() + 60_000),
        submittedAt: now,
        createdAt: now,
        updatedAt: now,
      })),
    ),
  )
}

interface Asked {
  readonly sql: string
  readonly params: unknown[]
}

/** How an engine would answer a query; PostgreSQL says whether it could without reading a whole table. */
async function planner(open: Open, store: Store) {
  const place = open.place(store)
  if (place.url === undefined) {
    const file = new Database(path.join(place.dataDir, 'app.db'), { readonly: true })
    const plain = (param: unknown) => (param instanceof Date ? param.getTime() : param)
    return {
      of: async ({ sql, params }: Asked) =>
        JSON.stringify(file.prepare(`explain query plan ${sql}`).all(params.map(plain))),
      learn: async () => undefined,
      end: async () => void file.close(),
    }
  }
  const client = new pg.Client({ connectionString: place.url })
  await client.connect()
  await client.query('set enable_seqscan = off')
  return {
    of: async ({ sql, params }: Asked) => JSON.stringify((await client.query(`explain ${sql}`, params)).rows),
    learn: () => client.query('analyze service_case'),
    end: () => client.end(),
  }
}
