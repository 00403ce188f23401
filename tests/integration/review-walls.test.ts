/** SEC-1: whoever is outside the scope of a case finds nothing there, by whatever command, view or page they try. */
import { readdir, readFile } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { collection } from '#lib/cases/collection.ts'
import { approveBatch } from '#lib/commands/approve-batch.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { assignCase } from '#lib/commands/assign-case.ts'
import { cancelPenalty } from '#lib/commands/cancel-penalty.ts'
import { checkRoster } from '#lib/commands/check-roster.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { claimNext } from '#lib/commands/claim-next.ts'
import { confirmRoster } from '#lib/commands/confirm-roster.ts'
import { dropRoster } from '#lib/commands/drop-roster.ts'
import { forwardCase } from '#lib/commands/forward-case.ts'
import { refuseCase } from '#lib/commands/refuse-case.ts'
import { releaseCase } from '#lib/commands/release-case.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { saveOpinions } from '#lib/commands/save-opinions.ts'
import { searchCases } from '#lib/commands/search-cases.ts'
import { takeRosterTurn } from '#lib/commands/take-roster-turn.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { pictureFor } from '#lib/views/file.ts'
import { forwardCaseView, reviewCase } from '#lib/views/review-case.ts'
import { reviewQueue } from '#lib/views/review-queue.ts'
import { rosterView } from '#lib/views/rosters.ts'
import { caseRow, everythingOf, placed } from '#tests/support/case-state.ts'
import { rowIds, submittedCase } from '#tests/support/cases.ts'
import { noOpinions } from '#tests/support/claims.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const passes = {
  verdicts: Object.fromEntries(collection.sections.map((section) => [section, 'pass'])),
  findings: [],
}
const faulty = {
  verdicts: { education: 'problem' },
  findings: [
    {
      at: 'finding.education.0',
      section: 'education',
      rowId: rowIds.education,
      target: 'slot:diploma',
      reason: 'diploma-missing',
      note: '',
    },
  ],
}
const toYuexiu = '440000/440100/440104'

interface Target {
  readonly caseId: string
  readonly version: number
  readonly fileId: string
  readonly reviewerId: string
}
type Attempt = (deps: TestDeps, actor: Staff, target: Target) => Promise<unknown>

/** Everything a member of staff can do to one case, or see of it. */
const attempts: Readonly<Record<string, Attempt>> = {
  claimCase: (deps, actor, { caseId }) => claimCase(deps, actor, { caseId }),
  releaseCase: (deps, actor, { caseId }) => releaseCase(deps, actor, { caseId }),
  saveOpinions: (deps, actor, { caseId, version }) =>
    saveOpinions(deps, actor, { caseId, version, opinions: faulty }),
  returnCase: (deps, actor, { caseId, version }) =>
    returnCase(deps, actor, { caseId, version, opinions: faulty }),
  approveCase: (deps, actor, { caseId, version }) =>
    approveCase(deps, actor, { caseId, version, opinions: passes }),
  refuseCase: (deps, actor, { caseId, version }) =>
    refuseCase(deps, actor, { caseId, version, note: '不予通过', opinions: noOpinions }),
  forwardCase: (deps, actor, { caseId, version }) =>
    forwardCase(deps, actor, { caseId, version, department: toYuexiu, reason: 'other-office' }),
  assignCase: (deps, actor, { caseId, version, reviewerId }) =>
    assignCase(deps, actor, { caseId, version, reviewerId }),
  cancelPenalty: (deps, actor, { caseId }) => cancelPenalty(deps, actor, { caseId }),
  reviewCase: (deps, actor, { caseId }) => reviewCase(deps, actor, caseId),
  reviewCaseFull: (deps, actor, { caseId }) => reviewCase(deps, actor, caseId, { full: true }),
  forwardCaseView: (deps, actor, { caseId }) => forwardCaseView(deps, actor, caseId),
  pictureFor: (deps, actor, { fileId }) => pictureFor(deps, actor, fileId),
}

