import { setTimeout as sleep } from 'node:timers/promises'
import { and, asc, eq, inArray, isNull, or, type SQL } from 'drizzle-orm'
import type { OwnIdentity } from '#lib/domain/own-identity.ts'
import type { Keyring } from '../crypto.ts'
import { among, type Given, prepared } from '../prepared.ts'
import type { Q, Schema, Store } from '../store.ts'
import { isUnavailable } from '../unavailable.ts'
import { update } from '../write.ts'

type AccountRow = Schema['account']['$inferSelect']

/** An account with its sealed columns opened. */
export interface Account
  extends Omit<AccountRow, 'numberSealed' | 'nameSealed' | 'phoneSealed' | 'nextPhoneSealed' | 'totpSealed'> {
  readonly number: string
  readonly name: string
  readonly phone: string
  /** Proven, and asked for by an appeal (ACC-8). */
  readonly nextPhone: string
  readonly totpSecret: string
}

/** Contexts bind each sealed value to its row and column (SEC-2). */
export const accountContext = (
  id: string,
  column: 'number' | 'name' | 'phone' | 'next-phone' | 'totp' | 'own-identity',
) => `account:${id}:${column}`

export function openAccount(keys: Keyring, row: AccountRow): Account {
  const { numberSealed, nameSealed, phoneSealed, nextPhoneSealed, totpSealed, ...rest } = row
  const open = (sealed: string, column: Parameters<typeof accountContext>[1]) =>
    sealed === '' ? '' : keys.unseal(sealed, accountContext(row.id, column))
  return {
    ...rest,
    number: open(numberSealed, 'number'),
    name: open(nameSealed, 'name'),
    phone: open(phoneSealed, 'phone'),
    nextPhone: open(nextPhoneSealed, 'next-phone'),
    totpSecret: open(totpSealed, 'totp'),
  }
}

const accountQuery = prepared((q, t, { id }: Given<{ id: string }>) =>
  q.select().from(t.account).where(eq(t.account.id, id)).limit(1),
)

export async function accountById(q: Q, t: Schema, keys: Keyring, id: string): Promise<Account | null> {
  const [row] = await accountQuery(q, t, { id })
  return row ? openAccount(keys, row) : null
}

/** At most so many hold one number: passports of different countries may share one. */
export const mostOfOneNumber = 3

/**
 * Sign-in look-up (ACC-6, domain.md §0.8). A staff login goes before a phone, a phone before a number, so that nobody
 * takes another's way in by registering a passport that is called like it. Several only where they share a number,
 * who has it for life first: then the password tells who it is.
 */
export async function accountsBySignIn(
  q: Q,
  t: Schema,
  keys: Keyring,
  typed: { login: string; number: string; phone: string; identityKeys: readonly string[] },
): Promise<readonly Account[]> {
  const among = (which: SQL) =>
    q
      .select()
      .from(t.account)
      .where(which)
      .orderBy(asc(t.account.createdAt), asc(t.account.id))
      .limit(mostOfOneNumber)
  // All of them every time, so that the time of an answer does not tell which one knew.
  const [named, called, lifelong, numbered] = await Promise.all([
    among(eq(t.account.login, typed.login)),
    among(inArray(t.account.phoneIndex, keys.blinds('phone', typed.phone))),
    among(
      inArray(
        t.account.identityIndex,
        typed.identityKeys.flatMap((key) => keys.blinds('identity', key)),
      ),
    ),
    among(inArray(t.account.numberIndex, keys.blinds('number', typed.number))),
  ])
  const [first] = [named, called].filter((rows) => rows.length > 0)
  const held = new Map([...lifelong, ...numbered].map((row) => [row.id, row]))
  return (first ?? [...held.values()]).slice(0, mostOfOneNumber).map((row) => openAccount(keys, row))
}

