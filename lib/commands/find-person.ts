import { record } from '#db/events.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { type Fault, isFault } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { type FoundPerson, personSought, type Sought } from './support/person-sought.ts'

/**
 * Finds somebody on the record by number and name, before something is entered about them; refused as `personSought`. It is a look-up
 * of a person: the log says that it was done, also where nobody was found.
 */
export async function findPerson(deps: Deps, actor: Staff, sought: Sought): Promise<FoundPerson> {
  const { store, clock } = deps
  const found = await store.tx(async (q) => {
    const person = await personSought(deps, q, actor, sought).catch((error: unknown): Fault => {
      if (isFault(error, 'refused')) return error
      throw error
    })
    const at = clock.now()
    await record(q, store.t, {
      id: newId(at),
      kind: 'person.sought',
      actorId: actor.id,
      ...('account' in person ? { personId: person.account.id } : {}),
      data: { found: 'account' in person },
      at,
    })
    return person
  })
  if ('account' in found) return found
  throw found
}
