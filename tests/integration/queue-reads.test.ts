import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keptCounts, keptQuery } from '#db/queries/queue-kept.ts'
import {
  type Cursor,
  casesOfPeopleQuery,
  countCap,
  countsQuery,
  heldQuery,
  type QueueScope,
  type QueueTab,
  queueCounts,
  queuePage,
  queueStreams,
  queueTabs,
  wholeTabQueries,
} from '#db/queries/review.ts'
import type { Store } from '#db/store.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { addFigures, addUp } from '#lib/commands/support/figures.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { caseStates } from '#lib/domain/case-states.ts'
import { caseMeasures, changesBetween, countsOfCase } from '#lib/domain/figures.ts'
import { newId } from '#lib/ids.ts'
import { reviewQueue } from '#lib/views/review-queue.ts'
import { submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, testDeps } from '#tests/support/deps.ts'
import { planner } from '#tests/support/plans.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const now = new Date('2026-11-23T02:00:00Z')
const [today, soon] = ['2026-11-23', '2026-11-24']
const minute = 60_000

type CaseRow = Store['t']['serviceCase']['$inferInsert']

/** An office of `count` departments with one person and one reviewer. */
async function office(open: Open, count: number) {
  const deps = testDeps(await open(), { now })
  const places = await seedDepartments(deps)
  const { store } = deps
  const departments: string[] = [places.tianhe, places.yuexiu]
  await store.tx(async (q) => {
    for (let n = departments.length; n < count; n += 1) {
      const id = `extra-${n}`
      await q.insert(store.t.department).values({
        id,
        parentId: places.guangdong,
        path: `${places.guangdong}/${id}`,
        name: id,
        fullName: id,
        level: 2,
        kind: 'county',
        active: true,
        sort: n,
        createdAt: now,
      })
      departments.push(id)
    }
  })
  const person = (await makeApplicant(deps)).actor.id
  const me = (await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })).actor.id
  const other = (await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })).actor.id
  const scopeOf = (size: number): QueueScope => ({
    actorId: me,
    departments: departments.slice(0, size),
    now,
    today,
    soon,
  })
  return { deps, store, departments, person, me, other, scopeOf, places }
}

const states = caseStates.filter((state) => state !== 'draft')
const draws = fc.record({
  place: fc.nat(9),
  state: fc.constantFrom(...states),
  /** Many at one moment, so that ids decide. */
  submitted: fc.nat(6),
  due: fc.constantFrom('', '2026-11-20', '2026-11-22', today, soon, '2026-12-01'),
  holder: fc.constantFrom('nobody', 'me', 'other'),
  lease: fc.constantFrom(-1, 0, 1),
  kind: fc.constantFrom('collection' as const, 'identity' as const, 'penalty' as const),
})

/** What the figures are told of a new case. */
const changesOf = ({ kind, state, sentTo = null, dueOn = '' }: CaseRow) =>
  changesBetween(
    { at: null, counts: [] },
    { at: sentTo, counts: countsOfCase({ kind, state, sentTo, dueOn }) },
  )

/** What a tab holds, in its order, said once more without the database. */
function wholeTab(
  rows: readonly CaseRow[],
  tab: QueueTab,
  { actorId, departments, own = [] }: QueueScope,
  kind?: CaseRow['kind'],
): string[] {
  // What the office files about somebody is not there for them before it took effect (AWD-1).
  const isKept = (row: CaseRow) =>
    own.includes(row.personId) && row.kind === 'penalty' && row.state !== 'approved'
  const lapsed = ({ claimedUntil }: CaseRow) => claimedUntil != null && claimedUntil <= now
  const open = ({ state }: CaseRow) => state === 'waiting' || state === 'in_review'
  const due = ({ dueOn }: CaseRow) => dueOn ?? ''
  const holds: Record<QueueTab, (row: CaseRow) => boolean> = {
    free: (row) => row.state === 'waiting' || (row.state === 'in_review' && lapsed(row)),
    mine: (row) => row.state === 'in_review' && row.claimedBy === actorId,
    soon: (row) => open(row) && due(row) >= today && due(row) <= soon,
    overdue: (row) => open(row) && due(row) !== '' && due(row) < today,
    returned: (row) => row.state === 'returned',
    decided: (row) => row.state === 'approved' || row.state === 'refused',
  }
  const key = (row: CaseRow) =>
    tab === 'soon' || tab === 'overdue' ? due(row) : String(row.submittedAt?.getTime())
  const sorted = rows
    .filter((row) => departments.includes(row.sentTo ?? '') && holds[tab](row) && !isKept(row))
    .filter((row) => kind === undefined || row.kind === kind)
    .toSorted((a, b) => (`${key(a)}${a.id}` < `${key(b)}${b.id}` ? -1 : 1))
    .map(({ id }) => id)
  return tab === 'returned' || tab === 'decided' ? sorted.reverse() : sorted
}

