import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { count, eq } from 'drizzle-orm'
import { generateSync } from 'otplib'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeAppKeys } from '#db/crypto.ts'
import { accountById, accountByPhone, accountsBySignIn, grantsOf } from '#db/queries/accounts.ts'
import { caseFile } from '#db/queries/case-file.ts'
import { eventsOfCase, openSnapshot, roundsOf } from '#db/queries/cases.ts'
import { countedPeople } from '#db/queries/figures.ts'
import { loadDepartments } from '#db/seed/load-departments.ts'
import { verifyPassword } from '#lib/auth/passwords.ts'
import { totpStepOf } from '#lib/auth/totp.ts'
import { caseKinds } from '#lib/cases/all.ts'
import { recountFigures } from '#lib/commands/recount-figures.ts'
import { searchCases } from '#lib/commands/search-cases.ts'
import { personCounts } from '#lib/commands/support/figures.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { isUnderReview } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { clockMarks, dueOf } from '#lib/domain/due.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { issuesOf } from '#lib/readers/examine.ts'
import { snapshotOf } from '#lib/readers/snapshot.ts'
import { ownRecord } from '#lib/views/own-record.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { queueTabs, reviewQueue } from '#lib/views/review-queue.ts'
import { type Seeded, seedCountry } from '#ops/seed.ts'
import { verifyLinks, verifyLog } from '#ops/verify/chain.ts'
import { type TestDeps, testDeps } from '../support/deps.ts'
import { describeEachEngine, type Open } from '../support/stores.ts'

const people = 300
const quiet = () => undefined
const keys = makeAppKeys()

async function emptyCountry(open: Open): Promise<TestDeps> {
  const store = await open()
  await loadDepartments(store, new Date('2026-11-01T00:00:00Z'))
  return testDeps(store, { keys, env: { DATA_DIR: open.place(store).dataDir } })
}

const seeded = (deps: TestDeps, wish: { people?: number; seed?: number; add?: boolean } = {}) =>
  seedCountry(deps, { people, seed: 1, add: false, ...wish }, quiet)

async function staffOf({ store, clock }: TestDeps, login: string): Promise<Staff> {
  const { account } = store.t
  const [row] = await store.read.select({ id: account.id }).from(account).where(eq(account.login, login))
  if (!row) throw new Error(`no ${login}`)
  return {
    kind: 'staff',
    id: row.id,
    sessionId: '',
    grants: await grantsOf(store.read, store.t, row.id, clock.now()),
  }
}

const casesIn = ({ store }: TestDeps) => store.read.select().from(store.t.serviceCase)

/** Who is there, without what is sealed anew each time. */
async function whoIsThere(deps: TestDeps) {
  const { read, t } = deps.store
  const accounts = await read.select().from(t.account)
  const cases = await read.select().from(t.serviceCase)
  const opened = await Promise.all(accounts.map(({ id }) => accountById(read, t, deps.keys, id)))
  return {
    people: opened.map((one) => [one?.id, one?.name, one?.number, one?.phone, one?.login]).sort(),
    cases: cases.map((one) => [one.id, one.number, one.state, one.sentTo, one.dueOn]).sort(),
  }
}

