import { record } from '#db/events.ts'
import { auditedPeople } from '#db/queries/audit.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { auditScope } from '#lib/policy/audit-policy.ts'
import { identityKeysOf } from '#lib/schemas/account.ts'
import { normaliseNumber } from '#lib/schemas/identity-number.ts'
import { nameKey } from '#lib/schemas/name.ts'

/** So many people are found at once. */
const mostFound = 20

/**
 * Ids of the people in the actor's scope who are called `text`, or whose document number it is, as a whole (ADM-3). The log
 * says that it was looked for, and of whom it says nothing. `not-found` for who may look into nothing.
 */
export async function searchAudit(
  { store, keys, clock }: Deps,
  actor: Staff,
  text: string,
): Promise<{ readonly ids: readonly string[]; readonly more: boolean }> {
  const scope = auditScope(actor)
  if (!scope) throw notFound()
  const { t } = store
  const at = clock.now()
  return store.tx(async (q) => {
    const by = {
      names: keys.blinds('name', nameKey(text)),
      numbers: keys.blinds('number', normaliseNumber(text)),
      identities: identityKeysOf(text, dayOf(at)).flatMap((key) => keys.blinds('identity', key)),
    }
    const found = await auditedPeople(q, t, scope.paths, by, mostFound + 1)
    const ids = found.slice(0, mostFound)
    const data = { found: ids.length }
    await record(q, t, { id: newId(at), kind: 'audit.searched', actorId: actor.id, data, at })
    return { ids, more: found.length > ids.length }
  })
}
