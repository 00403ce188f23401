/** EXM-2: 报考条件 of oneself with the rows that say so, and the dry run over a department. */
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Eligibilities } from '#app/_ui/eligibility.tsx'
import { examRecordsOf } from '#db/queries/exam-records.ts'
import { openRecord } from '#db/queries/records.ts'
import { beginStaffExport } from '#lib/commands/begin-staff-export.ts'
import { usualSession } from '#lib/domain/exam-conditions.ts'
import { examLevels } from '#lib/domain/exams.ts'
import { newId } from '#lib/ids.ts'
import { examFacts } from '#lib/readers/exam-facts.ts'
import { ownEligibility } from '#lib/views/eligibility.ts'
import { exportList } from '#lib/views/exports.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { exported, exportRow, onRecord, wished } from '#tests/support/exports.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const guangzhou = ['440000', '440100']
const tianhe = [...guangzhou, '440106']

/** On the record: 本科 to 2012-06, 会计师 by exam 2017-09, and accounting work since a month. */
async function accountant(deps: TestDeps, departmentId: string, since: string, name: string) {
  const made = await onRecord(deps, departmentId, { name })
  const { t } = deps.store
  await deps.store.tx((q) =>
    q.insert(t.accountingPost).values({
      id: 'post1',
      personId: made.actor.id,
      employmentId: 'row1',
      start: since,
      end: 'ongoing',
      work: 'cashier',
      title: '',
      appointed: '',
    }),
  )
  return made
}

/** A penalty as the office entered it. */
async function banned(deps: TestDeps, personId: string, decidedOn: string) {
  const { t } = deps.store
  const at = deps.clock.now()
  const id = newId(at)
  const caseId = newId(at)
  await deps.store.tx(async (q) => {
    await q.insert(t.serviceCase).values({
      id: caseId,
      kind: 'penalty',
      personId,
      state: 'approved',
      createdAt: at,
      updatedAt: at,
    })
    await q.insert(t.conduct).values({
      id,
      personId,
      kind: 'penalty',
      nature: 'ban_5y',
      title: '',
      basis: '会计法',
      authority: '市财政局',
      documentNo: '1',
      decidedOn,
      caseId,
      departmentId: '440106',
      at,
    })
  })
  return id
}

const abroad = (personId: string) => ({
  id: 'row2',
  personId,
  place: 'overseas',
  mode: 'part_time',
  school: '',
  level: 'master_program',
  degree: 'master',
  major: '',
  enrolled: '2013-09',
  graduated: '2015-06',
  diplomaNo: '',
  degreeNo: '',
})

