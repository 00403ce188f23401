/** Looking into the logs (ADM-3, REV-6): whose, in which scope, page by page, and never without a line about it. */
import { asc, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { recordAccess } from '#db/access.ts'
import { record } from '#db/events.ts'
import {
  type AuditCursor,
  type AuditFilter,
  type AuditRow,
  auditLinePages,
  auditPage,
  auditStreams,
  auditWhats,
  cursorAt,
} from '#db/queries/audit.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { endGrant } from '#lib/commands/end-grant.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { searchAudit } from '#lib/commands/search-audit.ts'
import { viewAudit } from '#lib/commands/view-audit.ts'
import type { Grant, Role, Staff } from '#lib/domain/actor.ts'
import { newId } from '#lib/ids.ts'
import {
  auditedLogin,
  auditedMember,
  auditedPersons,
  auditFilter,
  auditStaffList,
  chainView,
  memberLog,
  personLog,
} from '#lib/views/audit.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { planner } from '#tests/support/plans.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const period = { from: '2026-11-01', to: '2026-11-30' }
const wish = { period, what: 'all', after: '' } as const
const hidden = ['not-found']

/** A reviewer of 天河 who has claimed a case and looked at its numbers; auditors above and beside. */
async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const staff = async (role: Role, departmentId?: string, name?: string) =>
    (await makeStaff(deps, { role, ...(departmentId ? { departmentId } : {}), ...(name ? { name } : {}) }))
      .actor
  const reviewer = await staff('reviewer', places.tianhe, '江审核')
  const applicant = await makeApplicant(deps, { name: '欧阳明月' })
  const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
  await claimCase(deps, reviewer, { caseId })
  deps.clock.advance(1000)
  await reviewCase(deps, reviewer, caseId, { full: true })
  deps.clock.advance(1000)
  const above = await staff('auditor', places.guangzhou)
  const beside = await staff('auditor', places.zhuhai)
  const country = await staff('auditor')
  const operator = await staff('operator')
  return {
    deps,
    places,
    staff,
    reviewer,
    applicant,
    person: applicant.actor.id,
    caseId,
    above,
    beside,
    country,
    operator,
  }
}

const eventsBy = ({ store }: TestDeps, actorId: string) =>
  store.read
    .select()
    .from(store.t.event)
    .where(eq(store.t.event.actorId, actorId))
    .orderBy(asc(store.t.event.id))

