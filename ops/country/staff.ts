/** Who reviews the country: one reviewer for each department that can be chosen, one manager for everything above, and two who look on. */
import { eq } from 'drizzle-orm'
import type { Schema } from '#db/store.ts'
import { staffRow } from '#lib/commands/support/account-row.ts'
import type { Deps } from '#lib/deps.ts'
import type { Role } from '#lib/domain/actor.ts'
import { bulkInto } from './bulk.ts'
import { nameOf } from './person.ts'
import type { Place } from './places.ts'
import { idAt, randomOf } from './random.ts'

export interface StaffWord {
  readonly role: Role
  readonly login: string
  readonly departmentId: string | null
  readonly department: string
}

export interface Offices {
  /** Who decides at this department. */
  readonly reviewerOf: (departmentId: string) => string
  /** Who is above it; its reviewer where nobody is. */
  readonly managerAbove: (path: string) => string
  /** The highest manager of this path. */
  readonly managerOnTop: (path: string) => string
  readonly made: number
}

type Department = Schema['department']['$inferSelect']

/** Everybody's word, by login. */
export function staffWords(
  departments: readonly Department[],
  places: readonly Place[],
  viewed: Department,
): readonly StaffWord[] {
  const chosen = new Set(places.map(({ department }) => department.id))
  const at = ({ id, fullName }: Department) => ({ departmentId: id, department: fullName })
  return [
    ...places.map(({ department }) => ({
      role: 'reviewer' as const,
      login: `r${department.id}`,
      ...at(department),
    })),
    ...departments
      .filter(({ id, active }) => active && !chosen.has(id))
      .map((one) => ({ role: 'manager' as const, login: `m${one.id}`, ...at(one) })),
    { role: 'viewer', login: `v${viewed.id}`, ...at(viewed) },
    { role: 'operator', login: 'seed-operator', departmentId: null, department: '' },
  ]
}

/** Adds who is not there yet; all share the password's hash and the secret. */
export async function makeOffices(
  deps: Deps,
  words: readonly StaffWord[],
  {
    seed,
    since,
    passwordHash,
    totpSecret,
  }: { seed: number; since: Date; passwordHash: string; totpSecret: string },
): Promise<Offices> {
  const { store } = deps
  const { account } = store.t
  const known = await store.read
    .select({ id: account.id, login: account.login })
    .from(account)
    .where(eq(account.kind, 'staff'))
  const ids = new Map(known.map(({ id, login }) => [login, id]))
  const bulk = bulkInto(store.t)
  let made = 0
  for (const [index, { role, login, departmentId }] of words.entries()) {
    if (ids.has(login)) continue
    const random = randomOf(seed, 1, index)
    const at = new Date(since.getTime() + index)
    const id = idAt(random, at)
    const name = nameOf(random, random.chance(0.6) ? 'female' : 'male')
    bulk.add('account', staffRow(deps, { id, name, passwordHash, at, login, totpSecret }))
    bulk.add('staffGrant', { id: idAt(random, at), accountId: id, role, departmentId, createdAt: at })
    ids.set(login, id)
    made += 1
  }
  await store.tx((q) => bulk.write(q))
  const found = (login: string) => {
    const id = ids.get(login)
    if (id === undefined) throw new Error(`no member of staff ${login}`)
    return id
  }
  return {
    made,
    reviewerOf: (departmentId) => found(`r${departmentId}`),
    managerOnTop: (path) => found(`m${path.split('/')[0]}`),
    managerAbove: (path) => {
      const chain = path.split('/').toReversed()
      const above = chain.find((id) => ids.has(`m${id}`))
      return found(above === undefined ? `r${chain[0]}` : `m${above}`)
    },
  }
}
