import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { type FoundPerson, lookUpPerson, type Sought } from './support/person-sought.ts'

/**
 * Finds somebody on the record by number and name, before something is entered about them; refused as `personSought`. It is a look-up
 * of a person: the log says that it was done, also where nobody was found.
 */
export const findPerson = (deps: Deps, actor: Staff, sought: Sought): Promise<FoundPerson> =>
  lookUpPerson(deps, actor, sought)
