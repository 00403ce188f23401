/** 继续教育名单 (CRE-1): checked line by line, confirmed once, entered once. */
import { and, eq, inArray } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { grantsOf } from '#db/queries/accounts.ts'
import { checkRoster } from '#lib/commands/check-roster.ts'
import { confirmRoster } from '#lib/commands/confirm-roster.ts'
import { dropRoster } from '#lib/commands/drop-roster.ts'
import { enterRoster } from '#lib/commands/enter-roster.ts'
import { takeLeave } from '#lib/commands/take-leave.ts'
import { takeRosterTurn } from '#lib/commands/take-roster-turn.ts'
import type { Actor, Staff } from '#lib/domain/actor.ts'
import { newId } from '#lib/ids.ts'
import { runJobs } from '#lib/jobs/run-jobs.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { messageText } from '#lib/text/messages.ts'
import { placeOfMessage } from '#lib/views/messages.ts'
import { rosterList, rosterView } from '#lib/views/rosters.ts'
import {
  type MadeApplicant,
  makeApplicant,
  makeStaff,
  newMainlandNumber,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { onRecord } from '#tests/support/exports.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const headings = '证件号码,姓名,学分形式,名称,数量,完成时间,科目'
type Who = Pick<MadeApplicant, 'number' | 'name'>
const line = ({ number, name }: Who, what = '面授培训,会计准则培训班,2,2026-09,专业科目') =>
  `${number},${name},${what}`
const file = (...lines: string[]) =>
  (async function* () {
    yield [headings, ...lines].join('\r\n')
  })()

async function office(open: Open, env: Record<string, string> = {}) {
  const deps = testDeps(await open(), { env })
  const places = await seedDepartments(deps)
  const staff = async (role: Parameters<typeof makeStaff>[1]['role'], departmentId: string | null) =>
    (await makeStaff(deps, { role, departmentId })).actor
  const reviewer = await staff('reviewer', places.tianhe)
  const check = (lines: string[], actor: Actor = reviewer, departmentId: string = places.tianhe) =>
    checkRoster(deps, actor, { departmentId, text: file(...lines) })
  return { deps, places, staff, reviewer, check }
}

const { entries, rosterRow, messages, events } = {
  entries: async ({ store: { read, t } }: TestDeps) => read.select().from(t.creditEntry),
  rosterRow: async ({ store: { read, t } }: TestDeps, id: string) =>
    (await read.select().from(t.roster).where(eq(t.roster.id, id)))[0],
  messages: async ({ store: { read, t } }: TestDeps) =>
    read.select().from(t.message).where(eq(t.message.kind, 'credits-entered')),
  events: async ({ store: { read, t } }: TestDeps, ...kinds: string[]) =>
    read.select().from(t.event).where(inArray(t.event.kind, kinds)).orderBy(t.event.id),
}
const work = async (deps: TestDeps) => {
  for (let turns = 0; turns < 20 && (await runJobs(deps, 'test', 50)) > 0; turns += 1);
}
const move = (deps: TestDeps, personId: string, departmentId: string) =>
  deps.store.tx((q) =>
    q.update(deps.store.t.person).set({ departmentId }).where(eq(deps.store.t.person.id, personId)),
  )
/** As another list or a claim of their own has entered it. */
const enterAlready = (deps: TestDeps, personId: string, departmentId: string, title: string) =>
  deps.store.tx((q) =>
    q.insert(deps.store.t.creditEntry).values({
      id: newId(deps.clock.now()),
      personId,
      year: 2026,
      form: 'face_to_face',
      title,
      quantity: 2,
      credits: 20,
      subject: 'any',
      obtained: '2026-09',
      departmentId,
      at: deps.clock.now(),
    }),
  )

describeEachEngine('checking a list', (open) => {
  it('names each bad line by number, column and reason, and enters nothing', async () => {
    const { deps, places, check } = await office(open)
    const number = newMainlandNumber()
    const { actor: selfish } = await makeStaff(deps, {
      role: 'manager',
      departmentId: places.guangzhou,
      number,
    })
    const own = await onRecord(deps, places.tianhe, { number, name: '自己' })
    const [good, beneath, counted, away] = [
      await onRecord(deps, places.tianhe, { name: '欧阳·娜娜' }),
      await onRecord(deps, places.yuexiu, { name: '王五' }),
      await onRecord(deps, places.tianhe, { name: '赵六' }),
      await onRecord(deps, places.xiangzhou, { name: '钱七' }),
    ]
    const registered = await makeApplicant(deps, { name: '孙八' })
    await enterAlready(deps, counted.actor.id, places.tianhe, '会计准则 培训班')
    const id = await check(
      [
        line({ number: good.number, name: '欧阳•娜娜' }),
        line({ number: newMainlandNumber(), name: '无名' }),
        line({ number: beneath.number, name: '王武' }),
        line(away),
        line({ number: away.number, name: '别人' }),
        line(registered),
        line(counted),
        line(good),
        line(good, '面授培训,会计准则培训班（第二期）,2,2026-09,'),
        line(beneath, '面授培训,班,2,2026-09,'),
        line(own),
        line(beneath),
      ],
      selfish,
      places.guangzhou,
    )
    const view = await rosterView(deps, selfish, id)
    expect(view).toMatchObject({
      standing: 'checked',
      department: '广东省广州市',
      lines: 12,
      good: 3,
      entered: 0,
      until: '2026-12-20',
    })
    expect(view.faults).toEqual([
      { line: 3, column: 'number', why: 'unknown' },
      { line: 4, column: 'name', why: 'name-differs' },
      { line: 5, column: 'number', why: 'not-here' },
      // Whoever knows a number alone learns nothing of who has it elsewhere.
      { line: 6, column: 'number', why: 'unknown' },
      { line: 7, column: 'number', why: 'unknown' },
      { line: 8, column: 'title', why: 'counted' },
      { line: 9, column: null, why: 'twice' },
      { line: 11, column: 'title', why: 'too-short', limit: 2 },
      { line: 12, column: 'number', why: 'own' },
    ])
    expect(await entries(deps)).toHaveLength(1)
    const [logged] = await events(deps, 'roster.checked')
    expect(logged).toMatchObject({ actorId: selfish.id, personId: null })
    expect(logged?.data).toEqual({ roster: id, department: places.guangzhou, lines: 12, good: 3 })
    // At rest nobody of it can be read, and of bad lines nothing is there at all.
    const row = await rosterRow(deps, id)
    expect(row?.linesSealed).not.toContain(good.number)
    const kept = deps.keys.unseal(row?.linesSealed ?? '', `roster:${id}:lines`)
    expect(kept).toContain(good.number)
    for (const name of ['无名', '别人', '孙八', '自己']) expect(kept).not.toContain(name)
  })

  it('finds people by any document they keep, whose names are written a little otherwise', async () => {
    const { deps, places, check, reviewer } = await office(open)
    const permit = await onRecord(deps, places.tianhe, {
      idType: 'hkmo_permit',
      number: 'H1234567800',
      name: 'ＣＨＡＮ TAI MAN',
    })
    const passport = await onRecord(deps, places.tianhe, {
      idType: 'foreign_passport',
      nationality: 'FRA',
      number: 'AB12345',
      name: 'Jean Dupont',
    })
    const id = await check([
      // The permit was renewed: its last two digits count the renewals.
      line({ number: 'H1234567801', name: 'Chan Tai Man' }),
      line({ number: ` ${passport.number.toLowerCase()}`, name: 'jean  dupont' }),
      line(permit, '网络培训,电子凭证,5,2026-01,公需科目'),
    ])
    expect(await rosterView(deps, reviewer, id)).toMatchObject({ good: 3, faults: [] })
  })

  it('is refused as a whole where it cannot be read, and takes a turn of the day each time', async () => {
    const { deps, places, reviewer, check } = await office(open, { LIMITS_ROSTERS_PER_DAY: '2' })
    expect(await outcomeOf(check([]))).toEqual(['refused', 'roster-empty'])
    const broken = checkRoster(deps, reviewer, {
      departmentId: places.tianhe,
      text: (async function* () {
        yield 'PK\u0003\u0004'
      })(),
    })
    expect(await outcomeOf(broken)).toEqual(['refused', 'roster-headings'])
    const turn = () => outcomeOf(takeRosterTurn(deps, reviewer, { departmentId: places.tianhe }))
    expect([await turn(), await turn(), await turn()]).toEqual([
      ['done'],
      ['done'],
      ['refused', 'rosters-per-day'],
    ])
    deps.clock.advance(24 * 3_600_000 + 1)
    expect(await turn()).toEqual(['done'])
  })
})

describeEachEngine('a list that is confirmed', (open) => {
  it('is entered once, however often it is pressed, and tells each person once', async () => {
    const { deps, places, staff, check, reviewer } = await office(open)
    await deps.store.tx((q) =>
      q.insert(deps.store.t.province).values({
        departmentId: places.guangdong,
        transferInside: 'target',
        transferOutside: 'both',
        creditsTotal: 90,
        creditsProfessional: 60,
        creditsOnline: 3,
      }),
    )
    const [one, other] = [
      await onRecord(deps, places.tianhe, { name: '王五' }),
      await onRecord(deps, places.tianhe, { name: '赵六' }),
    ]
    const id = await check([
      line(one),
      line(other, '网络培训,电子凭证,5,2025-12,公需科目'),
      line(one, '参加会计类专业会议,年会,1,2026-03,'),
      line({ number: one.number, name: '别人' }),
    ])
    deps.clock.advance(1000)
    const manager = await staff('manager', places.guangdong)
    const confirm = (actor: Staff) => outcomeOf(confirmRoster(deps, actor, { rosterId: id }))
    expect(await Promise.all([confirm(manager), confirm(manager), confirm(manager)])).toEqual([
      ['done'],
      ['done'],
      ['done'],
    ])
    expect(await rosterView(deps, reviewer, id)).toMatchObject({ standing: 'entering', good: 3, entered: 0 })
    expect(await entries(deps)).toEqual([])
    // Ids of the log sort by their millisecond.
    deps.clock.advance(1000)
    await work(deps)
    expect(await confirm(reviewer)).toEqual(['done'])
    await work(deps)

    const made = (await entries(deps)).map(({ id: _, ...entry }) => entry)
    const common = { rosterId: id, caseId: null, departmentId: places.tianhe, at: deps.clock.now() }
    expect(made).toHaveLength(3)
    expect(made).toEqual(
      expect.arrayContaining([
        {
          ...common,
          personId: one.actor.id,
          year: 2026,
          form: 'face_to_face',
          title: '会计准则培训班',
          quantity: 2,
          credits: 20,
          subject: 'professional',
          obtained: '2026-09',
        },
        {
          ...common,
          personId: one.actor.id,
          year: 2026,
          form: 'conference',
          title: '年会',
          quantity: 1,
          credits: 10,
          subject: 'any',
          obtained: '2026-03',
        },
        {
          ...common,
          personId: other.actor.id,
          year: 2025,
          form: 'online_course',
          title: '电子凭证',
          quantity: 5,
          credits: 15,
          subject: 'public',
          obtained: '2025-12',
        },
      ]),
    )
    expect(await rosterRow(deps, id)).toMatchObject({ state: 'entered', entered: 3, linesSealed: '' })
    expect(await rosterView(deps, reviewer, id)).toMatchObject({
      standing: 'entered',
      lines: 4,
      entered: 3,
      faults: [],
    })
    const told = await messages(deps)
    expect(told.map(({ accountId }) => accountId).sort()).toEqual([one.actor.id, other.actor.id].sort())
    const own = told.find(({ accountId }) => accountId === one.actor.id)
    expect(own?.data).toEqual({ place: 'credits', department: '广东省广州市天河区', entries: 2, credits: 30 })
    expect(messageText(own?.kind ?? '', own?.data ?? {}).text).toContain('登记了 2 项继续教育，共 30 学分')
    expect(own && placeOfMessage(own)).toBe('/education-credits')
    const logged = await events(deps, 'credits.entered')
    expect(logged.map(({ actorId, personId }) => [actorId, personId]).sort()).toEqual(
      [
        [manager.id, one.actor.id],
        [manager.id, other.actor.id],
      ].sort(),
    )
    expect(
      (await events(deps, 'roster.confirmed', 'roster.entered')).map(({ kind, data }) => [kind, data]),
    ).toEqual([
      ['roster.confirmed', { roster: id, department: places.tianhe, good: 3 }],
      ['roster.entered', { roster: id, department: places.tianhe, entered: 3 }],
    ])
  })

  it('is judged once more as it is entered', async () => {
    const { deps, places, staff, check, reviewer } = await office(open)
    const [moved, counted, renamed, still] = [
      await onRecord(deps, places.tianhe, { name: '王五' }),
      await onRecord(deps, places.tianhe, { name: '赵六' }),
      await onRecord(deps, places.tianhe, { name: '钱七' }),
      await onRecord(deps, places.tianhe, { name: '孙八' }),
    ]
    const number = newMainlandNumber()
    const { actor: themselves } = await makeStaff(deps, {
      role: 'reviewer',
      departmentId: places.tianhe,
      number,
    })
    const self = await onRecord(deps, places.tianhe, { number, name: '自己' })
    const id = await check([moved, counted, renamed, still, self].map((who) => line(who)))
    expect((await rosterView(deps, reviewer, id)).good).toBe(5)
    await move(deps, moved.actor.id, places.yuexiu)
    await enterAlready(deps, counted.actor.id, places.tianhe, '会计准则培训班')
    const { t } = deps.store
    await deps.store.tx((q) =>
      q.update(t.account).set({ status: 'closed' }).where(eq(t.account.id, renamed.actor.id)),
    )
    // Somebody else checked it; who confirms it stands in it.
    await confirmRoster(deps, themselves, { rosterId: id })
    await work(deps)
    expect(await rosterRow(deps, id)).toMatchObject({
      state: 'entered',
      lines: 5,
      entered: 1,
      linesSealed: '',
    })
    expect(
      (await entries(deps)).filter(({ rosterId }) => rosterId === id).map((one) => one.personId),
    ).toEqual([still.actor.id])
    expect(await messages(deps)).toHaveLength(1)
    const again = await check([line(self)], await staff('reviewer', places.tianhe))
    await confirmRoster(deps, reviewer, { rosterId: again })
    await work(deps)
    expect(await rosterRow(deps, again)).toMatchObject({ state: 'entered', entered: 1 })
  })

  it('goes on where a worker died, and no two workers enter the same', async () => {
    const { deps, places, check, reviewer } = await office(open)
    const people: MadeApplicant[] = []
    for (let n = 0; n < 53; n += 1) people.push(await onRecord(deps, places.tianhe, { name: `王${n}` }))
    const [first, second] = people
    if (!first || !second) throw new Error('there are people')
    const id = await check([
      ...people.map((who) => line(who)),
      // After all others, and told with their first line.
      line(first, '网络培训,电子凭证,5,2026-08,'),
    ])
    await confirmRoster(deps, reviewer, { rosterId: id })
    const run = (over: TestDeps = deps) => enterRoster(over, { rosterId: id, by: reviewer.id })
    const dying: TestDeps = {
      ...deps,
      store: {
        ...deps.store,
        tx: (fn, how) =>
          deps.store.tx(async (q) => {
            await fn(q)
            throw new Error('killed')
          }, how),
      },
    }
    await expect(run(dying)).rejects.toThrow('killed')
    expect(await entries(deps)).toEqual([])
    expect(await rosterRow(deps, id)).toMatchObject({ state: 'checked', entered: 0 })
    // A worker takes the job and is never heard of again.
    const { t } = deps.store
    await deps.store.tx((q) =>
      q
        .update(t.job)
        .set({ worker: 'dead', leaseUntil: new Date(deps.clock.now().getTime() + 20_000) })
        .where(eq(t.job.kind, 'enter-roster')),
    )
    expect(await runJobs(deps, 'test', 50)).toBe(0)
    expect(await run()).toBe(51)
    expect(await rosterView(deps, reviewer, id)).toMatchObject({ standing: 'entering', good: 3, entered: 51 })
    expect((await Promise.all([run(), run(), run()])).sort()).toEqual([0, 0, 3])
    deps.clock.advance(21_000)
    await work(deps)
    expect(await entries(deps)).toHaveLength(54)
    expect(await messages(deps)).toHaveLength(53)
    expect(await rosterRow(deps, id)).toMatchObject({ state: 'entered', entered: 54, linesSealed: '' })
    expect(await events(deps, 'roster.entered')).toHaveLength(1)
    const undone = await deps.store.read
      .select()
      .from(t.job)
      .where(and(eq(t.job.kind, 'enter-roster')))
    expect(undone.filter(({ doneAt }) => doneAt === null)).toEqual([])
  })
})

describeEachEngine('who may do what to a list', (open) => {
  it('is nobody outside its subtree, and nobody who does not review or manage', async () => {
    const { deps, places, staff, check, reviewer } = await office(open)
    const person = await onRecord(deps, places.tianhe)
    const id = await check([line(person)])
    const strangers: Record<string, Actor> = {
      beside: await staff('reviewer', places.yuexiu),
      'of another city': await staff('manager', places.zhuhai),
      'the city’s own office': await staff('reviewer', places.guangzhouOwn),
      viewer: await staff('viewer', places.tianhe),
      auditor: await staff('auditor', places.tianhe),
      operator: await staff('operator', null),
      'without an office': { ...reviewer, id: (await staff('viewer', places.tianhe)).id },
      applicant: person.actor,
    }
    const { t } = deps.store
    const suspended = await staff('reviewer', places.tianhe)
    await deps.store.tx((q) =>
      q.update(t.account).set({ status: 'suspended' }).where(eq(t.account.id, suspended.id)),
    )
    for (const [who, actor] of Object.entries({ ...strangers, suspended })) {
      const isOut = who !== 'suspended' && who !== 'without an office'
      const attempts = {
        check: () => check([line(person)], actor),
        confirm: () => confirmRoster(deps, actor, { rosterId: id }),
        drop: () => dropRoster(deps, actor, { rosterId: id }),
        ...(isOut ? { turn: () => takeRosterTurn(deps, actor, { departmentId: places.tianhe }) } : {}),
        ...(isOut && actor.kind === 'staff' ? { see: () => rosterView(deps, actor, id) } : {}),
      }
      for (const [what, attempt] of Object.entries(attempts))
        expect([who, what, ...(await outcomeOf(attempt()))]).toEqual([who, what, 'not-found'])
    }
    for (const nothing of ['no-such-list', ''])
      expect(await outcomeOf(confirmRoster(deps, reviewer, { rosterId: nothing }))).toEqual(['not-found'])
    expect(await outcomeOf(takeRosterTurn(deps, reviewer, { departmentId: 'nowhere' }))).toEqual([
      'not-found',
    ])
    // Nor above one's own office.
    expect(await outcomeOf(check([line(person)], reviewer, places.guangzhou))).toEqual(['not-found'])
    expect(await rosterRow(deps, id)).toMatchObject({ state: 'checked', version: 1, endedAt: null })

    const city = await staff('manager', places.guangzhou)
    expect((await rosterList(deps, city, { after: '', department: '' })).rows).toMatchObject([
      { id, department: '广东省广州市天河区', by: '李审核', lines: 1, entered: 0, standing: 'checked' },
    ])
    const beside = await staff('reviewer', places.yuexiu)
    expect((await rosterList(deps, beside, { after: '', department: places.tianhe })).rows).toEqual([])
    expect(
      await outcomeOf(
        rosterList(deps, await staff('viewer', places.guangdong), { after: '', department: '' }),
      ),
    ).toEqual(['not-found'])
  })

  it('ends once: dropped or confirmed, by who is at work, with something to enter', async () => {
    const { deps, places, staff, check, reviewer } = await office(open)
    const person = await onRecord(deps, places.tianhe)
    const [one, other, bad] = [
      await check([line(person)]),
      await check([line(person)]),
      await check([line({ ...person, name: '别人' })]),
    ]
    const of = { rosterId: one }
    await dropRoster(deps, reviewer, of)
    await dropRoster(deps, reviewer, of)
    expect(await rosterRow(deps, one)).toMatchObject({ state: 'dropped', linesSealed: '', entered: 0 })
    expect(await events(deps, 'roster.dropped')).toHaveLength(1)
    expect(await outcomeOf(confirmRoster(deps, reviewer, of))).toEqual(['refused', 'roster-over'])
    expect(await outcomeOf(confirmRoster(deps, reviewer, { rosterId: bad }))).toEqual([
      'refused',
      'roster-nothing',
    ])
    // A deputy does it for who is on leave.
    const deputy = await makeStaff(deps, { role: 'reviewer', departmentId: places.yuexiu })
    const typed = { leaveUntil: '2026-11-30', deputyLogin: deputy.login }
    await takeLeave(deps, reviewer, { accountId: reviewer.id, typed })
    // As a session reads them.
    const grants = await grantsOf(deps.store.read, deps.store.t, deputy.actor.id, deps.clock.now())
    const standing = { ...deputy.actor, grants }
    expect(await outcomeOf(confirmRoster(deps, reviewer, { rosterId: other }))).toEqual([
      'refused',
      'on-leave',
    ])
    expect(await outcomeOf(confirmRoster(deps, standing, { rosterId: other }))).toEqual(['done'])
    expect(await outcomeOf(dropRoster(deps, standing, { rosterId: other }))).toEqual([
      'refused',
      'roster-over',
    ])
    const two = await check(
      [line(person, '面授培训,第二期,1,2026-09,')],
      await staff('manager', places.tianhe),
    )
    const both = await Promise.all([
      outcomeOf(confirmRoster(deps, standing, { rosterId: two })),
      outcomeOf(dropRoster(deps, await staff('manager', places.tianhe), { rosterId: two })),
    ])
    expect(both.map(([answer]) => answer).sort()).toEqual(['done', 'refused'])
  })

  it('is the sweep after thirty days, but for what was confirmed', async () => {
    const { deps, places, check, reviewer } = await office(open)
    const person = await onRecord(deps, places.tianhe)
    const [left, confirmed] = [await check([line(person)]), await check([line(person)])]
    await confirmRoster(deps, reviewer, { rosterId: confirmed })
    deps.clock.advance(30 * 24 * 3_600_000 - 1000)
    await sweep(deps)
    expect(await rosterRow(deps, left)).toMatchObject({ state: 'checked' })
    const young = await check([line(person)])
    deps.clock.advance(2000)
    await sweep(deps)
    expect(await rosterRow(deps, left)).toMatchObject({ state: 'dropped', linesSealed: '' })
    expect((await rosterRow(deps, young))?.state).toBe('checked')
    expect(await events(deps, 'roster.expired')).toMatchObject([{ actorId: null }])
    await work(deps)
    expect(await rosterRow(deps, confirmed)).toMatchObject({ state: 'entered', entered: 1 })
  })
})
