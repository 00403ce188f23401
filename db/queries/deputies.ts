/** Reads about leave and who stands in meanwhile (代审, ADM-1). */
import { and, asc, eq, gt, inArray, isNull, lte, ne } from 'drizzle-orm'
import type { Keyring } from '../crypto.ts'
import type { Q, Schema } from '../store.ts'
import { ownColumns, ownIdentity } from './accounts.ts'
import { countsNow, isPresent, type Moment } from './at-work.ts'
import { type HeldOffice, liveOffices, officesOf, staffAccount } from './staff.ts'

/** A member of staff as the rules of 代审 look at them; null where there is none. */
export async function colleagueById(q: Q, t: Schema, keys: Keyring, id: string, { now, today }: Moment) {
  const account = await staffAccount(q, t, id)
  if (!account) return null
  const { own: offices } = liveOffices(await officesOf(q, t, [id]), now)
  return {
    id,
    own: ownIdentity(keys, account),
    isActive: account.status === 'active',
    isAway: account.awayUntil >= today,
    awayUntil: account.awayUntil,
    offices,
  }
}

export type FoundColleague = NonNullable<Awaited<ReturnType<typeof colleagueById>>>

export async function staffIdByLogin(q: Q, t: Schema, login: string): Promise<string | null> {
  const [row] = await q
    .select({ id: t.account.id })
    .from(t.account)
    .where(and(eq(t.account.login, login), eq(t.account.kind, 'staff')))
    .limit(1)
  return row?.id ?? null
}

/** What others hold for this person now. `held` is what the person holds or held: where their deputies' offices are. */
export async function deputiesOf(
  q: Q,
  t: Schema,
  accountId: string,
  held: readonly HeldOffice[],
  now: Date,
): Promise<readonly HeldOffice[]> {
  const places = [...new Set(held.flatMap(({ departmentId }) => departmentId ?? []))]
  if (places.length === 0) return []
  const rows = await q
    .selectDistinct({ accountId: t.staffGrant.accountId })
    .from(t.staffGrant)
    .where(
      and(
        inArray(t.staffGrant.departmentId, places),
        eq(t.staffGrant.deputyFor, accountId),
        countsNow(t, now),
      ),
    )
  const ids = rows.map((row) => row.accountId)
  const { acting } = liveOffices(ids.length === 0 ? [] : await officesOf(q, t, ids), now)
  return acting.filter(({ deputyFor }) => deputyFor === accountId)
}

/** Cases in somebody's hands now. */
export async function leasesOf(q: Q, t: Schema, accountId: string, now: Date): Promise<string[]> {
  const { id, claimedBy, claimedUntil, state } = t.serviceCase
  const rows = await q
    .select({ id })
    .from(t.serviceCase)
    .where(and(eq(claimedBy, accountId), eq(state, 'in_review'), gt(claimedUntil, now)))
    .orderBy(asc(id))
  return rows.map((row) => row.id)
}

/** Who has cases in hand now and an office, of their own or another's, that ended by itself since `since`. */
export async function holdersWithEnded(
  q: Q,
  t: Schema,
  { since, now }: { readonly since: Date; readonly now: Date },
): Promise<string[]> {
  const { serviceCase, staffGrant } = t
  const rows = await q
    .selectDistinct({ id: staffGrant.accountId })
    .from(staffGrant)
    .innerJoin(
      serviceCase,
      and(
        eq(serviceCase.claimedBy, staffGrant.accountId),
        eq(serviceCase.state, 'in_review'),
        gt(serviceCase.claimedUntil, now),
      ),
    )
    .where(and(gt(staffGrant.until, since), lte(staffGrant.until, now)))
  return rows.map((row) => row.id)
}

const nodesAtOnce = 50

/** Where to look for a deputy, nearest first: the departments themselves, above them, beside them, beneath them. */
export async function placesNear(q: Q, t: Schema, paths: readonly string[]): Promise<readonly string[]> {
  const { id, parentId, active, sort } = t.department
  const idsOf = (path: string) => path.split('/')
  const own = paths.flatMap((path) => idsOf(path).at(-1) ?? [])
  const above = paths.flatMap((path) => idsOf(path).slice(0, -1).reverse())
  const beneath = async (parents: readonly string[]) =>
    parents.length === 0
      ? []
      : await q
          .select({ id })
          .from(t.department)
          .where(and(inArray(parentId, [...parents]), eq(active, true)))
          .orderBy(asc(sort), asc(id))
          .limit(nodesAtOnce)
  const beside = await beneath(paths.flatMap((path) => idsOf(path).at(-2) ?? []))
  const below = await beneath(own)
  return [...new Set([...own, ...above, ...beside.map((one) => one.id), ...below.map((one) => one.id)])]
}

/** Up to `limit` members of staff who are at work with an office of their own at one of these nodes, in no order. */
export const presentAt = (
  q: Q,
  t: Schema,
  nodes: readonly string[],
  { except, moment, limit }: { except: string; moment: Moment; limit: number },
) =>
  q
    .selectDistinct({ ...ownColumns(t), nameSealed: t.account.nameSealed, login: t.account.login })
    .from(t.staffGrant)
    .innerJoin(t.account, eq(t.account.id, t.staffGrant.accountId))
    .where(
      and(
        inArray(t.staffGrant.departmentId, [...nodes]),
        isNull(t.staffGrant.deputyFor),
        countsNow(t, moment.now),
        isPresent(t, moment.today),
        ne(t.account.id, except),
      ),
    )
    .orderBy(asc(t.account.id))
    .limit(limit)