/** Who may be meant by a typed document number: people share one only with other documents. */
export async function accountsByNumber(
  q: Q,
  t: Schema,
  keys: Keyring,
  typed: { number: string; identityKeys: readonly string[] },
): Promise<readonly Account[]> {
  const { account } = t
  const rows = await q
    .select()
    .from(account)
    .where(
      and(
        eq(account.kind, 'applicant'),
        eq(account.status, 'active'),
        or(
          inArray(
            account.identityIndex,
            typed.identityKeys.flatMap((key) => keys.blinds('identity', key)),
          ),
          inArray(account.numberIndex, keys.blinds('number', typed.number)),
        ),
      ),
    )
    .orderBy(asc(account.createdAt), asc(account.id))
    .limit(mostOfOneNumber)
  return rows.map((row) => openAccount(keys, row))
}

/** Who holds an identity now; null where nobody does. */
export const accountByIdentity = (q: Q, t: Schema, keys: Keyring, identityKey: string) =>
  accountByIndex(q, t, keys, ...keys.blinds('identity', identityKey))

/** Who stands under one of these indexes of an identity; null where nobody does. */
export async function accountByIndex(q: Q, t: Schema, keys: Keyring, ...indexes: readonly string[]) {
  const [row] = await q
    .select()
    .from(t.account)
    .where(inArray(t.account.identityIndex, [...indexes]))
    .limit(1)
  return row ? openAccount(keys, row) : null
}

/** Who holds a phone, which is normalised; null where nobody does. */
export async function accountByPhone(q: Q, t: Schema, keys: Keyring, phone: string) {
  const [row] = await q
    .select()
    .from(t.account)
    .where(inArray(t.account.phoneIndex, keys.blinds('phone', phone)))
    .limit(1)
  return row ? openAccount(keys, row) : null
}

/** What tells whom the office says a member of staff is. */
export type OwnColumns = Pick<AccountRow, 'id' | 'ownIdentityIndex' | 'ownIdentitySealed'>

export const ownColumns = ({ account: { id, ownIdentityIndex, ownIdentitySealed } }: Schema) => ({
  id,
  ownIdentityIndex,
  ownIdentitySealed,
})

/** By every key of the ring: the index stored is the one of the key that wrote it. */
export function ownIdentity(
  keys: Keyring,
  { id, ownIdentityIndex: index, ownIdentitySealed: sealed }: OwnColumns,
): OwnIdentity {
  if (index === null) return []
  if (keys.ids.length === 1 || sealed === '') return [index]
  return [index, ...keys.blinds('identity', keys.unseal(sealed, accountContext(id, 'own-identity')))]
}

/** Whose cases are the own ones of these members of staff, as far as their office has named them. */
export async function ownIdentitiesOf(
  q: Q,
  t: Schema,
  keys: Keyring,
  ids: readonly string[],
): Promise<OwnIdentity[]> {
  if (ids.length === 0) return []
  const rows = await q
    .select(ownColumns(t))
    .from(t.account)
    .where(inArray(t.account.id, [...ids]))
  return rows.map((row) => ownIdentity(keys, row)).filter((own) => own.length > 0)
}

const reviewerQuery = prepared((q, t, { staffId }: Given<{ staffId: string }>) =>
  q
    .select({ ...ownColumns(t), awayUntil: t.account.awayUntil })
    .from(t.account)
    .where(eq(t.account.id, staffId))
    .limit(1),
)

/** Of a member of staff, whom the office says they are, and the last day of their leave ('' for none). */
export async function reviewerFacts(q: Q, t: Schema, keys: Keyring, staffId: string) {
  const [row] = await reviewerQuery(q, t, { staffId })
  return row ? { own: ownIdentity(keys, row), awayUntil: row.awayUntil } : { own: [], awayUntil: '' }
}

const identitiesQuery = prepared((q, t, { own }: Given<{ own: OwnIdentity }>) =>
  q
    .select({ id: t.account.id })
    .from(t.account)
    .where(among(t, t.account.identityIndex, own)),
)

/** The accounts in which a member of staff is a person themselves, as far as their office has named them. */
export async function ownAccountsOf(q: Q, t: Schema, keys: Keyring, staffId: string): Promise<string[]> {
  const { own } = await reviewerFacts(q, t, keys, staffId)
  return own.length === 0 ? [] : (await identitiesQuery(q, t, { own })).map(({ id }) => id)
}

