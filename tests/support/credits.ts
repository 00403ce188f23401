/** People with an approved record, and claims of credits made by the commands everybody uses (CRE-1). */
import { asc, eq } from 'drizzle-orm'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import { asPosted } from '#lib/readers/sample.ts'
import { caseRow, rowsOf } from './case-state.ts'
import { filledApplication, submittedCase } from './cases.ts'
import { makeApplicant, makeStaff, type TestDeps } from './deps.ts'

/** What a claim says: `obtained` as `YYYY-MM`. */
export interface Claimed {
  readonly form?: string
  readonly title?: string
  readonly quantity?: string
  readonly obtained?: string
}

const usual = { form: 'conference', title: '全省会计信息化研讨会', quantity: '2', obtained: '2026-06' }

function typed(claimed: Claimed) {
  const { obtained, ...rest } = { ...usual, ...claimed }
  const [year = '', month = ''] = obtained.split('-')
  return { ...rest, 'obtained.year': year, 'obtained.month': month }
}

/** Claims a case and passes every section of it. */
export async function approveAll(
  deps: TestDeps,
  reviewer: Staff,
  caseId: string,
  sections: readonly string[],
): Promise<void> {
  deps.clock.advance(1000)
  await claimCase(deps, reviewer, { caseId })
  const { version } = await caseRow(deps, caseId)
  const verdicts = Object.fromEntries(sections.map((section) => [section, 'pass']))
  await approveCase(deps, reviewer, { caseId, version, opinions: { verdicts, findings: [] } })
  deps.clock.advance(1000)
}

/** Somebody whose collection was approved by this department, and a reviewer of it. */
export async function recordedAt(deps: TestDeps, departmentId: string) {
  const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId })).actor
  const person = await makeApplicant(deps)
  await approveAll(deps, reviewer, await submittedCase(deps, person.actor, departmentId), collection.sections)
  return { ...person, reviewer }
}

/** A claim filled in with its proof, not sent. */
export const filledClaim = (deps: TestDeps, actor: Applicant, claimed: Claimed = {}): Promise<string> =>
  filledApplication(deps, actor, 'credit', typed(claimed))

/** Types over what a claim says. */
export async function retype(deps: TestDeps, actor: Applicant, caseId: string, claimed: Claimed) {
  const [known] = await rowsOf(deps, caseId, 'credit')
  const at = { caseId, section: 'credit', rowId: 'main', rev: known?.rev ?? 0 } as const
  return saveEntry(deps, actor, { ...at, form: asPosted(typed(claimed)) })
}

/** A claim that waits for its department. */
export async function submittedClaim(
  deps: TestDeps,
  actor: Applicant,
  claimed: Claimed = {},
): Promise<string> {
  const caseId = await filledClaim(deps, actor, claimed)
  await submitCase(deps, actor, { caseId, declared: true })
  return caseId
}

/** The ledger as it is stored. */
export const entriesOf = ({ store }: TestDeps, personId: string) =>
  store.read
    .select()
    .from(store.t.creditEntry)
    .where(eq(store.t.creditEntry.personId, personId))
    .orderBy(asc(store.t.creditEntry.obtained))