describeEachEngine('the log of a member of staff', (open) => {
  it('tells what they did and saw, of whom, masked, newest first', async () => {
    const { deps, reviewer, above, caseId } = await office(open)
    const { rows, next, continued } = await memberLog(deps, above, reviewer.id, wish)
    expect([next, continued]).toEqual([null, false])
    expect(rows.map(({ what, whom }) => [what, whom])).toEqual([
      ['查看完整证件号码', expect.stringMatching(/^欧阳\*\* \d{4}\*{10}\d{3}[\dX]$/)],
      ['领取', expect.stringMatching(/^欧阳\*\* /)],
    ])
    expect(rows[0]?.by).toMatch(/^江审核（staff-/)
    expect(rows[0]?.departments).toEqual(['广东省广州市天河区'])
    // The number is for everybody in the scope, the way in for who may review it.
    expect(rows[0]?.case).toEqual({ number: expect.stringMatching(/^C\d{16}$/), openId: null })
    const both: Staff = {
      ...above,
      grants: [...above.grants, { role: 'reviewer', departmentId: '440106', path: '440000/440100/440106' }],
    }
    expect((await memberLog(deps, both, reviewer.id, wish)).rows[0]?.case?.openId).toBe(caseId)
  })

  it('is narrowed to one kind of row, and to days of UTC+8', async () => {
    const { deps, reviewer, country } = await office(open)
    const kinds = async (what: (typeof auditWhats)[number]) =>
      (await memberLog(deps, country, reviewer.id, { ...wish, what })).rows.map((row) => row.what)
    expect(await kinds('full-number')).toEqual(['查看完整证件号码'])
    expect(await kinds('picture')).toEqual([])
    expect(await kinds('action')).toEqual(['领取'])
    const on = async (from: string, to: string) =>
      (await memberLog(deps, country, reviewer.id, { ...wish, period: { from, to } })).rows.length
    expect(await on('2026-11-21', '2026-11-21')).toBe(2)
    expect(await on('2026-11-20', '2026-11-20')).toBe(0)
    expect(await on('2026-11-22', '2026-11-30')).toBe(0)
  })

  it('tells nothing of people and cases outside the scope, but that there was something', async () => {
    const { deps, places, staff, reviewer, above, caseId } = await office(open)
    // Somebody who served in both.
    const { store } = deps
    await store.tx((q) =>
      q.insert(store.t.staffGrant).values({
        id: newId(deps.clock.now()),
        accountId: reviewer.id,
        role: 'reviewer',
        departmentId: places.xiangzhou,
        createdAt: deps.clock.now(),
      }),
    )
    const other = await submittedCase(
      deps,
      (await makeApplicant(deps, { name: '司马相如' })).actor,
      places.xiangzhou,
    )
    const grants: Grant[] = [
      ...reviewer.grants,
      { role: 'reviewer', departmentId: places.xiangzhou, path: '440000/440400/440402' },
    ]
    await reviewCase(deps, { ...reviewer, grants }, other, { full: true })
    const shown = (await memberLog(deps, above, reviewer.id, wish)).rows
    expect(shown.map(({ whom, case: of }) => [whom, of === null])).toEqual([
      ['审计范围以外的人员', true],
      [expect.stringContaining('欧阳**'), false],
      [expect.stringContaining('欧阳**'), false],
    ])
    const zhuhai = await staff('auditor', places.zhuhai)
    expect((await memberLog(deps, zhuhai, reviewer.id, wish)).rows.map(({ whom }) => whom)).toEqual([
      expect.stringContaining('司马**'),
      '审计范围以外的人员',
      '审计范围以外的人员',
    ])
    expect(caseId).not.toBe(other)
  })

  it('stays with the departments where an office was held, also when it has ended', async () => {
    const { deps, places, staff, reviewer, above, beside } = await office(open)
    const manager = await staff('manager', places.guangzhou)
    const { store } = deps
    const [grant] = await store.read
      .select()
      .from(store.t.staffGrant)
      .where(eq(store.t.staffGrant.accountId, reviewer.id))
    await endGrant(deps, manager, { accountId: reviewer.id, grantId: grant?.id ?? '' })
    expect((await auditedMember(deps, above, reviewer.id)).name).toBe('江审核')
    const names = async (actor: Staff, asked: Record<string, string> = {}) =>
      (await auditStaffList(deps, actor, asked)).rows.map(({ name }) => name)
    expect(await names(above)).toContain('江审核')
    expect(
      await names(above, { 'department.1': '440000', 'department.2': '440100', 'department.3': '440104' }),
    ).toEqual([])
    expect(
      await names(above, { 'department.1': '440000', 'department.2': '440100', 'department.3': '440106' }),
    ).toEqual(['江审核'])
    expect(await names(beside)).not.toContain('江审核')
    // A department outside the scope adds nothing to it.
    expect(await names(beside, { 'department.1': '440000', 'department.2': '440100' })).toEqual([])
  })

  it('is for nobody else, nor of anybody outside the scope', async () => {
    const { deps, places, staff, reviewer, person, beside, above, operator } = await office(open)
    const look = { accountId: reviewer.id, kind: 'staff', what: 'all', ...period } as const
    const others = [
      await staff('reviewer', places.guangzhou),
      await staff('manager', places.guangzhou),
      await staff('viewer', places.guangzhou),
      beside,
    ]
    for (const actor of others) {
      expect(await outcomeOf(viewAudit(deps, actor, look))).toEqual(hidden)
      expect(await outcomeOf(memberLog(deps, actor, reviewer.id, wish))).toEqual(hidden)
      expect(await outcomeOf(auditedMember(deps, actor, reviewer.id))).toEqual(hidden)
      expect(await eventsBy(deps, actor.id)).toEqual([])
    }
    for (const actor of others.slice(0, 3)) {
      expect(await outcomeOf(auditStaffList(deps, actor, {}))).toEqual(hidden)
      expect(await outcomeOf(chainView(deps, actor))).toEqual(hidden)
      expect(await outcomeOf(auditedLogin(deps, actor, 'x'))).toEqual(hidden)
      expect(await outcomeOf(searchAudit(deps, actor, '欧阳明月'))).toEqual(hidden)
      expect(await outcomeOf(auditedPersons(deps, actor, [person]))).toEqual(hidden)
    }
    // An applicant is no member of staff, and the other way round.
    expect(await outcomeOf(memberLog(deps, above, person, wish))).toEqual(hidden)
    expect(await outcomeOf(personLog(deps, above, reviewer.id, wish))).toEqual(hidden)
    expect(await outcomeOf(viewAudit(deps, above, { ...look, accountId: person }))).toEqual(hidden)
    // Operators stand beside the tree: who audits a part of it does not see them.
    expect(await outcomeOf(auditedMember(deps, above, operator.id))).toEqual(hidden)
  })

  it('leaves a line about who looked at whose', async () => {
    const { deps, reviewer, above } = await office(open)
    await viewAudit(deps, above, { accountId: reviewer.id, kind: 'staff', what: 'picture', ...period })
    expect(await eventsBy(deps, above.id)).toMatchObject([
      {
        kind: 'audit.viewed',
        personId: reviewer.id,
        data: { of: 'staff', what: 'picture', from: '2026-11-01', to: '2026-11-30' },
      },
    ])
  })

  it('is found by a login in the scope', async () => {
    const { deps, reviewer, above, beside } = await office(open)
    const { login } = await auditedMember(deps, above, reviewer.id)
    expect(await auditedLogin(deps, above, ` ${login.toUpperCase()} `)).toBe(reviewer.id)
    expect(await auditedLogin(deps, beside, login)).toBeNull()
    expect(await auditedLogin(deps, above, 'nobody-at-all')).toBeNull()
  })
})

