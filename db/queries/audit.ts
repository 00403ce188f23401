/** Reads of the event log and the access log together (ADM-3): who did or saw what, newest first. The scope is a list of subtrees. */
import { and, desc, eq, exists, gte, inArray, isNotNull, lt, lte, ne, or, type SQL } from 'drizzle-orm'
import type { Concerned } from '#lib/domain/concerned.ts'
import { firstIdAt, instantOfId } from '#lib/domain/id-times.ts'
import type { Keyring } from '../crypto.ts'
import type { Q, Schema } from '../store.ts'
import { accountContext, openAccount } from './accounts.ts'
import { departmentsWithin } from './review.ts'
import { officesOf } from './staff.ts'

/** Everything, one kind of look, or what was done. */
export const auditWhats = ['all', 'full-number', 'picture', 'action'] as const
export type AuditWhat = (typeof auditWhats)[number]

export interface AuditFilter {
  /** What a member of staff did and saw; or what was done to and seen of a person, by others. */
  readonly of: { readonly actorId: string } | { readonly personId: string }
  readonly from: Date
  /** Exclusive. */
  readonly to: Date
  readonly what: AuditWhat
}

/** Where a page ended. */
export interface AuditCursor {
  readonly at: Date
  readonly id: string
}

export interface AuditRow {
  readonly id: string
  readonly log: 'event' | 'access'
  /** `full-number`, `picture`, or the kind of an event. */
  readonly what: string
  readonly at: Date
  readonly actorId: string | null
  readonly personId: string | null
  readonly caseId: string | null
}

interface Page {
  readonly after: AuditCursor | null
  readonly limit: number
}

const next = (at: Date) => new Date(at.getTime() + 1)

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const inOrder = (...ids: string[]) => ids.sort(compare)

/** Below which event ids a page goes on: those before the cursor, in the order of time and id. */
function idsBefore(to: Date, after: AuditCursor | null): string {
  const end = firstIdAt(to)
  if (!after) return end
  // The cursor may be of the other log, whose id need not lie within its time: then it is one end of that time or the other.
  const [, past = end] = inOrder(firstIdAt(after.at), after.id, firstIdAt(next(after.at)))
  const [first = end] = inOrder(past, end)
  return first
}

/** The two reads a page is merged from, each in the order of an index; null for the one that the filter leaves out. */
export function auditStreams(q: Q, t: Schema, { of, from, to, what }: AuditFilter, { after, limit }: Page) {
  const { event, accessLog } = t
  const ofEvent =
    'actorId' in of
      ? eq(event.actorId, of.actorId)
      : and(eq(event.personId, of.personId), isNotNull(event.actorId), ne(event.actorId, of.personId))
  const ofLook = 'actorId' in of ? eq(accessLog.actorId, of.actorId) : eq(accessLog.personId, of.personId)
  const past = after
    ? // The first half is where the index is entered.
      and(lte(accessLog.at, after.at), or(lt(accessLog.at, after.at), lt(accessLog.id, after.id)))
    : undefined
  const events = q
    .select()
    .from(event)
    .where(and(ofEvent, gte(event.id, firstIdAt(from)), lt(event.id, idsBefore(to, after))))
    .orderBy(desc(event.id))
    .limit(limit)
  const looks = q
    .select()
    .from(accessLog)
    .where(
      and(
        ofLook,
        gte(accessLog.at, from),
        lt(accessLog.at, to),
        past,
        what === 'all' || what === 'action' ? undefined : eq(accessLog.what, what),
      ),
    )
    .orderBy(desc(accessLog.at), desc(accessLog.id))
    .limit(limit)
  return {
    events: what === 'all' || what === 'action' ? events : null,
    looks: what === 'action' ? null : looks,
  }
}

/** Where a row stands in the order of both logs: an event by the time of its id, by which it is found. */
export const cursorAt = ({ log, id, at }: AuditRow): AuditCursor => ({
  id,
  at: (log === 'event' ? instantOfId(id) : null) ?? at,
})

const newestFirst = (a: AuditRow, b: AuditRow) => {
  const [one, other] = [cursorAt(a), cursorAt(b)]
  return other.at.getTime() - one.at.getTime() || compare(other.id, one.id)
}