describeEachEngine('a seeded country', (open) => {
  let deps: TestDeps
  let told: Seeded
  beforeAll(async () => {
    deps = await emptyCountry(open)
    told = await seeded(deps)
  }, 60_000)

  it('has everybody, in every state', async () => {
    const { read, t } = deps.store
    const [found] = await read
      .select({ found: count() })
      .from(t.account)
      .where(eq(t.account.kind, 'applicant'))
    expect(Number(found?.found)).toBe(people)
    const states = Map.groupBy(await casesIn(deps), ({ state }) => state)
    expect(new Set(states.keys())).toEqual(
      new Set(['draft', 'checking', 'waiting', 'in_review', 'approved', 'returned', 'refused']),
    )
    expect(states.get('in_review')).toHaveLength(12)
    expect(states.get('waiting')?.length).toBeGreaterThanOrEqual(36)
    expect(await deps.store.faults()).toEqual([])
  })

  it('has its whole log in the audit chain', async () => {
    const faults: string[] = []
    const { links } = await verifyLinks(deps, (fault) => faults.push(fault))
    expect(await verifyLog(deps, 'event', (fault) => faults.push(fault))).toBe(links)
    expect(faults).toEqual([])
    expect(links).toBeGreaterThan(people * 4)
  })

  it('opens every submitted case for a reviewer of its department, as what was typed then', async () => {
    const actors = new Map<string, Staff>()
    for (const { id, sentTo, round, state } of await casesIn(deps)) {
      if (sentTo === null || state === 'draft') continue
      const actor = actors.get(sentTo) ?? (await staffOf(deps, `r${sentTo}`))
      actors.set(sentTo, actor)
      const view = await reviewCase(deps, actor, id)
      expect(view.round).toBe(round)
      expect(view.history.length).toBeGreaterThan(0)
      if (state === 'approved')
        expect(view.sections.every(({ judged, verdict }) => !judged || verdict?.passed)).toBe(true)
      if (state === 'returned') expect(view.sections.some(({ findings }) => findings.length > 0)).toBe(true)
    }
  }, 60_000)

  it('satisfies the rules but for the pictures that nobody sent', async () => {
    const { read, t } = deps.store
    for (const { id, kind, state, round } of await casesIn(deps)) {
      if (state === 'draft') continue
      const [file, rounds] = [await caseFile(read, t, deps.keys, id), await roundsOf(read, t, id)]
      const last = rounds.at(-1)
      if (!file || !last) throw new Error('a case without its file or its round')
      expect(last.round).toBe(round)
      const draft = draftOf({ ...file, claims: [], findings: [] }, dayOf(last.submittedAt))
      const { sections } = caseKinds[kind]
      const codes = sections.flatMap((section) => issuesOf(draft.examine(section)).map(({ code }) => code))
      expect(codes.filter((code) => code !== 'slot-required')).toEqual([])
      // What the round froze is what stands in the case: nobody edits under review.
      const names = { department: file.department?.fullName ?? '' }
      expect(openSnapshot(deps.keys, last)).toEqual(snapshotOf(sections, draft, file.account, names))
    }
  }, 60_000)

  it('shows an approved record as its last round has it', async () => {
    const { read, t } = deps.store
    const approved = (await casesIn(deps)).filter(
      ({ kind, state }) => kind === 'collection' && state === 'approved',
    )
    expect(approved.length).toBeGreaterThan(150)
    for (const { id, personId } of approved) {
      const account = await accountById(read, t, deps.keys, personId)
      const last = (await roundsOf(read, t, id)).at(-1)
      if (!account || !last) throw new Error('an approved case without its person or its round')
      const record = await ownRecord(deps, account)
      expect(openSnapshot(deps.keys, last).sections.slice(1)).toEqual(record?.sections)
    }
  }, 60_000)

  it('lets the log say the same due day as the case', async () => {
    const calendar = await deps.calendar()
    for (const { id, state, dueOn } of await casesIn(deps)) {
      const events = await eventsOfCase(deps.store.read, deps.store.t, id)
      const times = events.map(({ at }) => at.getTime())
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(events.every(({ at }) => at <= deps.clock.now())).toBe(true)
      expect(isUnderReview(state) ? dueOn : '').toBe(dueOf(clockMarks(events), calendar))
    }
  })

  it('has figures that a recount does not change, and people counted as they are', async () => {
    const { read, t } = deps.store
    const figures = async () =>
      (await read.select().from(t.figure)).map((one) => JSON.stringify(Object.values(one))).sort()
    const before = await figures()
    const ids = (await read.select({ id: t.person.id }).from(t.person)).map(({ id }) => id)
    for (const { counted, as } of await countedPeople(read, t, ids)) expect(counted).toEqual(personCounts(as))
    await recountFigures(deps)
    expect(await figures()).toEqual(before)
    expect(before).toContainEqual(JSON.stringify(['', '', 'people', 'all', ids.length]))
  })

  it('can be found by number, phone and name', async () => {
    const { read, t } = deps.store
    const reviewer = await staffOf(deps, 'r440106')
    for (const { number, phone, name, caseId, departmentId, fate, caseNumber } of told.applicants) {
      const typed = { login: '', number, phone: '', identityKeys: [`mainland_id:${number}`] }
      const [account] = await accountsBySignIn(read, t, deps.keys, typed)
      expect(account).toMatchObject({ name, phone })
      expect((await accountByPhone(read, t, deps.keys, phone))?.id).toBe(account?.id)
      if (departmentId !== '440106' || caseId === null || caseNumber === '' || fate === 'withdrawn') continue
      for (const text of [number, phone, name])
        expect((await searchCases(deps, reviewer, text)).ids).toContain(caseId)
      const byNumber = await reviewQueue(deps, reviewer, { tab: 'free', number: caseNumber })
      expect(byNumber.rows.map(({ id }) => id)).toEqual([caseId])
    }
  })

  it('has work in every tab of the staff it names, who can sign in', async () => {
    const file = JSON.parse(await readFile(path.join(deps.env.dataDir, 'seed-staff.json'), 'utf8'))
    expect(file).toEqual(told)
    expect(told.staff.map(({ role, login }) => [role, login])).toEqual([
      ['reviewer', 'r440106'],
      ['manager', 'm440000'],
      ['manager', 'm440100'],
      ['viewer', 'v440000'],
      ['operator', 'seed-operator'],
    ])
    for (const login of ['r440106', 'm440000', 'm440100'])
      for (const tab of queueTabs) {
        if (tab === 'mine' && login === 'm440100') continue
        const { rows } = await reviewQueue(deps, await staffOf(deps, login), { tab })
        expect(rows.length, `${tab} of ${login}`).toBeGreaterThan(0)
      }
    const { t, read } = deps.store
    for (const { login } of told.staff) {
      const [row] = await read.select({ id: t.account.id }).from(t.account).where(eq(t.account.login, login))
      const account = await accountById(read, t, deps.keys, row?.id ?? '')
      const now = deps.clock.now()
      const token = generateSync({ secret: told.totpSecret, epoch: Math.floor(now.getTime() / 1000) })
      expect(totpStepOf(account?.totpSecret ?? '', token, now, account?.totpStep ?? 0)).not.toBeNull()
      expect(await verifyPassword(account?.passwordHash ?? '', told.password)).toBe(true)
    }
  })
})

