import { and, eq, sql } from 'drizzle-orm'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { enterPaid } from '../support/exam-paid.ts'

/**
 * 资格审核 passed (EXM-3): the registration waits for its payment; where the exam costs nothing it is paid. Refused where it holds no
 * seat any more.
 */
export async function admitToExam(deps: Deps, q: Q, file: CaseFile): Promise<void> {
  const { examEntry } = deps.store.t
  const [admitted] = await q
    .update(examEntry)
    .set({ state: 'awaiting-payment', version: sql`${examEntry.version} + 1` })
    .where(and(eq(examEntry.caseId, file.case.id), eq(examEntry.state, 'reviewing')))
    .returning({ fee: examEntry.fee })
  if (!admitted) throw refused(issue(null, 'exam-entry-over'))
  if (admitted.fee === 0) await enterPaid(deps, q, file.case.id)
}