/** One page, newest first. */
export async function auditPage(q: Q, t: Schema, filter: AuditFilter, page: Page): Promise<AuditRow[]> {
  const { events, looks } = auditStreams(q, t, filter, page)
  const [done, seen] = await Promise.all([events ?? [], looks ?? []])
  const rows = [
    ...done.map(({ kind, data: _, ...row }): AuditRow => ({ ...row, log: 'event', what: kind })),
    ...seen.map(({ subject: _, ...row }): AuditRow => ({ ...row, log: 'access' })),
  ]
  return rows.sort(newestFirst).slice(0, page.limit)
}

/** `null` = the whole country. */
type Paths = readonly string[] | null

/** Whose record, or any submitted case, stands in the subtrees; drafts are nobody's business but their applicant's. */
function standsWithin(q: Q, t: Schema, paths: Paths): SQL | undefined {
  if (paths === null) return undefined
  const { account, person, serviceCase } = t
  const here = departmentsWithin(q, t, paths)
  return or(
    exists(
      q
        .select({ id: person.id })
        .from(person)
        .where(and(eq(person.id, account.id), inArray(person.departmentId, here))),
    ),
    exists(
      q
        .select({ id: serviceCase.id })
        .from(serviceCase)
        .where(
          and(
            eq(serviceCase.personId, account.id),
            ne(serviceCase.state, 'draft'),
            inArray(serviceCase.sentTo, here),
          ),
        ),
    ),
  )
}

/** Who has, or ever had, an office in the subtrees. */
function servedWithin(q: Q, t: Schema, paths: Paths): SQL | undefined {
  if (paths === null) return undefined
  return exists(
    q
      .select({ id: t.staffGrant.id })
      .from(t.staffGrant)
      .where(
        and(
          eq(t.staffGrant.accountId, t.account.id),
          inArray(t.staffGrant.departmentId, departmentsWithin(q, t, paths)),
        ),
      ),
  )
}

const inScope = (q: Q, t: Schema, paths: Paths) =>
  paths === null
    ? undefined
    : or(
        and(eq(t.account.kind, 'staff'), servedWithin(q, t, paths)),
        and(eq(t.account.kind, 'applicant'), standsWithin(q, t, paths)),
      )

/** Those of these accounts that the scope covers, sealed columns closed. */
export async function auditedAccounts(q: Q, t: Schema, paths: Paths, ids: readonly string[]) {
  if (ids.length === 0) return []
  return q
    .select()
    .from(t.account)
    .where(and(inArray(t.account.id, [...ids]), inScope(q, t, paths)))
}

/** An account of this kind in the scope; null where there is none. */
export async function auditedAccount(
  q: Q,
  t: Schema,
  paths: Paths,
  { id, kind }: { readonly id: string; readonly kind: 'staff' | 'applicant' },
) {
  const [row] = await auditedAccounts(q, t, paths, [id])
  return row?.kind === kind ? row : null
}

/** Staff who have or had an office in the scope, and in `under` where it is given, newest first; `login` finds one of them. */
export const auditedStaff = (
  q: Q,
  t: Schema,
  {
    paths,
    under,
    login,
    after,
    limit,
  }: {
    readonly paths: Paths
    /** The path of a department. */
    readonly under?: string
    readonly login?: string
    readonly after: string | null
    readonly limit: number
  },
) =>
  q
    .select({
      id: t.account.id,
      login: t.account.login,
      nameSealed: t.account.nameSealed,
      status: t.account.status,
    })
    .from(t.account)
    .where(
      and(
        eq(t.account.kind, 'staff'),
        servedWithin(q, t, paths),
        under === undefined ? undefined : servedWithin(q, t, [under]),
        login === undefined ? undefined : eq(t.account.login, login),
        after === null ? undefined : lt(t.account.id, after),
      ),
    )
    .orderBy(desc(t.account.id))
    .limit(limit)

