/** Somebody on the record, sought by staff who have their papers at hand. */
import { record } from '#db/events.ts'
import { type Account, accountsByNumber } from '#db/queries/accounts.ts'
import { type Department, departmentById } from '#db/queries/departments.ts'
import { departmentOfRecord } from '#db/queries/records.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { type Fault, isFault, notFound, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { reviewedPaths } from '#lib/policy/case-policy.ts'
import { isInScope } from '#lib/policy/staff-policy.ts'
import { identityKeysOf } from '#lib/schemas/account.ts'
import { normaliseNumber } from '#lib/schemas/identity-number.ts'
import { nameKey } from '#lib/schemas/name.ts'
import { facingPerson } from './case-work.ts'

/** Document number and name as typed. */
export interface Sought {
  readonly number: string
  readonly name: string
}

export interface FoundPerson {
  readonly account: Account
  /** The department that keeps the record. */
  readonly department: Department
}

/**
 * Who has this number, is called this, and whose record is kept in the subtrees the actor reviews. `person-not-found` for a pair that
 * does not belong together, for who is kept elsewhere and for nobody: all the same from outside (SEC-1). `own-case` for oneself and for
 * whom one acts for alone, `on-leave` for who is away; `not-found` for who reviews nothing.
 */
export async function personSought(
  deps: Deps,
  q: Q,
  actor: Staff,
  { number, name }: Sought,
): Promise<FoundPerson> {
  const { store, keys, clock } = deps
  const paths = reviewedPaths(actor)
  if (paths.length === 0) throw notFound()
  const empty = [
    ...(number.trim() === '' ? [issue('number', 'person-number-empty')] : []),
    ...(name.trim() === '' ? [issue('name', 'person-name-empty')] : []),
  ]
  if (empty.length > 0) throw refused(...empty)
  // Letters of a foreign name come wide from a Chinese keyboard.
  const called = new Set([name, name.normalize('NFKC')].map(nameKey))
  const among = await accountsByNumber(q, store.t, keys, {
    number: normaliseNumber(number),
    identityKeys: identityKeysOf(number, dayOf(clock.now())),
  })
  for (const account of among.filter((one) => called.has(nameKey(one.name)))) {
    const home = await departmentOfRecord(q, store.t, account.id)
    const department = home === null ? null : await departmentById(q, store.t, home)
    if (!department || !isInScope(paths, department.path)) continue
    const { isOwn, isAway } = await facingPerson(deps, q, actor, account, department.path)
    if (isOwn) throw refused(issue('number', 'own-case'))
    if (isAway) throw refused(issue(null, 'on-leave'))
    return { account, department }
  }
  throw refused(issue('number', 'person-not-found'))
}

/** `personSought` in a transaction of its own, with a line in the log, also where nobody was found. */
export async function lookUpPerson(deps: Deps, actor: Staff, sought: Sought): Promise<FoundPerson> {
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