/** Everything a member of staff can do to a list of trainees, or see of it (CRE-1). */
const rosterAttempts: Readonly<
  Record<string, (deps: TestDeps, actor: Staff, id: string) => Promise<unknown>>
> = {
  takeRosterTurn: (deps, actor) => takeRosterTurn(deps, actor, { departmentId: '440106' }),
  checkRoster: (deps, actor) => checkRoster(deps, actor, { departmentId: '440106', text: trainees() }),
  confirmRoster: (deps, actor, rosterId) => confirmRoster(deps, actor, { rosterId }),
  dropRoster: (deps, actor, rosterId) => dropRoster(deps, actor, { rosterId }),
  rosterView: (deps, actor, rosterId) => rosterView(deps, actor, rosterId),
}
async function* trainees() {
  yield '证件号码,姓名,学分形式,名称,数量,完成时间\n1,张三,面授培训,准则班,1,2026-09'
}

async function scene(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const applicant = await makeApplicant(deps, { name: '欧阳小明' })
  const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
  const staff = async (role: Parameters<typeof makeStaff>[1]['role'], departmentId: string | null) =>
    (await makeStaff(deps, { role, departmentId })).actor
  const reviewer = await staff('reviewer', places.tianhe)
  const [first] = await placed(deps, caseId)
  const looks = async () =>
    (await deps.store.read.select().from(deps.store.t.accessLog)).filter(
      ({ actorId }) => actorId !== reviewer.id,
    )
  const target = async (): Promise<Target> => ({
    caseId,
    version: (await caseRow(deps, caseId)).version,
    fileId: first?.fileId ?? '',
    reviewerId: reviewer.id,
  })
  return { deps, places, applicant, caseId, staff, reviewer, looks, target }
}

type Scene = Awaited<ReturnType<typeof scene>>

/** Everybody who has no business at 天河区. */
const strangersTo = async ({ places, staff, reviewer }: Pick<Scene, 'places' | 'staff' | 'reviewer'>) =>
  ({
    'reviewer of the district beside': await staff('reviewer', places.yuexiu),
    'manager of the district beside': await staff('manager', places.yuexiu),
    'reviewer of the city’s own office': await staff('reviewer', places.guangzhouOwn),
    'manager of another city': await staff('manager', places.zhuhai),
    'manager of 深圳, beside the province': await staff('manager', places.shenzhen),
    'viewer of this very district': await staff('viewer', places.tianhe),
    'viewer of the province': await staff('viewer', places.guangdong),
    'auditor of this very district': await staff('auditor', places.tianhe),
    operator: await staff('operator', null),
    'staff without an office': { ...reviewer, id: (await staff('viewer', places.tianhe)).id, grants: [] },
    'a path that only begins alike': {
      ...reviewer,
      grants: [{ role: 'manager', departmentId: '4401', path: '440000/4401' }],
    },
    'an office of nowhere': { ...reviewer, grants: [{ role: 'manager', departmentId: '', path: '' }] },
  }) satisfies Record<string, Staff>

describeEachEngine('a list of trainees of another office', (open) => {
  it('is not there either', async () => {
    const all = await scene(open)
    const { deps, places, reviewer } = all
    const id = await checkRoster(deps, reviewer, { departmentId: places.tianhe, text: trainees() })
    const found: Record<string, string[]> = {}
    for (const [who, actor] of Object.entries(await strangersTo(all)))
      for (const [what, attempt] of Object.entries(rosterAttempts)) {
        const outcome = await outcomeOf(attempt(deps, actor, id))
        if (outcome.join() !== 'not-found') found[`${who}: ${what}`] = outcome
      }
    expect(found).toEqual({})
    expect(await deps.store.read.select().from(deps.store.t.roster)).toMatchObject([{ id, version: 1 }])
  })
})

