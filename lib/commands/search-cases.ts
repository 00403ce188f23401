import { record } from '#db/events.ts'
import { caseIdsOfPeople, departmentIdsWithin } from '#db/queries/review.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { reviewedPaths } from '#lib/policy/case-policy.ts'
import { identityKeysOf } from '#lib/schemas/account.ts'
import { normaliseNumber } from '#lib/schemas/identity-number.ts'
import { nameKey } from '#lib/schemas/name.ts'
import { normalisePhone } from '#lib/schemas/phone.ts'

/** So many cases are found at once. */
export const mostFound = 50

/**
 * 查找 (REV-1): the ids of the cases in the actor's departments of who is called `text`, or whose document number or phone it is, as
 * a whole; newest first, at most `mostFound`. It is a look-up of a person, so the log says that it was done, and of whom
 * it says nothing. `not-found` for who reviews nothing.
 */
export async function searchCases(
  { store, keys, clock }: Deps,
  actor: Staff,
  text: string,
): Promise<{ readonly ids: readonly string[]; readonly more: boolean }> {
  const paths = reviewedPaths(actor)
  if (paths.length === 0) throw notFound()
  const { t } = store
  const at = clock.now()
  return store.tx(async (q) => {
    const found = await caseIdsOfPeople(
      q,
      t,
      await departmentIdsWithin(q, t, paths),
      {
        // Letters of a foreign name come wide from a Chinese keyboard.
        names: [text, text.normalize('NFKC')].flatMap((name) => keys.blinds('name', nameKey(name))),
        numbers: keys.blinds('number', normaliseNumber(text)),
        identities: identityKeysOf(text, dayOf(at)).flatMap((key) => keys.blinds('identity', key)),
        phones: keys.blinds('phone', normalisePhone(text)),
      },
      mostFound + 1,
    )
    const ids = found.slice(0, mostFound)
    await record(q, t, {
      id: newId(at),
      kind: 'case.searched',
      actorId: actor.id,
      data: { found: ids.length },
      at,
    })
    return { ids, more: found.length > ids.length }
  })
}