describeEachEngine('报考条件', (open) => {
  it('is told line by line with the rows that say so, and to nobody without a record', async () => {
    const deps = testDeps(await open())
    await seedDepartments(deps)
    const { actor } = await accountant(deps, '440106', '2012-07', '陈会计')
    const views = []
    for (const level of examLevels) views.push(await ownEligibility(deps, actor, usualSession(level, 2027)))
    const shown = views.flatMap((view) => view ?? [])
    expect(shown.map(({ verdict }) => verdict)).toEqual(['ineligible', 'ineligible', 'eligible'])
    const page = renderToStaticMarkup(Eligibilities({ views: shown }))
    for (const words of [
      '2027 年度高级',
      '符合报考条件',
      '会计工作共 10 年 4 个月：自 2017年9月取得会计师起，算到 2027年12月',
      '以报名截止日 2027年1月31日为准',
      '按“本科至硕士”这一项符合',
      '需要 5 年，已有 10 年 4 个月',
      '已取得同级或更高级别的资格，不用再报考',
      '教育经历 1：大学本科、学士，2012年6月毕业',
      '专业技术资格 1：会计专业技术资格中级，2017年9月',
      'href="/changes/education#row-row1"',
    ])
      expect(page).toContain(words)
    expect(page).not.toContain('style=')

    await banned(deps, actor.id, '2026-03-10')
    const excluded = await ownEligibility(deps, actor, usualSession('senior', 2027))
    expect(excluded?.verdict).toBe('ineligible')
    expect(excluded?.musts[0]?.rows).toEqual([
      { label: '五年内不得从事会计工作，2026年3月10日决定', href: '/conduct' },
    ])
    const stranger = (await makeApplicant(deps)).actor
    expect(await ownEligibility(deps, stranger, usualSession('junior', 2027))).toBeNull()
  })

  it('of many at once is read as that of one, and of a department stands in a list without whole names', async () => {
    const deps = testDeps(await open())
    const { t } = deps.store
    await seedDepartments(deps)
    const long = await accountant(deps, '440106', '2012-07', '陈会计')
    const late = await accountant(deps, '440106', '2024-02', '林会计')
    const out = await accountant(deps, '440106', '2012-07', '吴会计')
    await accountant(deps, '440104', '2012-07', '别处')
    await banned(deps, out.actor.id, '2026-01-31')
    await deps.store.tx(async (q) => {
      await q.insert(t.education).values(abroad(late.actor.id))
      await q.insert(t.recordFile).values({
        personId: late.actor.id,
        section: 'education',
        rowId: 'row2',
        slot: 'diploma',
        fileId: newId(deps.clock.now()),
      })
    })
    const today = '2026-11-21'
    const ids = [long, late, out].map(({ actor }) => actor.id)
    const many = await examRecordsOf(deps.store.read, t, ids)
    for (const id of ids) {
      const one = await openRecord(deps.store.read, t, deps.keys, id)
      const all = many.get(id)
      if (!one || !all) throw new Error('no record')
      const facts = examFacts(all, all.conduct, today)
      expect({ ...facts, bans: [] }).toEqual(examFacts(one, [], today))
      expect([facts.studies.length, facts.jobs[0]?.posts.length, facts.bans.length]).toEqual([
        id === late.actor.id ? 2 : 1,
        1,
        id === out.actor.id ? 1 : 0,
      ])
    }

    const asked = (level: string) => wished('eligibility', tianhe, { level, year: '2027' })
    const manager = (await makeStaff(deps, { role: 'manager', departmentId: '440100' })).actor
    const { id, rows } = await exported(deps, manager, asked('senior'))
    expect(rows[0]).toEqual([
      '会计管理部门',
      '姓名',
      '证件号码',
      '考试',
      '测算结果',
      '符合的条件',
      '计算的会计工作月数',
      '还缺什么',
    ])
    const told = new Map(rows.slice(1).map(([, name, number, ...rest]) => [name, { number, rest }]))
    expect([...told.keys()].sort()).toEqual(['吴**', '林**', '陈**'])
    const exam = '2027 年度高级'
    expect(told.get('陈**')?.rest).toEqual([exam, '符合报考条件', '本科至硕士', '124', ''])
    expect(told.get('林**')?.rest).toEqual([
      exam,
      '不符合报考条件',
      '',
      '47',
      '本科至硕士：会计工作还差 1 年 1 个月',
    ])
    expect(told.get('吴**')?.rest[4]).toBe('报名截止日仍在五年内不得从事会计工作的期限内')
    for (const { number } of told.values()) expect(number).toMatch(/^\d{4}\*{10}.{4}$/)
    expect(await exportRow(deps, id)).toMatchObject({ kind: 'eligibility', full: false })
    expect((await exportList(deps, manager)).rows).toMatchObject([
      { kind: 'eligibility', exam: { level: 'senior', year: 2027 } },
    ])

    // A session that is there says when registration ends: by then the ban is over, in this province.
    const instants = (closing: string) => ({
      opensAt: new Date('2031-01-01T00:00:00Z'),
      collectBy: new Date('2031-01-01T00:00:00Z'),
      closesAt: new Date(closing),
      payBy: new Date('2031-03-01T00:00:00Z'),
      fee: 5600,
    })
    await deps.store.tx(async (q) => {
      const session = newId(deps.clock.now())
      await q.insert(t.examSession).values({
        id: session,
        level: 'senior',
        year: 2031,
        ...instants('2031-01-24T04:00:00Z'),
        examFrom: '2031-05-17',
        examTo: '2031-05-17',
        createdAt: deps.clock.now(),
      })
      await q
        .insert(t.examWindow)
        .values({ sessionId: session, departmentId: '440000', ...instants('2031-02-02T04:00:00Z') })
    })
    const later = await exported(deps, manager, { ...asked('senior'), year: '2031' })
    expect(later.rows.slice(1).map(([, , , , verdict]) => verdict)).toEqual(Array(3).fill('符合报考条件'))

    for (const role of ['viewer', 'reviewer', 'auditor'] as const) {
      const { actor } = await makeStaff(deps, { role, departmentId: '440106' })
      expect(await outcomeOf(beginStaffExport(deps, actor, { typed: asked('senior') }))).toEqual([
        'not-found',
      ])
    }
    const { actor } = await makeStaff(deps, { role: 'manager', departmentId: '440104' })
    expect(await outcomeOf(beginStaffExport(deps, actor, { typed: asked('senior') }))).toEqual(['not-found'])
  })
})