describeEachEngine('a case of another office', (open) => {
  it('is not there: beside, beneath, for other roles, for nobody’s office, in whatever state', async () => {
    const all = await scene(open)
    const { deps, caseId, reviewer, looks, target } = all
    const strangers: Readonly<Record<string, Staff>> = await strangersTo(all)
    const everyone = async () => {
      const before = await everythingOf(deps, caseId)
      const now = await target()
      const found: Record<string, string[]> = {}
      for (const [who, actor] of Object.entries(strangers))
        for (const [what, attempt] of Object.entries(attempts)) {
          const outcome = await outcomeOf(attempt(deps, actor, now))
          if (outcome.join() !== 'not-found') found[`${who}: ${what}`] = outcome
        }
      expect(found).toEqual({})
      expect(await everythingOf(deps, caseId)).toEqual(before)
      expect(await looks()).toEqual([])
    }
    await everyone()
    await claimCase(deps, reviewer, { caseId })
    await everyone()
    await approveCase(deps, reviewer, {
      caseId,
      version: (await caseRow(deps, caseId)).version,
      opinions: passes,
    })
    await everyone()
  })

  it('is in no queue, search, batch or next case of theirs', async () => {
    const { deps, places, caseId, applicant, staff } = await scene(open)
    const { number } = await caseRow(deps, caseId)
    for (const [role, departmentId] of [
      ['reviewer', places.yuexiu],
      ['manager', places.zhuhai],
      ['reviewer', places.guangzhouOwn],
    ] as const) {
      const actor = await staff(role, departmentId)
      for (const tab of ['free', 'mine', 'soon', 'overdue', 'returned', 'decided'] as const) {
        const queue = await reviewQueue(deps, actor, { tab })
        expect(queue.rows).toEqual([])
        expect(Object.values(Object.fromEntries(queue.counts)).every((count) => Number(count) === 0)).toBe(
          true,
        )
      }
      expect((await reviewQueue(deps, actor, { tab: 'free', number: number ?? '' })).rows).toEqual([])
      expect((await reviewQueue(deps, actor, { tab: 'free', ids: [caseId] })).rows).toEqual([])
      for (const words of ['欧阳小明', applicant.number, applicant.phone])
        expect((await searchCases(deps, actor, words)).ids).toEqual([])
      expect([...(await approveBatch(deps, actor, { caseIds: [caseId] })).values()]).toEqual(['gone'])
      expect(await claimNext(deps, actor, {})).toBeNull()
    }
    expect((await caseRow(deps, caseId)).state).toBe('waiting')
  })

  it('is there for who reviews above, and for nobody above who only looks on', async () => {
    const { deps, places, caseId, staff } = await scene(open)
    for (const place of [places.tianhe, places.guangzhou, places.guangdong])
      for (const role of ['reviewer', 'manager'] as const)
        expect((await reviewCase(deps, await staff(role, place), caseId)).caseId).toBe(caseId)
  })

  it('is gone for the office that passed it on, with its pictures, in the same moment', async () => {
    const { deps, places, caseId, reviewer, staff, target } = await scene(open)
    await claimCase(deps, reviewer, { caseId })
    const { fileId } = await target()
    await pictureFor(deps, reviewer, fileId)
    const stale = await target()
    await forwardCase(deps, reviewer, { ...stale, department: toYuexiu, reason: 'other-office' })
    const found: Record<string, string[]> = {}
    // Sent once more, 转办 finds it done.
    const { forwardCase: again, ...others } = attempts
    expect(await outcomeOf(again?.(deps, reviewer, stale) ?? Promise.reject())).toEqual(['done'])
    for (const [what, attempt] of Object.entries(others)) {
      const outcome = await outcomeOf(attempt(deps, reviewer, stale))
      if (outcome.join() !== 'not-found') found[what] = outcome
    }
    expect(found).toEqual({})
    const next = await staff('reviewer', places.yuexiu)
    expect(await outcomeOf(claimCase(deps, next, { caseId }))).toEqual(['done'])
  })

  it('cannot be decided from a page that is old, whoever sends it', async () => {
    const { deps, places, caseId, reviewer, staff, target } = await scene(open)
    await claimCase(deps, reviewer, { caseId })
    const old = await target()
    await saveOpinions(deps, reviewer, { caseId, version: old.version, opinions: faulty })
    const before = await everythingOf(deps, caseId)
    const manager = await staff('manager', places.guangzhou)
    const elsewhere = { ...old, reviewerId: (await staff('reviewer', places.tianhe)).id }
    for (const what of ['saveOpinions', 'returnCase', 'approveCase', 'forwardCase'] as const)
      expect([what, ...(await outcomeOf(attempts[what]?.(deps, reviewer, old) ?? Promise.reject()))]).toEqual(
        [what, 'stale'],
      )
    for (const what of ['forwardCase', 'assignCase'] as const)
      expect([
        what,
        ...(await outcomeOf(attempts[what]?.(deps, manager, elsewhere) ?? Promise.reject())),
      ]).toEqual([what, 'stale'])
    expect(await everythingOf(deps, caseId)).toEqual(before)
  })

  it('stays away from them under fifty requests at once, while its own office decides once', async () => {
    const { deps, places, caseId, reviewer, staff, target } = await scene(open)
    const stranger = await staff('reviewer', places.yuexiu)
    await claimCase(deps, reviewer, { caseId })
    const now = await target()
    const tried = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const own = n % 2 === 0
        const what = n % 4 < 2 ? 'approveCase' : 'returnCase'
        const attempt = attempts[what]
        if (!attempt) throw new Error('no such attempt')
        return { own, outcome: (await outcomeOf(attempt(deps, own ? reviewer : stranger, now))).join() }
      }),
    )
    const of = (own: boolean) => tried.filter((one) => one.own === own).map(({ outcome }) => outcome)
    expect(new Set(of(false))).toEqual(new Set(['not-found']))
    expect(of(true).filter((outcome) => outcome === 'done')).toHaveLength(1)
    const { t, read } = deps.store
    const rounds = await read.select().from(t.caseRound).where(eq(t.caseRound.caseId, caseId))
    expect(rounds.filter(({ decidedBy }) => decidedBy === reviewer.id)).toHaveLength(1)
  })
})