describe('seeding', () => {
  describeEachEngine('a country', (open) => {
    it('is the same for the same seed, and another for another', async () => {
      const made = []
      for (const seed of [1, 1, 2]) {
        const deps = await emptyCountry(open)
        await seeded(deps, { people: 40, seed })
        made.push(await whoIsThere(deps))
      }
      expect(made[1]).toEqual(made[0])
      expect(made[2]).not.toEqual(made[0])
    }, 60_000)

    it('is refused outside demo mode and beside people, unless these are to be added to', async () => {
      const deps = await emptyCountry(open)
      await seeded(deps, { people: 20 })
      await expect(seeded(deps, { people: 20 })).rejects.toThrow('20 people already')
      await seeded(deps, { people: 20, seed: 9, add: true })
      const { read, t } = deps.store
      const [found] = await read
        .select({ found: count() })
        .from(t.account)
        .where(eq(t.account.kind, 'applicant'))
      expect(Number(found?.found)).toBe(40)
      const bare = await emptyCountry(open)
      await expect(seeded({ ...bare, env: { ...bare.env, demo: false } })).rejects.toThrow('demo mode only')
      const [none] = await bare.store.read.select({ found: count() }).from(bare.store.t.account)
      expect(Number(none?.found)).toBe(0)
    }, 60_000)
  })
})
