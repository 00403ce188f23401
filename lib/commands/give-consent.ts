import { record } from '#db/events.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { ConsentPurpose } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'

/**
 * Consent to face and identity pictures for one purpose, before any of them is taken (IDV-4). `not-found` for a kind
 * this person may not file.
 */
export async function giveConsent(
  deps: Deps,
  actor: Person,
  input: { purpose: ConsentPurpose },
): Promise<void> {
  const { t } = deps.store
  if (!caseKinds[input.purpose].filedBy.includes(actor.kind)) throw notFound()
  await deps.store.tx(async (q) => {
    const at = deps.clock.now()
    const [given] = await q
      .insert(t.consent)
      .values({ id: newId(at), accountId: actor.id, purpose: input.purpose, given: true, at })
      .onConflictDoNothing()
      .returning({ id: t.consent.id })
    if (given)
      await record(q, t, {
        id: newId(at),
        kind: 'consent.given',
        actorId: actor.id,
        personId: actor.id,
        data: { purpose: input.purpose },
        at,
      })
  })
}
