/** A 信息变更 at its submission and at its end (CHG). */
import { type CaseFile, departmentFacts } from '#db/queries/case-file.ts'
import type { OpenRecord } from '#db/queries/records.ts'
import type { Q } from '#db/store.ts'
import { collection } from '#lib/cases/collection.ts'
import type { Deps } from '#lib/deps.ts'
import { changedSection } from '#lib/domain/changes.ts'
import { sameSubject } from '#lib/domain/claims.ts'
import { changedAnswers, changeObstacles, isFaulted, isListed, touchedRows } from '#lib/readers/changes.ts'
import { claimsIn, type DraftClaim } from '#lib/readers/claims.ts'
import { diffAnswers } from '#lib/readers/diff.ts'
import { type Draft, recordDraft } from '#lib/readers/draft.ts'

/** The record as it is, read as a draft. */
export async function draftOfRecord(
  deps: Deps,
  q: Q,
  { account }: Pick<CaseFile, 'account'>,
  record: OpenRecord,
  today: string,
): Promise<Draft> {
  const department = await departmentFacts(q, deps.store.t, record.departmentId)
  return recordDraft({ account, department, ...record }, today)
}

/** What a change would do to the record; null for a case that is none. */
export async function changeOf(deps: Deps, q: Q, file: CaseFile, draft: Draft, today: string) {
  const section = changedSection(file.case.kind)
  if (section === null || file.record === null) return null
  const before = await draftOfRecord(deps, q, file, file.record, today)
  const base = changedAnswers(section, before)
  const differences = diffAnswers(base, changedAnswers(section, draft))
  const touched = touchedRows(differences)
  const approved = claimsIn([section], before, file.account)
  return {
    base,
    differences,
    /** Registers are asked about what is new: what the record says in the same words was approved, also against a register (EDU-3). */
    asksAbout: ({ rowId, kind, subject }: DraftClaim) =>
      touched.has(rowId) &&
      !approved.some(
        (one) => one.rowId === rowId && one.kind === kind && sameSubject(kind, one.subject, subject),
      ),
    obstacles: changeObstacles(section, before, draft, collection.sections),
    isAutomatic: !isFaulted(file.findings) && isListed(section, differences, deps.env.automaticChanges),
  }
}
