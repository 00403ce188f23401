import { and, desc, eq } from 'drizzle-orm'
import { hasConsented } from '#db/queries/accounts.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import {
  kindsUnderReview,
  openSnapshot,
  roundBaseContext,
  roundContext,
  roundFactsContext,
  verdictsOf,
} from '#db/queries/cases.ts'
import { type Department, departmentById, departmentChain, ownDepartmentOf } from '#db/queries/departments.ts'
import { provinceRules } from '#db/queries/provinces.ts'
import { departmentOfRecord } from '#db/queries/records.ts'
import type { Q } from '#db/store.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { isUnderReview } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { transferRoute } from '#lib/domain/province-rules.ts'
import { issue } from '#lib/domain/result.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'
import { newCaseNumber } from '#lib/ids.ts'
import { claimsIn } from '#lib/readers/claims.ts'
import { unchanged } from '#lib/readers/diff.ts'
import { type Draft, draftOf } from '#lib/readers/draft.ts'
import { filesIn, type Snapshot, sectionOf, snapshotOf } from '#lib/readers/snapshot.ts'
import { mainRow, valueOf } from '#lib/sections/define.ts'
import { ruleVersion } from '#lib/sections/rule-version.ts'
import { approveByRule } from './support/approval.ts'
import { changeCase, log, nextState, openCase } from './support/case-work.ts'
import { changeOf } from './support/changes.ts'
import { writeClaims } from './support/checks.ts'
import { tellHolder } from './support/claims.ts'
import { wasCounted } from './support/credits.ts'
import { factsOfSubmission } from './support/facts.ts'
import { countRound } from './support/figures.ts'
import { lockAccount } from './support/lock-account.ts'
import { notifyOfCase } from './support/notify.ts'

export interface Submission {
  readonly caseId: string
  readonly declared: boolean
}

/** Whom the case goes to, one department after another; the department that is to decide it at last stands at the end. */
async function routeOf(deps: Deps, q: Q, file: CaseFile, draft: Draft, home: Department | null) {
  const { t } = deps.store
  const { department, sections, stages } = caseKinds[file.case.kind]
  const alone = (one: Department | null) =>
    one ? Array.from({ length: stages === 2 ? 2 : 1 }, () => one) : []
  switch (department) {
    case 'chosen':
      return alone(await chosenOf(deps, q, file))
    case 'of-record':
      return alone(home)
    case 'own-of-city': {
      // IDV-3: the 市本级 of the city.
      const [first] = sections
      const row = first && draft.rows(first).find(({ id }) => id === mainRow)
      return alone(row ? await ownDepartmentOf(q, t, valueOf(row, 'city')) : null)
    }
    case 'from-record-to-chosen': {
      const to = await chosenOf(deps, q, file)
      return home && to ? transferRoute(home, to, await provinceRules(q, t, home.path)) : []
    }
  }
}

const chosenOf = ({ store }: Deps, q: Q, file: CaseFile) =>
  file.department ? departmentById(q, store.t, file.department.id) : null

/**
 * Freezes the answers as a numbered round and puts the case before its department (SUB-1, SUB-2). All obstacles
 * are told at once. For a case already under review it gives the number it has, so two clicks make one submission.
 */