describeEachEngine('pages of the queue', (open) => {
  it('joined over their cursors are the whole tab in order, and the counts count it', async () => {
    const { deps, store, departments, person, me, other, scopeOf, places } = await office(open, 10)
    const { read, t } = store
    const { tianhe, guangdong } = places
    await fc.assert(
      fc.asyncProperty(
        fc.array(draws, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(1, 5, 10),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom(undefined, 'collection' as const),
        fc.boolean(),
        // Of what is kept, so many cases are added up; the rest waits for it.
        fc.option(fc.nat(60), { nil: undefined }),
        async (drawn, size, limit, kind, isOwn, added) => {
          const rows = drawn.map((draw): CaseRow => {
            const holder = draw.state !== 'in_review' || draw.holder === 'nobody' ? null : draw.holder
            return {
              id: newId(now),
              kind: draw.kind,
              personId: person,
              departmentId: departments[draw.place] ?? null,
              sentTo: departments[draw.place] ?? null,
              state: draw.state,
              round: 1,
              claimedBy: holder === null ? null : holder === 'me' ? me : other,
              claimedUntil: holder === null ? null : new Date(now.getTime() + draw.lease * minute),
              submittedAt: new Date(now.getTime() - draw.submitted * minute),
              dueOn: draw.due,
              createdAt: now,
              updatedAt: now,
            }
          })
          await store.tx(async (q) => {
            await q.delete(t.serviceCase)
            await q.insert(t.serviceCase).values(rows)
            await q.delete(t.figure)
            await q.delete(t.figureDelta)
            await addUp(deps, q, rows.slice(0, added).flatMap(changesOf))
            for (const row of rows.slice(added ?? rows.length)) await addFigures(deps, q, changesOf(row))
          })
          const bare: QueueScope = { ...scopeOf(size), ...(isOwn ? { own: ['nobody', person] } : {}) }
          // What is kept is kept of whole subtrees: one place, or all of them.
          const roots = size === 1 ? [tianhe] : [guangdong]
          const kept =
            added === undefined || size === 5 ? {} : { kept: await keptCounts(read, t, { ...bare, roots }) }
          const scope = { ...bare, ...kept }
          const counts = await queueCounts(read, t, scope, kind)
          for (const tab of queueTabs) {
            const whole = wholeTab(rows, tab, scope, kind)
            const seen: string[] = []
            let after: Cursor | null = null
            for (;;) {
              const page: Awaited<ReturnType<typeof queuePage>> = await queuePage(read, t, scope, {
                tab,
                ...(kind ? { kind } : {}),
                after,
                limit,
              })
              seen.push(...page.map(({ id }) => id))
              const last = page.at(-1)
              if (!last?.submittedAt || page.length < limit) break
              after = { id: last.id, submittedAt: last.submittedAt, dueOn: last.dueOn }
            }
            expect(seen, tab).toEqual(whole)
            expect(counts.get(tab), tab).toBe(whole.length)
          }
        },
      ),
      { numRuns: 16 },
    )
  })

  it('are in order too where many departments hold more than is counted', async () => {
    const { deps, store, departments, person, other, scopeOf, places } = await office(open, 10)
    const { read, t } = store
    const total = countCap + 150
    // Among them few whose lease has lapsed, and fewer whose has not.
    const leaseOf = (index: number) => (index % 30 === 0 ? (index % 60 === 0 ? -1 : 1) : null)
    const rows = Array.from(
      { length: total },
      (_, index): CaseRow => ({
        id: newId(now),
        kind: 'collection',
        personId: person,
        departmentId: departments[index % 10] ?? null,
        sentTo: departments[index % 10] ?? null,
        state: leaseOf(index) === null ? 'waiting' : 'in_review',
        claimedBy: leaseOf(index) === null ? null : other,
        claimedUntil:
          leaseOf(index) === null ? null : new Date(now.getTime() + Number(leaseOf(index)) * minute),
        round: 1,
        submittedAt: new Date(now.getTime() - (index % 97) * minute),
        dueOn: '2026-11-20',
        createdAt: now,
        updatedAt: now,
      }),
    )
    await store.tx(async (q) => {
      for (let n = 0; n < total; n += 200) await q.insert(t.serviceCase).values(rows.slice(n, n + 200))
    })
    await store.tx((q) => addUp(deps, q, rows.flatMap(changesOf)))
    const kept = await keptCounts(read, t, { ...scopeOf(10), roots: [places.guangdong] })
    expect([kept.overdue, kept.inState('in_review'), kept.inState('in_review', 'identity')]).toEqual([
      total,
      Math.ceil(total / 30),
      0,
    ])
    for (const scope of [scopeOf(10), { ...scopeOf(10), kept }])
      for (const tab of ['free', 'overdue'] as const) {
        const seen: string[] = []
        let after: Cursor | null = null
        for (;;) {
          const page: Awaited<ReturnType<typeof queuePage>> = await queuePage(read, t, scope, {
            tab,
            after,
            limit: 400,
          })
          seen.push(...page.map(({ id }) => id))
          const last = page.at(-1)
          if (!last?.submittedAt || page.length < 400) break
          after = { id: last.id, submittedAt: last.submittedAt, dueOn: last.dueOn }
        }
        expect(seen).toEqual(wholeTab(rows, tab, scope))
      }
  })

  it('read an index in its order, for few departments and for many', async () => {
    const { store, departments, person, scopeOf } = await office(open, 100)
    const { read, t } = store
    await store.tx(async (q) => {
      for (let n = 0; n < 10; n += 1)
        await q.insert(t.serviceCase).values(
          Array.from(
            { length: 200 },
            (_, index): CaseRow => ({
              id: newId(now),
              kind: 'collection',
              personId: person,
              departmentId: departments[index % 100] ?? null,
              sentTo: departments[index % 100] ?? null,
              state: states[index % states.length] ?? 'waiting',
              round: 1,
              submittedAt: new Date(now.getTime() - index * minute),
              dueOn: index % 3 === 0 ? today : '2026-11-20',
              createdAt: now,
              updatedAt: now,
            }),
          ),
        )
    })
    const plans = await planner(open, store)
    // Some of the departments are in a province where an exam is near.
    const inRush = (size: number): QueueScope => {
      const scope = scopeOf(size)
      return { ...scope, rush: scope.departments.slice(0, Math.ceil(size / 2)) }
    }
    const after: Cursor = { id: newId(now), submittedAt: now, dueOn: today }
    try {
      // Whose cases they are is asked of the people, never of all the cases of a province.
      const sought = { names: ['a', 'b'], numbers: ['c'], identities: ['d'], phones: ['e'] }
      for (const by of [sought, { ...sought, identities: [] }]) {
        const found = await plans.of(casesOfPeopleQuery(read, t, scopeOf(100).departments, by, 51).toSQL())
        expect(found).toMatch(/service_case_person/)
        expect(found).not.toMatch(/SCAN (account|service_case)\b|Seq Scan/)
      }
      const nobody = { names: [], numbers: [], identities: [], phones: [] }
      expect(await casesOfPeopleQuery(read, t, departments, nobody, 51)).toEqual([])
      for (const size of [1, 5, 12, 100]) {
        for (const tab of queueTabs)
          for (const wish of [
            { after: null },
            { after },
            { after, kind: 'collection' as const },
            ...(tab === 'free'
              ? [
                  { after, agreed: true },
                  { after, only: 'first' as const },
                  { after, only: 'rest' as const },
                ]
              : []),
          ])
            for (const stream of queueStreams(read, t, inRush(size), { tab, limit: 21, ...wish })) {
              const plan = await plans.of(stream.toSQL())
              const about = `${size} departments, ${tab}, ${JSON.stringify(wish)}: ${plan}`
              expect(plan, about).toMatch(/service_case_\w+/)
              expect(plan, about).not.toMatch(/SCAN service_case|Seq Scan on service_case/)
              // What one person holds is a handful, found by its holder and sorted afterwards; so is what leases gave back.
              const isHandful = plan.includes(tab === 'mine' ? 'service_case_claim' : 'service_case_lease')
              if (isHandful) continue
              expect(plan, about).not.toMatch(/TEMP B-TREE|Sort/)
              // No case is fetched but those of the page, or to see who holds it.
              const isOfIndex = !('agreed' in wish) && !stream.toSQL().sql.includes('claimed_')
              if (store.engine === 'sqlite' && isOfIndex)
                expect(plan, about).toMatch(/COVERING INDEX service_case/)
            }
        // What there is little of is found by its departments: the country's order would be read to its end.
        if (size === 12)
          for (const tab of queueTabs)
            for (const kind of [undefined, 'collection' as const]) {
              const wish = { tab, ...(kind ? { kind } : {}), after: null, limit: 21 }
              const held = caseStates.map((one) => heldQuery(read, t, scopeOf(size), wish, one))
              for (const one of [...wholeTabQueries(read, t, scopeOf(size), wish), ...held]) {
                const plan = await plans.of(one.toSQL())
                const about = `${tab} ${kind}: ${plan}`
                if (store.engine === 'sqlite')
                  expect(plan, about).toMatch(/service_case_(queue|queue_due|claim|lease)/)
                expect(plan, about).not.toMatch(/SCAN service_case|Seq Scan on service_case/)
              }
            }
        if (store.engine === 'sqlite') {
          const [, lapsed] = wholeTabQueries(read, t, scopeOf(size), { tab: 'free', after: null, limit: 21 })
          expect(await plans.of(lapsed?.toSQL() ?? { sql: '', params: [] })).toMatch(/service_case_lease/)
        }
        const hands = await plans.of(countsQuery(read, t, scopeOf(size), undefined, true).toSQL())
        expect(hands).not.toMatch(/SCAN service_case|Seq Scan on service_case/)
        expect(hands).not.toMatch(/service_case_queue/)
        for (const kind of [undefined, 'collection'] as const) {
          const counted = await plans.of(countsQuery(read, t, scopeOf(size), kind, false).toSQL())
          expect(counted).not.toMatch(/SCAN service_case|Seq Scan on service_case|service_case_pictures/)
          if (store.engine === 'sqlite') {
            // By department in an index alone; but for what lapsed leases gave back, and what is in the actor's hands.
            const found = counted.match(/INDEX service_case_\w+ \([^)]*\)/g)
            expect(found?.map((one) => one.replace('INDEX service_case_', ''))).toEqual([
              'lease (sent_to=? AND claimed_until<?)',
              'claim (claimed_by=? AND state=?)',
              'queue_due (sent_to=? AND state=? AND due_on>? AND due_on<?)',
              'queue_due (sent_to=? AND state=? AND due_on>? AND due_on<?)',
              'queue (sent_to=? AND state=?)',
              'queue (sent_to=? AND state=?)',
              'queue (sent_to=? AND state=?)',
              'queue (sent_to=? AND state=?)',
            ])
            expect(counted.match(/COVERING INDEX service_case/g)).toHaveLength(6)
          }
        }
      }
      const roots = ['440000']
      const kept = await plans.of(keptQuery(read, t, { roots, measures: caseMeasures }).toSQL())
      expect(kept).not.toMatch(/SCAN figure\b|Seq Scan on figure\b|TEMP B-TREE FOR ORDER/)
    } finally {
      await plans.end()
    }
  })

  it('are counted for who manages many departments as for who reviews there, whatever was added up meanwhile', async () => {
    const { deps, places } = await office(open, 10)
    const manager = (await makeStaff(deps, { role: 'manager', departmentId: places.guangdong })).actor
    const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })).actor
    const [first, second] = [await makeApplicant(deps), await makeApplicant(deps)]
    const counts = async (actor: Staff) => (await reviewQueue(deps, actor, { tab: 'free' })).counts
    const steps = new Set<string>()
    const same = async () => {
      const seen = await counts(reviewer)
      steps.add(JSON.stringify([...seen]))
      const unheld = (of: ReadonlyMap<string, number>) => [...of].filter(([tab]) => tab !== 'mine')
      expect(unheld(await counts(manager))).toEqual(unheld(seen))
    }
    await same()
    const one = await submittedCase(deps, first.actor, places.tianhe)
    await same()
    const two = await submittedCase(deps, second.actor, places.tianhe)
    while ((await foldFigures(deps)) > 0);
    await same()
    await claimCase(deps, reviewer, { caseId: one })
    await same()
    // Nobody holds what a lease that ended gave back.
    deps.clock.advance(deps.env.limits.leaseMinutes * minute + 1)
    await same()
    await withdrawCase(deps, second.actor, { caseId: two })
    await same()
    while ((await foldFigures(deps)) > 0);
    await same()
    // None, one, two, one of them held, given back, and one taken back.
    expect(steps.size).toBe(5)
  })
})
