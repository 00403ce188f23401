/** Sends an application: its answers become a numbered, frozen round before its department (SUB-2). */
import { and, desc, eq } from 'drizzle-orm'
import type { CaseFile } from '#db/queries/case-file.ts'
import {
  openSnapshot,
  roundBaseContext,
  roundContext,
  roundFactsContext,
  verdictsOf,
} from '#db/queries/cases.ts'
import type { Department } from '#db/queries/departments.ts'
import { departmentOfRecord } from '#db/queries/records.ts'
import type { Q } from '#db/store.ts'
import { insert } from '#db/write.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'
import { newCaseNumber } from '#lib/ids.ts'
import type { AnswerSection } from '#lib/readers/answers.ts'
import { claimsIn } from '#lib/readers/claims.ts'
import { unchanged } from '#lib/readers/diff.ts'
import type { Draft } from '#lib/readers/draft.ts'
import { filesIn, type Snapshot, sectionOf, snapshotOf } from '#lib/readers/snapshot.ts'
import { ruleVersion } from '#lib/sections/rule-version.ts'
import { approveByRule } from './approval.ts'
import { changeCase, log, nextState } from './case-work.ts'
import type { changeOf } from './changes.ts'
import { writeClaims } from './checks.ts'
import { factsOfSubmission } from './facts.ts'
import { countSubmission } from './figures.ts'
import { notifyOfCase } from './notify.ts'

type StationOfRoute = Pick<Department, 'id' | 'fullName' | 'reviewDays'>

export interface Sending {
  readonly draft: Draft
  /** Whom it goes to, one department for each stage; the one that decides at last stands at the end. */
  readonly route: readonly [StationOfRoute, ...StationOfRoute[]]
  /** Of a 信息变更: what it would do to the record. */
  readonly change?: Awaited<ReturnType<typeof changeOf>>
  /** Nobody has to look at it, unless a register is asked first. */
  readonly isAutomatic?: boolean
  /** The stage it begins at, where whoever files it has let the one before pass (AWD-1). */
  readonly stage?: number
  /** Frozen with it, and judged by nobody: what its answers were read from (EXM-3). */
  readonly beside?: readonly AnswerSection[]
}

/** The case was opened and authorised in this transaction, and nothing stands against it. Gives its number and round. */
export async function sendRound(
  deps: Deps,
  q: Q,
  actor: Actor,
  file: CaseFile,
  { draft, route, change = null, isAutomatic: mayPass = false, stage = 1, beside = [] }: Sending,
): Promise<{ number: string; round: number }> {
  const { t } = deps.store
  const kind = caseKinds[file.case.kind]
  const now = deps.clock.now()
  const today = dayOf(now)
  const [department] = route
  const last = route.at(-1) ?? department
  const round = file.case.round + 1
  const answered = snapshotOf(kind.sections, draft, file.account, { department: last.fullName })
  const snapshot: Snapshot = { sections: [...answered.sections, ...beside] }
  const dueOn = addWorkingDays(today, department.reviewDays, await deps.calendar())
  const number = file.case.number ?? newCaseNumber(kind.letter, today)
  const facts = await factsOfSubmission(deps, q, file, draft, kind.sections)
  const claims = claimsIn(kind.sections, draft, file.account)
  // Of a change registers are asked about what it says anew alone; the rest was approved.
  const asked = change ? claims.filter(change.asksAbout) : claims
  const pending = await writeClaims(deps, q, file, round, asked)
  // CHK-4: what a register has not answered yet comes before a reviewer; with nothing to ask, one transaction does both.
  const isAutomatic = mayPass && pending === 0
  const state = pending > 0 || isAutomatic ? nextState(file, 'submit') : nextState(file, 'submit', 'checked')
  await changeCase(deps, q, file, {
    state,
    round,
    stage,
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
  await insert(q, t.caseRound, {
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
  await countSubmission(deps, q, { kind: kind.id, departmentId: department.id, submittedAt: now })
  // Of a change those it replaces too: its reviewer looks at both.
  const shown = change ? [...snapshot.sections, change.base] : snapshot.sections
  const files = filesIn({ sections: shown })
  await insert(
    q,
    t.roundFile,
    files.map((fileId) => ({ caseId: file.case.id, round, fileId })),
  )
  await carryPasses(deps, q, file, snapshot, round)
  // Of what nobody has to look at its approval tells, once (CHG-4).
  if (!isAutomatic)
    await notifyOfCase(deps, q, file, 'case-submitted', {
      number,
      department: department.fullName,
      due: dueOn,
    })
  await log(deps, q, file, actor, 'case.submitted', {
    round,
    department: department.id,
    days: department.reviewDays,
    pending,
    // TRF-4: once the person has moved, nothing else says from where.
    ...(kind.department === 'from-record-to-chosen'
      ? { from: (await departmentOfRecord(q, t, file.case.personId)) ?? '', to: last.id }
      : {}),
  })
  if (isAutomatic) await approveByRule(deps, q, file.case.id)
  return { number, round }
}

/** REV-4: what passed and did not change stays passed, with who passed it and when. */
async function carryPasses(deps: Deps, q: Q, file: CaseFile, snapshot: Snapshot, round: number) {
  const { t } = deps.store
  if (file.case.round === 0) return
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
  await insert(
    q,
    t.verdict,
    passed.map((verdict) => ({ ...verdict, round, carriedFrom: verdict.carriedFrom || verdict.round })),
  )
}
