import { and, desc, eq } from 'drizzle-orm'
import { hasConsented } from '#db/queries/accounts.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import {
  openSnapshot,
  roundBaseContext,
  roundContext,
  roundFactsContext,
  verdictsOf,
} from '#db/queries/cases.ts'
import { type Department, departmentById, departmentChain, ownDepartmentOf } from '#db/queries/departments.ts'
import type { Q } from '#db/store.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { isUnderReview } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
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
import { factsOfSubmission } from './support/facts.ts'
import { countRound } from './support/figures.ts'
import { notifyOfCase } from './support/notify.ts'

export interface Submission {
  readonly caseId: string
  readonly declared: boolean
}

/** Where the case goes (IDV-3: the 市本级 of the city; else the department chosen on page 1). */
async function destination(
  deps: Deps,
  q: Q,
  file: CaseFile,
  draft: Draft,
): Promise<Pick<Department, 'id' | 'path' | 'fullName' | 'reviewDays'> | null> {
  const { department, sections } = caseKinds[file.case.kind]
  if (department === 'chosen') return file.department
  if (department === 'of-record')
    return file.record && departmentById(q, deps.store.t, file.record.departmentId)
  const [first] = sections
  const row = first && draft.rows(first).find(({ id }) => id === mainRow)
  return row ? ownDepartmentOf(q, deps.store.t, valueOf(row, 'city')) : null
}

/**
 * Freezes the answers as a numbered round and puts the case before its department (SUB-1, SUB-2). All obstacles
 * are told at once. For a case already under review it gives the number it has, so two clicks make one submission.
 */
export async function submitCase(deps: Deps, actor: Person, input: Submission): Promise<{ number: string }> {
  const { store } = deps
  const { t } = store
  return store.tx(async (q) => {
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
    const issues = [
      ...(change ? change.obstacles : draft.obstacles(kind.sections)),
      ...kind.precondition({
        identityVerified: file.account.identityState === 'verified',
        hasClaim: file.account.status === 'claiming' || file.account.nextPhone !== '',
        consented: await hasConsented(q, t, actor.id, kind.consent),
        hasRecord: file.record !== null,
        changesNothing: change?.differences.length === 0,
        declared: input.declared,
      }),
    ]
    const department = await destination(deps, q, file, draft)
    if (issues.length === 0 && !department) issues.push(issue(null, 'department-unknown'))
    if (issues.length > 0 || !department) throw refused(...issues)

    const round = file.case.round + 1
    const chain = await departmentChain(q, t, department)
    const snapshot = snapshotOf(kind.sections, draft, file.account, {
      department: chain.at(-1)?.fullName ?? department.fullName,
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
      number,
      departmentId: department.id,
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
