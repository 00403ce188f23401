/** Reads about staff accounts, their offices and invitations (ACC-10). */
import { and, desc, eq, exists, gt, gte, inArray, isNull, lt, max, ne, not, or, type SQL } from 'drizzle-orm'
import type { Staff } from '#lib/domain/actor.ts'
import type { LinkFacts, StaffFacts } from '#lib/policy/staff-policy.ts'
import type { Keyring } from '../crypto.ts'
import { among, type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'
import { grantsOf, ownColumns } from './accounts.ts'
import { countsNow, isAtWork, type Moment } from './at-work.ts'
import { departmentsWithin } from './review.ts'

/** Binds the name of who is invited to its row (SEC-2). */
export const invitationContext = (id: string) => `invitation:${id}:name`
export const invitedIdentityContext = (id: string) => `invitation:${id}:own-identity`

const officesQuery = prepared((q, t, { accountIds }: Given<{ accountIds: readonly string[] }>) =>
  q
    .select({
      id: t.staffGrant.id,
      accountId: t.staffGrant.accountId,
      role: t.staffGrant.role,
      departmentId: t.staffGrant.departmentId,
      until: t.staffGrant.until,
      createdAt: t.staffGrant.createdAt,
      deputyFor: t.staffGrant.deputyFor,
      path: t.department.path,
      department: t.department.fullName,
    })
    .from(t.staffGrant)
    .leftJoin(t.department, eq(t.department.id, t.staffGrant.departmentId))
    .where(among(t, t.staffGrant.accountId, accountIds))
    .orderBy(desc(t.staffGrant.id)),
)

/** Every office these people hold or held, newest first, with the department's path and name. */
export const officesOf = (q: Q, t: Schema, accountIds: readonly string[]) =>
  officesQuery(q, t, { accountIds }).then((rows) =>
    rows.map(({ path, department, ...row }) => ({
      ...row,
      path: path ?? '',
      department: department ?? '',
    })),
  )

export type HeldOffice = Awaited<ReturnType<typeof officesOf>>[number]

/** The offices of somebody's own, and those held for others (代审), that count now. */
export function liveOffices(held: readonly HeldOffice[], now: Date) {
  const live = held.filter(({ until }) => until === null || until > now)
  return {
    own: live.filter(({ deputyFor }) => deputyFor === null),
    acting: live.filter(({ deputyFor }) => deputyFor !== null),
  }
}

/** Their own offices that count now; where there are none, those that did: somebody stays the business of who last had them. */
export function judgedOffices(held: readonly HeldOffice[], now: Date): readonly HeldOffice[] {
  const { own } = liveOffices(held, now)
  return own.length > 0 ? own : held.filter(({ deputyFor }) => deputyFor === null)
}

/** What the policy judges somebody by, of all they hold or held. */
export function staffFacts(id: string, held: readonly HeldOffice[], now: Date): StaffFacts {
  const { own, acting } = liveOffices(held, now)
  const reviews = own.some(({ role }) => role === 'reviewer' || role === 'manager')
  return { id, offices: judgedOffices(held, now), acting, reviews }
}

const staffQuery = prepared((q, t, { id }: Given<{ id: string }>) =>
  q
    .select()
    .from(t.account)
    .where(and(eq(t.account.id, id), eq(t.account.kind, 'staff')))
    .limit(1),
)

export async function staffAccount(q: Q, t: Schema, id: string) {
  const [row] = await staffQuery(q, t, { id })
  return row ?? null
}

/** Members of staff who review at a department of this path now and are at work. */
export const reviewersAt = (q: Q, t: Schema, path: string, moment: Moment) =>
  q
    .selectDistinct({ ...ownColumns(t), nameSealed: t.account.nameSealed, login: t.account.login })
    .from(t.staffGrant)
    .innerJoin(t.account, eq(t.account.id, t.staffGrant.accountId))
    .where(and(inArray(t.staffGrant.departmentId, path.split('/')), isAtWork(t, moment)))

/** The active managers of the node nearest to a department, itself or above, that has any; ids of accounts. */
export async function nearestManagers(q: Q, t: Schema, path: string, now: Date): Promise<string[]> {
  const { staffGrant, account } = t
  const upward = path.split('/').reverse()
  const rows = await q
    .selectDistinct({ id: account.id, departmentId: staffGrant.departmentId })
    .from(staffGrant)
    .innerJoin(account, eq(account.id, staffGrant.accountId))
    .where(
      and(
        inArray(staffGrant.departmentId, upward),
        eq(staffGrant.role, 'manager'),
        countsNow(t, now),
        eq(account.kind, 'staff'),
        eq(account.status, 'active'),
      ),
    )
  const nearest = upward.find((id) => rows.some(({ departmentId }) => departmentId === id))
  return rows.filter(({ departmentId }) => departmentId === nearest).map(({ id }) => id)
}

/** Whether an active operator for good is left beside this one. */
export async function hasOtherOperator(q: Q, t: Schema, accountId: string): Promise<boolean> {
  const [row] = await q
    .select({ id: t.staffGrant.id })
    .from(t.staffGrant)
    .innerJoin(t.account, eq(t.account.id, t.staffGrant.accountId))
    .where(
      and(
        eq(t.staffGrant.role, 'operator'),
        isNull(t.staffGrant.departmentId),
        isNull(t.staffGrant.until),
        eq(t.account.status, 'active'),
        ne(t.account.id, accountId),
      ),
    )
    .limit(1)
  return row !== undefined
}

/** `null` = the whole country. */
type Scope = readonly string[] | null

/** Has an office in the scope that counts now, or had one of their own there when none of theirs counts any more. */
function withinScope(q: Q, t: Schema, scope: Scope, now: Date): SQL | undefined {
  if (scope === null) return undefined
  const held = (which: SQL | undefined) =>
    exists(
      q
        .select({ id: t.staffGrant.id })
        .from(t.staffGrant)
        .where(and(eq(t.staffGrant.accountId, t.account.id), which)),
    )
  const here = inArray(t.staffGrant.departmentId, departmentsWithin(q, t, scope))
  const own = isNull(t.staffGrant.deputyFor)
  return or(
    held(and(here, countsNow(t, now))),
    and(held(and(here, own)), not(held(and(own, countsNow(t, now))))),
  )
}

/** Who was ever given an office there: few, whom the applicants of a whole country need not be walked through for. */
const grantedIn = (q: Q, t: Schema, scope: Scope) =>
  q
    .select({ id: t.staffGrant.accountId })
    .from(t.staffGrant)
    .where(scope === null ? undefined : inArray(t.staffGrant.departmentId, departmentsWithin(q, t, scope)))

/** At work, on leave, or shut out. */
export const presences = ['present', 'away', 'suspended'] as const
export type Presence = (typeof presences)[number]

function presenceIs(t: Schema, { is, today }: { is: Presence; today: string }) {
  const { status, awayUntil } = t.account
  if (is === 'suspended') return eq(status, 'suspended')
  return and(eq(status, 'active'), is === 'away' ? gte(awayUntil, today) : lt(awayUntil, today))
}

interface PageOf {
  readonly scope: Scope
  /** The id the page before ended with. */
  readonly after: string | null
  readonly limit: number
  readonly now: Date
}

/** Members of staff in the scope, newest first; `search` finds a whole login or a whole name. */
export const staffPage = (
  q: Q,
  t: Schema,
  {
    scope,
    after,
    limit,
    now,
    search,
    presence,
  }: PageOf & {
    search: { login: string; names: readonly string[] } | null
    presence: { is: Presence; today: string } | null
  },
) =>
  q
    .select({
      id: t.account.id,
      login: t.account.login,
      nameSealed: t.account.nameSealed,
      status: t.account.status,
      awayUntil: t.account.awayUntil,
    })
    .from(t.account)
    .where(
      and(
        eq(t.account.kind, 'staff'),
        inArray(t.account.id, grantedIn(q, t, scope)),
        withinScope(q, t, scope, now),
        after === null ? undefined : lt(t.account.id, after),
        search
          ? or(eq(t.account.login, search.login), inArray(t.account.nameIndex, [...search.names]))
          : undefined,
        presence ? presenceIs(t, presence) : undefined,
      ),
    )
    .orderBy(desc(t.account.id))
    .limit(limit)

const isOpen = (t: Schema, now: Date) =>
  and(isNull(t.invitation.usedAt), isNull(t.invitation.revokedAt), gt(t.invitation.expiresAt, now))

const invitations = (q: Q, t: Schema) =>
  q
    .select({ invitation: t.invitation, path: t.department.path, department: t.department.fullName })
    .from(t.invitation)
    .leftJoin(t.department, eq(t.department.id, t.invitation.departmentId))

/** Open invitations of new people in the scope, newest first; `after` is the end of the page before. */
export const openInvitations = (
  q: Q,
  t: Schema,
  { scope, after, limit, now }: Omit<PageOf, 'after'> & { after: { at: Date; id: string } | null },
) =>
  invitations(q, t)
    .where(
      and(
        isOpen(t, now),
        isNull(t.invitation.accountId),
        scope === null ? undefined : inArray(t.invitation.departmentId, departmentsWithin(q, t, scope)),
        after
          ? or(
              lt(t.invitation.createdAt, after.at),
              and(eq(t.invitation.createdAt, after.at), lt(t.invitation.id, after.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(t.invitation.createdAt), desc(t.invitation.id))
    .limit(limit)

/** An invitation, whatever became of it; null where there is none. */
async function invitationById(q: Q, t: Schema, id: string) {
  const [row] = await invitations(q, t).where(eq(t.invitation.id, id)).limit(1)
  return row ? { ...row.invitation, path: row.path ?? '', department: row.department ?? '' } : null
}

export type Invitation = NonNullable<Awaited<ReturnType<typeof invitationById>>>

/** An invitation with what the policy asks of its link, as things stand now; null where there is none. */
export async function linkById(q: Q, t: Schema, id: string, now: Date) {
  const found = await invitationById(q, t, id)
  if (!found) return null
  const { accountId, invitedBy, role, path, usedAt, revokedAt, expiresAt } = found
  const member = accountId === null ? null : await staffAccount(q, t, accountId)
  const office = role === null ? ('gone' as const) : { role, path }
  const facts: LinkFacts = {
    isOpen: usedAt === null && revokedAt === null && expiresAt > now,
    inviter: invitedBy === null ? null : await inviterNow(q, t, invitedBy, now),
    opens: accountId === null ? office : await memberNow(q, t, member, now),
  }
  return { invitation: found, member, facts }
}

async function inviterNow(q: Q, t: Schema, id: string, now: Date): Promise<Staff | 'gone'> {
  if ((await staffAccount(q, t, id))?.status !== 'active') return 'gone'
  return { kind: 'staff', id, sessionId: '', grants: await grantsOf(q, t, id, now) }
}

async function memberNow(q: Q, t: Schema, member: Awaited<ReturnType<typeof staffAccount>>, now: Date) {
  if (member?.status !== 'active') return 'gone'
  return staffFacts(member.id, await officesOf(q, t, [member.id]), now)
}

/** When each of these people last signed in, as far as it is kept. */
export async function lastSignIns(q: Q, t: Schema, accountIds: readonly string[]) {
  const rows = await q
    .select({ accountId: t.signInRecord.accountId, at: max(t.signInRecord.at) })
    .from(t.signInRecord)
    .where(and(inArray(t.signInRecord.accountId, [...accountIds]), eq(t.signInRecord.outcome, 'in')))
    .groupBy(t.signInRecord.accountId)
  return new Map(rows.flatMap(({ accountId, at }) => (at === null ? [] : [[accountId, at] as const])))
}

/** Keyed hashes under which a recovery code may stand. */
export const recoveryCodeHashes = (keys: Keyring, accountId: string, code: string) =>
  keys.blinds('recovery-code', `${accountId}:${code}`)

/** How many recovery codes are left. */
export async function recoveryCodesLeft(q: Q, t: Schema, accountId: string): Promise<number> {
  const rows = await q
    .select({ id: t.recoveryCode.id })
    .from(t.recoveryCode)
    .where(and(eq(t.recoveryCode.accountId, accountId), isNull(t.recoveryCode.usedAt)))
  return rows.length
}

/** The unused link into an account that is there already; null where there is none. */
export async function openRenewal(q: Q, t: Schema, accountId: string, now: Date) {
  const [row] = await q
    .select({ id: t.invitation.id, expiresAt: t.invitation.expiresAt })
    .from(t.invitation)
    .where(and(isOpen(t, now), eq(t.invitation.accountId, accountId)))
    .orderBy(desc(t.invitation.createdAt))
    .limit(1)
  return row ?? null
}