describeEachEngine('who saw a person', (open) => {
  it('is found by name or number, in the scope alone, and the search is logged without the person', async () => {
    const { deps, applicant, person, above, beside, country, operator } = await office(open)
    for (const text of ['欧阳明月', applicant.number, ` ${applicant.number.toLowerCase()} `])
      for (const actor of [above, country, operator])
        expect(await searchAudit(deps, actor, text)).toEqual({ ids: [person], more: false })
    for (const text of ['欧阳明月', applicant.number])
      expect(await searchAudit(deps, beside, text)).toEqual({ ids: [], more: false })
    expect(await searchAudit(deps, above, '欧阳')).toEqual({ ids: [], more: false })
    const logged = await eventsBy(deps, beside.id)
    expect(logged.map(({ kind, data, personId }) => [kind, data, personId])).toEqual([
      ['audit.searched', { found: 0 }, null],
      ['audit.searched', { found: 0 }, null],
    ])
  })

  it('does not reach people who have sent nothing, but for who audits the country', async () => {
    const { deps, above, country } = await office(open)
    const { actor, number } = await makeApplicant(deps)
    await openDraft(deps, actor, 'collection')
    expect((await searchAudit(deps, above, number)).ids).toEqual([])
    expect((await searchAudit(deps, country, number)).ids).toEqual([actor.id])
    expect(await auditedPersons(deps, above, [actor.id])).toEqual([])
  })

  it('names who looked and who worked on it, wherever they belong, and not the person’s own steps', async () => {
    const { deps, person, above, beside, operator } = await office(open)
    const { rows } = await personLog(deps, above, person, wish)
    expect(rows.map(({ what, by, departments }) => [what, by.slice(0, 3), departments])).toEqual([
      ['查看完整证件号码', '江审核', ['广东省广州市天河区']],
      ['领取', '江审核', ['广东省广州市天河区']],
    ])
    await viewAudit(deps, operator, { accountId: person, kind: 'applicant', what: 'all', ...period })
    const again = (await personLog(deps, above, person, wish)).rows
    expect(again.map(({ what, departments }) => [what, departments])).toContainEqual([
      '查看审计日志',
      ['全国'],
    ])
    expect(await outcomeOf(personLog(deps, beside, person, wish))).toEqual(hidden)
    expect(await auditedPersons(deps, above, [person])).toEqual([
      { id: person, name: '欧阳**', number: expect.stringMatching(/^\d{4}\*{10}/) },
    ])
  })
})