/** Ids of people in the scope found by blind indexes of their name or document, newest first. */
export async function auditedPeople(
  q: Q,
  t: Schema,
  paths: Paths,
  by: {
    readonly names: readonly string[]
    readonly numbers: readonly string[]
    readonly identities: readonly string[]
  },
  limit: number,
): Promise<string[]> {
  const { account } = t
  const rows = await q
    .select({ id: account.id })
    .from(account)
    .where(
      and(
        eq(account.kind, 'applicant'),
        or(
          inArray(account.nameIndex, [...by.names]),
          inArray(account.numberIndex, [...by.numbers]),
          inArray(account.identityIndex, [...by.identities]),
        ),
        standsWithin(q, t, paths),
      ),
    )
    .orderBy(desc(account.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export interface AuditedStaff {
  readonly id: string
  readonly name: string
  readonly login: string
  /** Where they have or had an office, each once, newest first; '' for the whole country. */
  readonly departments: readonly string[]
}

export interface AuditCase {
  readonly id: string
  readonly number: string
  readonly personId: string
  readonly state: Schema['serviceCase']['$inferSelect']['state']
  /** Path of the department it stands at. */
  readonly departmentPath: string
}

/** A row with all that is shown of it. */
export interface AuditLine extends AuditRow {
  /** Whole: auditors know their staff. Null where no member of staff did it. */
  readonly actor: AuditedStaff | null
  readonly concerned: Concerned | null
  /** Only of a case in the scope. */
  readonly case: AuditCase | null
}

const some = (ids: readonly (string | null)[]) => [...new Set(ids.flatMap((id) => id ?? []))]

/** Members of staff by id, whatever their scope: whoever looked at one's people is named. */
export async function staffNamed(q: Q, t: Schema, keys: Keyring, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, AuditedStaff>()
  const rows = await q
    .select({ id: t.account.id, login: t.account.login, nameSealed: t.account.nameSealed })
    .from(t.account)
    .where(and(inArray(t.account.id, [...ids]), eq(t.account.kind, 'staff')))
  const offices = await officesOf(q, t, ids)
  return new Map(
    rows.map(({ id, login, nameSealed }): [string, AuditedStaff] => [
      id,
      {
        id,
        name: keys.unseal(nameSealed, accountContext(id, 'name')),
        login: login ?? '',
        departments: [
          ...new Set(offices.filter(({ accountId }) => accountId === id).map(({ department }) => department)),
        ],
      },
    ]),
  )
}

async function casesWithin(q: Q, t: Schema, paths: Paths, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, AuditCase>()
  const { serviceCase, department } = t
  const rows = await q
    .select({
      id: serviceCase.id,
      number: serviceCase.number,
      personId: serviceCase.personId,
      state: serviceCase.state,
      departmentPath: department.path,
    })
    .from(serviceCase)
    .innerJoin(department, eq(department.id, serviceCase.sentTo))
    .where(
      and(
        inArray(serviceCase.id, [...ids]),
        ne(serviceCase.state, 'draft'),
        paths === null ? undefined : inArray(serviceCase.sentTo, departmentsWithin(q, t, paths)),
      ),
    )
  return new Map(rows.map((row): [string, AuditCase] => [row.id, { ...row, number: row.number ?? '' }]))
}

/** What a reader in this scope may know of each row. */
export async function auditLines(
  q: Q,
  t: Schema,
  keys: Keyring,
  rows: readonly AuditRow[],
  paths: Paths,
): Promise<AuditLine[]> {
  const people = await auditedAccounts(q, t, paths, some(rows.map(({ personId }) => personId)))
  const held = new Map(people.map((row) => [row.id, openAccount(keys, row)]))
  const staff = await staffNamed(q, t, keys, some(rows.map(({ actorId }) => actorId)))
  const cases = await casesWithin(q, t, paths, some(rows.map(({ caseId }) => caseId)))
  const concernedIn = ({ actorId, personId }: AuditRow): Concerned | null => {
    if (personId === null) return null
    if (personId === actorId) return { kind: 'self' }
    const found = held.get(personId)
    if (!found) return { kind: 'outside' }
    const { kind, name, number, login } = found
    return kind === 'staff' ? { kind, name, login: login ?? '' } : { kind, name, number }
  }
  return rows.map((row) => ({
    ...row,
    actor: (row.actorId === null ? undefined : staff.get(row.actorId)) ?? null,
    concerned: concernedIn(row),
    case: (row.caseId === null ? undefined : cases.get(row.caseId)) ?? null,
  }))
}

/** All lines of a filter in pages of `size`, newest first; what comes in meanwhile is newer and is left out. For exports. */
export async function* auditLinePages(
  q: Q,
  t: Schema,
  keys: Keyring,
  {
    filter,
    paths,
    size = 500,
  }: { readonly filter: AuditFilter; readonly paths: Paths; readonly size?: number },
): AsyncGenerator<readonly AuditLine[]> {
  let after: AuditCursor | null = null
  for (;;) {
    const rows: AuditRow[] = await auditPage(q, t, filter, { after, limit: size })
    if (rows.length > 0) yield await auditLines(q, t, keys, rows, paths)
    const last = rows.at(-1)
    if (!last || rows.length < size) return
    after = cursorAt(last)
  }
}