/** Whether a phone or an identity is held by somebody. */
export async function heldBy(q: Q, t: Schema, keys: Keyring, by: { phone?: string; identityKey?: string }) {
  const [row] = await q
    .select({ id: t.account.id })
    .from(t.account)
    .where(
      by.phone !== undefined
        ? inArray(t.account.phoneIndex, keys.blinds('phone', by.phone))
        : inArray(t.account.identityIndex, keys.blinds('identity', by.identityKey ?? '')),
    )
    .limit(1)
  return row?.id ?? null
}

const grantsQuery = prepared((q, t, { accountId }: Given<{ accountId: string }>) =>
  q
    .select({
      role: t.staffGrant.role,
      departmentId: t.staffGrant.departmentId,
      until: t.staffGrant.until,
      deputyFor: t.staffGrant.deputyFor,
      path: t.department.path,
    })
    .from(t.staffGrant)
    .leftJoin(t.department, eq(t.department.id, t.staffGrant.departmentId))
    .where(eq(t.staffGrant.accountId, accountId)),
)

/** The grants of a member of staff that count now, with the path of their department. */
export async function grantsOf(q: Q, t: Schema, accountId: string, now: Date) {
  const rows = await grantsQuery(q, t, { accountId })
  return rows
    .filter(({ until }) => until === null || until > now)
    .map(({ role, departmentId, deputyFor, path }) => ({ role, departmentId, deputyFor, path: path ?? '' }))
}

const consentQuery = prepared((q, t, { accountId, purpose }: Given<{ accountId: string; purpose: string }>) =>
  q
    .select({ given: t.consent.given })
    .from(t.consent)
    .where(and(eq(t.consent.accountId, accountId), eq(t.consent.purpose, purpose)))
    .limit(1),
)

/** Whether this person has consented to the use of pictures for this purpose (IDV-4). */
export async function hasConsented(
  q: Q,
  t: Schema,
  accountId: string,
  purpose: Schema['consent']['$inferSelect']['purpose'],
) {
  const [row] = await consentQuery(q, t, { accountId, purpose })
  return row?.given ?? false
}

/** Every consent of a person, given or taken back. */
export const consentsOf = (q: Q, t: Schema, accountId: string) =>
  q.select().from(t.consent).where(eq(t.consent.accountId, accountId)).orderBy(asc(t.consent.at))

/** Who may sign in at all. */
export const isLive = (status: AccountRow['status']) => status === 'active' || status === 'claiming'

const sessionQuery = prepared((q, t, { sessionId }: Given<{ sessionId: string }>) =>
  q
    .select({ session: t.session, account: t.account })
    .from(t.session)
    .innerJoin(t.account, eq(t.account.id, t.session.accountId))
    .where(and(eq(t.session.id, sessionId), isNull(t.session.endedAt)))
    .limit(1),
)

/** The session a token belongs to, with the account; null when ended or over. */
export async function liveSession(q: Q, t: Schema, sessionId: string, now: Date) {
  const [row] = await sessionQuery(q, t, { sessionId })
  if (!row || row.session.endsAt <= now || !isLive(row.account.status)) return null
  return row
}

/** Whose a session was, whether or not it is over: an echo kept at its end belongs to this person (SEC-5). */
export async function sessionOwner(q: Q, t: Schema, sessionId: string) {
  const [row] = await q
    .select({ accountId: t.session.accountId })
    .from(t.session)
    .where(eq(t.session.id, sessionId))
    .limit(1)
  return row?.accountId ?? null
}

const seenWaitMs = 200

/**
 * Notes that a session was seen, as far as the store takes it: nobody's page waits for a store that is locked, and none fails
 * with one that takes no writes. Throws what has another cause.
 */
export async function noteSeen(store: Store, sessionId: string, at: Date): Promise<void> {
  const { session } = store.t
  const noted = store
    .tx((q) => update(q, session, { id: sessionId }, { lastSeenAt: at }))
    .catch((error: unknown) => {
      if (!isUnavailable(error)) throw error
    })
  await Promise.race([noted, sleep(seenWaitMs, undefined, { ref: false })])
}
