import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Q } from '#db/store.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import { isUnderReview, transitions } from '#lib/domain/case-states.ts'

/**
 * Whether a case of this person is being judged now, of any kind or of one. Waits for a submission under way, and one
 * that comes later waits for this transaction: what the judgement rests on does not change beneath it.
 */
export async function hasCaseUnderReview(
  { store }: Deps,
  q: Q,
  personId: string,
  kind?: CaseKindId,
): Promise<boolean> {
  const { serviceCase } = store.t
  // An update that changes nothing locks the rows, on either engine.
  const open = await q
    .update(serviceCase)
    .set({ version: sql`${serviceCase.version}` })
    .where(
      and(
        eq(serviceCase.personId, personId),
        inArray(serviceCase.state, [...transitions.cancel.from]),
        kind ? eq(serviceCase.kind, kind) : undefined,
      ),
    )
    .returning({ state: serviceCase.state })
  return open.some(({ state }) => isUnderReview(state))
}
