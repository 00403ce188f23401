/** 继续教育名单 (CRE-1): lists, and the people their lines are about. */
import { and, desc, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import type { Keyring } from '../crypto.ts'
import type { Q, Schema } from '../store.ts'
import { type Account, openAccount } from './accounts.ts'
import type { Department } from './departments.ts'

export type Roster = Schema['roster']['$inferSelect']

/** A list with the department it was uploaded for; null where there is none. */
export async function rosterById(
  q: Q,
  t: Schema,
  id: string,
): Promise<{ readonly roster: Roster; readonly department: Department } | null> {
  const [row] = await q
    .select({ roster: t.roster, department: t.department })
    .from(t.roster)
    .innerJoin(t.department, eq(t.department.id, t.roster.departmentId))
    .where(eq(t.roster.id, id))
    .limit(1)
  return row ?? null
}

/** Lists of these departments without their lines, newest first; ids sort by time. */
export const rostersOf = (
  q: Q,
  t: Schema,
  departments: readonly string[],
  { after, limit }: { readonly after: string; readonly limit: number },
) => {
  const { id, at, by, state, lines, entered, endedAt, departmentId } = t.roster
  return q
    .select({ id, at, by, state, lines, entered, endedAt, department: t.department.fullName })
    .from(t.roster)
    .innerJoin(t.department, eq(t.department.id, departmentId))
    .where(and(inArray(departmentId, [...departments]), after === '' ? undefined : lt(id, after)))
    .orderBy(desc(id))
    .limit(limit)
}

/** Up to `limit` lists that nobody has confirmed or dropped since `before`. */
export const rostersLeft = (q: Q, t: Schema, before: Date, limit: number) =>
  q
    .select({ id: t.roster.id })
    .from(t.roster)
    .where(and(eq(t.roster.state, 'checked'), isNull(t.roster.endedAt), lt(t.roster.at, before)))
    .limit(limit)

/** Somebody on the record, and where. */
export interface Recorded {
  readonly account: Account
  readonly path: string
}

/** Everybody on the record whose document one of these indexes is of. */
export async function recordedPeople(
  q: Q,
  t: Schema,
  keys: Keyring,
  by: { readonly numbers: readonly string[]; readonly identities: readonly string[] },
): Promise<readonly Recorded[]> {
  const { account, person, department } = t
  const rows = await q
    .select({ account, path: department.path })
    .from(account)
    .innerJoin(person, eq(person.id, account.id))
    .innerJoin(department, eq(department.id, person.departmentId))
    .where(
      and(
        eq(account.status, 'active'),
        or(inArray(account.numberIndex, [...by.numbers]), inArray(account.identityIndex, [...by.identities])),
      ),
    )
  return rows.map((row) => ({ account: openAccount(keys, row.account), path: row.path }))
}

/** What the ledgers of these people hold of these months. */
export const entriesOfPeople = (q: Q, t: Schema, people: readonly string[], months: readonly string[]) => {
  const { personId, form, title, obtained } = t.creditEntry
  return people.length === 0
    ? Promise.resolve([])
    : q
        .select({ personId, form, title, obtained })
        .from(t.creditEntry)
        .where(and(inArray(personId, [...people]), inArray(obtained, [...months])))
}

/** Which of these people a list has brought something to. */
export async function peopleOfRoster(
  q: Q,
  t: Schema,
  rosterId: string,
  people: readonly string[],
): Promise<ReadonlySet<string>> {
  const { creditEntry } = t
  if (people.length === 0) return new Set()
  const rows = await q
    .selectDistinct({ personId: creditEntry.personId })
    .from(creditEntry)
    .where(and(inArray(creditEntry.personId, [...people]), eq(creditEntry.rosterId, rosterId)))
  return new Set(rows.map(({ personId }) => personId))
}