export async function submitCase(deps: Deps, actor: Person, input: Submission): Promise<{ number: string }> {
  const { store } = deps
  const { t } = store
  return store.tx(async (q) => {
    // Of two submissions of one person the second sees what the first has sent (what blocks what).
    await lockAccount(deps, q, actor.id)
    const seen = await openCase(deps, q, actor, 'read-own', input.caseId)
    // The second of two clicks finds it done.
    if (isUnderReview(seen.case.state) && seen.case.number && input.declared)
      return { number: seen.case.number }
    const file = await openCase(deps, q, actor, 'submit', input.caseId)
    const now = deps.clock.now()
    const today = dayOf(now)
    const kind = caseKinds[file.case.kind]
    const draft = draftOf(file, today)
    const change = await changeOf(deps, q, file, draft, today)
    const home = await departmentOfRecord(q, t, actor.id)
    const issues = [
      ...(change ? change.obstacles : draft.obstacles(kind.sections)),
      ...kind.precondition({
        identityVerified: file.account.identityState === 'verified',
        hasClaim: file.account.status === 'claiming' || file.account.nextPhone !== '',
        consented: await hasConsented(q, t, actor.id, kind.consent),
        hasRecord: home !== null,
        changesNothing: change?.differences.length === 0,
        underReview: await kindsUnderReview(q, t, actor.id, file.case.id),
        staysHere: kind.department === 'from-record-to-chosen' && file.case.departmentId === home,
        countedBefore: await wasCounted(deps, q, file, draft),
        declared: input.declared,
      }),
    ]
    const route = await routeOf(deps, q, file, draft, home === null ? null : await departmentById(q, t, home))
    const [department] = route
    const last = route.at(-1)
    if (issues.length === 0 && !department) issues.push(issue(null, 'department-unknown'))
    if (issues.length > 0 || !department || !last) throw refused(...issues)

    const round = file.case.round + 1
    const chain = await departmentChain(q, t, last)
    const snapshot = snapshotOf(kind.sections, draft, file.account, {
      department: chain.at(-1)?.fullName ?? last.fullName,
    })
    const dueOn = addWorkingDays(today, department.reviewDays, await deps.calendar())
    const number = file.case.number ?? newCaseNumber(kind.letter, today)
    const facts = await factsOfSubmission(deps, q, file, draft, kind.sections)
    const claims = claimsIn(kind.sections, draft, file.account)
    // Of a change registers are asked about what it touches alone; the rest was approved.
    const asked = change ? claims.filter(({ rowId }) => change.touched.has(rowId)) : claims
    const pending = await writeClaims(deps, q, file, round, asked)
    // CHK-4: what a register has not answered yet comes before a reviewer; with nothing to ask, one transaction does both.
    const isAutomatic = change?.isAutomatic === true && pending === 0
    const state =
      pending > 0 || isAutomatic ? nextState(file, 'submit') : nextState(file, 'submit', 'checked')
    await changeCase(deps, q, file, {
      state,
      round,
      stage: 1,
      stages: route.length,
      number,
      departmentId: last.id,
      sentTo: department.id,
      submittedAt: now,
      dueOn,
      claimedBy: null,
      claimedAt: null,
      claimedUntil: null,
      decidedAt: null,
      // Whoever was to look at the round before has.
      secondLookAt: null,
    })
    await q.insert(t.caseRound).values({
      caseId: file.case.id,
      round,
      snapshotSealed: deps.keys.seal(JSON.stringify(snapshot), roundContext(file.case.id, round)),
      factsSealed: deps.keys.seal(JSON.stringify(facts), roundFactsContext(file.case.id, round)),
      ruleVersion,
      baseSealed: change
        ? deps.keys.seal(JSON.stringify(change.base), roundBaseContext(file.case.id, round))
        : '',
      departmentId: department.id,
      submittedAt: now,
    })
    await countRound(deps, q, { caseId: file.case.id, round }, 'submitted')
    // Of a change those it replaces too: its reviewer looks at both.
    const shown = change ? [...snapshot.sections, change.base] : snapshot.sections
    const files = filesIn({ sections: shown })
    if (files.length > 0)
      await q.insert(t.roundFile).values(files.map((fileId) => ({ caseId: file.case.id, round, fileId })))
    await carryPasses(deps, q, file, snapshot, round)
    await notifyOfCase(deps, q, file, 'case-submitted', {
      number,
      department: department.fullName,
      due: dueOn,
    })
    if (kind.id === 'appeal' && round === 1) await tellHolder(deps, q, file)
    await log(deps, q, file, actor, 'case.submitted', {
      round,
      department: department.id,
      days: department.reviewDays,
      pending,
    })
    if (isAutomatic) await approveByRule(deps, q, file.case.id)
    return { number }
  })
}

/** REV-4: what passed and did not change stays passed, with who passed it and when. */
async function carryPasses(deps: Deps, q: Q, file: CaseFile, snapshot: Snapshot, round: number) {
  const { t } = deps.store
  const [before] = await q
    .select()
    .from(t.caseRound)
    .where(and(eq(t.caseRound.caseId, file.case.id), eq(t.caseRound.outcome, 'returned')))
    .orderBy(desc(t.caseRound.round))
    .limit(1)
  if (!before) return
  const old = openSnapshot(deps.keys, before)
  const passed = (await verdictsOf(q, t, file.case.id)).filter(
    (verdict) =>
      verdict.round === before.round &&
      verdict.passed &&
      unchanged(sectionOf(old, verdict.section), sectionOf(snapshot, verdict.section)),
  )
  if (passed.length > 0)
    await q
      .insert(t.verdict)
      .values(
        passed.map((verdict) => ({ ...verdict, round, carriedFrom: verdict.carriedFrom || verdict.round })),
      )
}