const races = process.env.TEST_LONG ? 50 : 5

describeEachEngine('two reviewers deciding at once', (open) => {
  it(`make one decision each time, ${races} times`, async () => {
    const { deps, places, staff } = await scene(open)
    const [one, other] = [await staff('reviewer', places.tianhe), await staff('reviewer', places.tianhe)]
    for (let n = 0; n < races; n += 1) {
      const caseId = await submittedCase(deps, (await makeApplicant(deps)).actor, places.tianhe)
      deps.clock.advance(1000)
      const both = await Promise.all(
        [one, other].map(async (actor, index) => {
          try {
            await claimCase(deps, actor, { caseId })
            const { version } = await caseRow(deps, caseId)
            const judgement = { caseId, version }
            await (index === n % 2
              ? approveCase(deps, actor, { ...judgement, opinions: passes })
              : returnCase(deps, actor, { ...judgement, opinions: faulty }))
            return actor.id
          } catch {
            return null
          }
        }),
      )
      const winner = both.filter((id) => id !== null)
      expect(winner).toHaveLength(1)
      const { t, read } = deps.store
      const [round] = await read.select().from(t.caseRound).where(eq(t.caseRound.caseId, caseId))
      expect(round?.decidedBy).toBe(winner[0])
      const decided = (await read.select().from(t.event).where(eq(t.event.caseId, caseId))).filter(
        ({ kind }) => ['case.approved', 'case.returned'].includes(kind),
      )
      expect(decided).toHaveLength(1)
    }
  })
})

describe('the table of attempts', () => {
  it('names every command of a reviewer that takes a case', async () => {
    const folder = 'lib/commands'
    const named = new Set(Object.keys(attempts))
    const forgotten: string[] = []
    for (const name of await readdir(folder)) {
      if (!name.endsWith('.ts')) continue
      const text = await readFile(`${folder}/${name}`, 'utf8')
      if (!/openForReview\(|seeCase\([^)]*'read-for-review'/.test(text)) continue
      for (const [, command] of text.matchAll(/export async function (\w+)\(\s*deps: Deps,\s*actor: Staff/g))
        if (command && !named.has(command) && !['approveBatch', 'claimNext'].includes(command))
          forgotten.push(command)
    }
    expect(forgotten).toEqual([])
  })
})