describeEachEngine('pages of the logs', (open) => {
  const now = new Date('2026-11-23T02:00:00Z')
  const whole: AuditFilter = {
    of: { actorId: 'actor' },
    from: new Date(now.getTime() - 1000),
    to: new Date(now.getTime() + 1000),
    what: 'all',
  }
  const draws = fc.record({
    log: fc.constantFrom('event' as const, 'access' as const),
    /** Many at one moment, so that ids decide. */
    at: fc.integer({ min: -3, max: 3 }),
    actor: fc.constantFrom('actor', 'other'),
    person: fc.constantFrom('actor', 'person', 'stranger'),
    what: fc.constantFrom('picture' as const, 'full-number' as const),
  })

  it('joined over their cursors are all of it in order, whatever is asked for', async () => {
    const { store } = testDeps(await open(), { now })
    const { t, read } = store
    await fc.assert(
      fc.asyncProperty(
        fc.array(draws, { maxLength: 40 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(...auditWhats),
        fc.boolean(),
        async (drawn, limit, what, ofPerson) => {
          const rows = drawn.map((draw): AuditRow => {
            const at = new Date(now.getTime() + draw.at)
            return {
              id: newId(at),
              log: draw.log,
              at,
              what: draw.log === 'event' ? 'test.done' : draw.what,
              actorId: draw.actor,
              personId: draw.person,
              caseId: null,
            }
          })
          await store.tx(async (q) => {
            for (const table of [t.event, t.accessLog, t.auditPending]) await q.delete(table)
            for (const { id, log, at, what: kind, actorId, personId } of rows)
              if (log === 'event')
                await record(q, t, { id, kind, actorId: actorId ?? '', personId: personId ?? '', at })
              else
                await recordAccess(q, t, {
                  id,
                  actorId: actorId ?? '',
                  personId: personId ?? '',
                  caseId: null,
                  what: kind === 'picture' ? kind : 'full-number',
                  subject: 'x',
                  at,
                })
          })
          const from = new Date(now.getTime() - 2)
          const to = new Date(now.getTime() + 3)
          const filter: AuditFilter = {
            of: ofPerson ? { personId: 'person' } : { actorId: 'actor' },
            from,
            to,
            what,
          }
          const wanted = rows
            .filter((row) => (ofPerson ? row.personId === 'person' : row.actorId === 'actor'))
            .filter(({ at }) => at >= from && at < to)
            .filter((row) => what === 'all' || (what === 'action' ? row.log === 'event' : row.what === what))
            .map(({ id }) => id)
            .sort()
            .reverse()
          const seen: string[] = []
          let after: AuditCursor | null = null
          for (;;) {
            const page: AuditRow[] = await auditPage(read, t, filter, { after, limit })
            seen.push(...page.map(({ id }) => id))
            const last = page.at(-1)
            if (!last || page.length < limit) break
            after = cursorAt(last)
          }
          expect(seen).toEqual(wanted)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('come whole to an export, with everything it writes', async () => {
    const { deps, reviewer, above, caseId } = await office(open)
    const { store, keys } = deps
    const scope = ['440000/440100']
    const filter = auditFilter({ actorId: reviewer.id }, period, 'all')
    const pages = []
    for await (const page of auditLinePages(store.read, store.t, keys, { filter, paths: scope, size: 1 }))
      pages.push(page)
    expect(pages.map((page) => page.length)).toEqual([1, 1])
    expect(pages.flat()).toMatchObject([
      {
        log: 'access',
        what: 'full-number',
        actor: { name: '江审核', departments: ['广东省广州市天河区'] },
        concerned: { kind: 'applicant', name: '欧阳明月' },
        case: { id: caseId },
      },
      { log: 'event', what: 'case.claimed' },
    ])
    expect(above.grants[0]?.path).toBe(scope[0])
  })

  it('read an index in its order', async () => {
    const { store } = testDeps(await open(), { now })
    const { read, t } = store
    await store.tx(async (q) => {
      for (let n = 0; n < 10; n += 1) {
        const many = Array.from({ length: 200 }, (_, index) => {
          const at = new Date(now.getTime() - index * 60_000 - n)
          return { id: newId(at), actorId: `actor-${index % 50}`, personId: `person-${index % 70}`, at }
        })
        await q.insert(t.event).values(many.map((row) => ({ ...row, kind: 'test.done', data: {} })))
        await q
          .insert(t.accessLog)
          .values(many.map((row) => ({ ...row, what: 'picture' as const, subject: 'x', caseId: null })))
      }
    })
    const plans = await planner(open, store)
    try {
      for (const of of [{ actorId: 'actor-7' }, { personId: 'person-7' }])
        for (const what of auditWhats)
          for (const after of [null, { at: now, id: newId(now) }]) {
            const { events, looks } = auditStreams(read, t, { ...whole, of, what }, { after, limit: 51 })
            const by = 'actorId' in of ? 'actor' : 'person'
            for (const [stream, index] of [
              [events, `event_${by}`],
              [looks, `access_log_${by}`],
            ] as const) {
              if (!stream) continue
              const plan = await plans.of(stream.toSQL())
              expect(plan).toContain(index)
              expect(plan).not.toMatch(/SCAN (event|access_log)|Seq Scan/)
              // Looks of one millisecond are put into the order of their ids; nothing else is sorted.
              expect(
                plan.replace('USE TEMP B-TREE FOR LAST TERM OF ORDER BY', '').replace('Incremental Sort', ''),
              ).not.toMatch(/TEMP B-TREE|Sort(?! Key)/)
            }
          }
    } finally {
      await plans.end()
    }
  })
})
