/** 审计日志 (ADM-3): who did and saw what, for auditors in their subtrees; scope and paging are done by the database. */
import { accountContext, openAccount } from '#db/queries/accounts.ts'
import {
  type AuditCursor,
  type AuditFilter,
  type AuditLine,
  type AuditWhat,
  auditedAccount,
  auditedAccounts,
  auditedStaff,
  auditLines,
  auditPage,
  auditWhats,
  cursorAt,
  staffNamed,
} from '#db/queries/audit.ts'
import { newestLink, pendingCount } from '#db/queries/audit-chain.ts'
import { departmentTyped } from '#db/queries/departments.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor, Staff } from '#lib/domain/actor.ts'
import { addDays, dayOf, startOfDay } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { maskNumber } from '#lib/domain/masking.ts'
import type { Issue } from '#lib/domain/result.ts'
import { auditScope } from '#lib/policy/audit-policy.ts'
import { judge } from '#lib/policy/case-policy.ts'
import { whomIn } from '#lib/readers/concerned.ts'
import { type AuditPeriod, checkAuditPeriod } from '#lib/schemas/audit.ts'
import { departmentPathIn } from '#lib/schemas/staff.ts'
import { auditKindWords, auditWords as words } from '#lib/text/audit.ts'
import { maskedName } from '#lib/text/surnames.ts'
import { countWords } from '#lib/text/ui.ts'
import { departmentLevels } from './department-levels.ts'

export { type AuditWhat, auditWhats } from '#db/queries/audit.ts'

const auditPageSize = 50
const pendingCap = 1000

/** Whether there is anything this actor may look into. */
export const audits = (actor: Actor): boolean => auditScope(actor) !== null

/** `not-found` for who may look into nothing (SEC-1). */
function pathsOf(actor: Staff): readonly string[] | null {
  const scope = auditScope(actor)
  if (!scope) throw notFound()
  return scope.paths
}

/** Where the chain stands, for whoever wants to note it elsewhere. */
export async function chainView({ store: { read, t } }: Deps, actor: Staff) {
  pathsOf(actor)
  const newest = await newestLink(read, t)
  return {
    head: newest && { number: Number(newest.seq), text: `${newest.seq}:${newest.hash}`, at: newest.at },
    pending: countWords(await pendingCount(read, t, pendingCap), pendingCap),
  }
}

/** What the address of a page says; nothing of it tells a person. */
export interface AuditAsked {
  readonly from: string
  readonly to: string
  readonly what: string
}

const whatIn = (text: string): AuditWhat => auditWhats.find((one) => one === text) ?? 'all'

/** The period and kind that were asked for; a period that is none shows nothing but why. */
export function auditAsked({ clock }: Pick<Deps, 'clock'>, { from, to, what }: AuditAsked) {
  const period = checkAuditPeriod({ from, to }, dayOf(clock.now()))
  const issues: readonly Issue[] = period.ok ? [] : period.issues
  const shown = period.ok ? period.value : { from, to }
  return { what: whatIn(what), issues, shown, period: period.ok ? period.value : null }
}

const cursorText = ({ at, id }: AuditCursor) => `${at.getTime()}.${id}`

/** A cursor that is none starts at the beginning. */
function cursorIn(text: string): AuditCursor | null {
  const [, millis, id] = /^(\d{1,14})\.([0-9a-f-]{36})$/.exec(text) ?? []
  return millis && id ? { at: new Date(Number(millis)), id } : null
}

export interface AuditView {
  readonly id: string
  readonly at: Date
  readonly what: string
  /** In whole; '' where no member of staff did it. */
  readonly by: string
  readonly departments: readonly string[]
  /** Masked. */
  readonly whom: string
  readonly case: { readonly number: string; readonly openId: string | null } | null
}

/** A link is for who may open the case anyway; everybody else reads its number. */
function caseIn(actor: Staff, line: AuditLine, now: Date): AuditView['case'] {
  if (!line.case || line.case.number === '') return null
  const facts = { ...line.case, claimedBy: null, claimedUntil: null }
  const opens = judge(actor, 'read-for-review', facts, now) === 'yes'
  return { number: line.case.number, openId: opens ? line.case.id : null }
}

const viewOf = (actor: Staff, line: AuditLine, now: Date): AuditView => ({
  id: line.id,
  at: line.at,
  what: auditKindWords[line.what] ?? line.what,
  by: line.actor ? words.staffNamed(line.actor.name, line.actor.login) : '',
  departments: line.actor?.departments.map((one) => one || words.everywhere) ?? [],
  whom: whomIn(line),
  case: caseIn(actor, line, now),
})

/** The instants of a period of days. */
export const auditFilter = (
  of: AuditFilter['of'],
  { from, to }: AuditPeriod,
  what: AuditWhat,
): AuditFilter => ({ of, from: startOfDay(from), to: startOfDay(addDays(to, 1)), what })

/** One page of what a filter finds. Whose it is must be within the scope: the callers ask. */
async function logPageOf(deps: Deps, actor: Staff, filter: AuditFilter, after: string) {
  const { store, keys, clock } = deps
  const cursor = cursorIn(after)
  const found = await auditPage(store.read, store.t, filter, { after: cursor, limit: auditPageSize + 1 })
  const rows = found.slice(0, auditPageSize)
  const last = rows.at(-1)
  const lines = await auditLines(store.read, store.t, keys, rows, pathsOf(actor))
  return {
    continued: cursor !== null,
    next: found.length > rows.length && last ? cursorText(cursorAt(last)) : null,
    rows: lines.map((line) => viewOf(actor, line, clock.now())),
  }
}

interface Wish {
  readonly period: AuditPeriod
  readonly what: AuditWhat
  readonly after: string
}

/** A member of staff of the scope; `not-found` elsewhere. */
export async function auditedMember({ store: { read, t }, keys }: Deps, actor: Staff, id: string) {
  const row = await auditedAccount(read, t, pathsOf(actor), { id, kind: 'staff' })
  const found = row && (await staffNamed(read, t, keys, [id])).get(id)
  if (!found) throw notFound()
  return { ...found, departments: found.departments.map((one) => one || words.everywhere) }
}

/** What a member of staff did and saw; `not-found` outside the scope. Leave the line in the log first: `viewAudit`. */
export async function memberLog(deps: Deps, actor: Staff, id: string, { period, what, after }: Wish) {
  await auditedMember(deps, actor, id)
  return logPageOf(deps, actor, auditFilter({ actorId: id }, period, what), after)
}

/** Who did what to a person, and looked at what of them; `not-found` outside the scope. Leave the line in the log first. */
export async function personLog(deps: Deps, actor: Staff, id: string, { period, what, after }: Wish) {
  if ((await auditedPersons(deps, actor, [id])).length === 0) throw notFound()
  return logPageOf(deps, actor, auditFilter({ personId: id }, period, what), after)
}

/** Those of these people who are within the scope, masked, in this order. */
export async function auditedPersons(
  { store: { read, t }, keys }: Deps,
  actor: Staff,
  ids: readonly string[],
) {
  const rows = await auditedAccounts(read, t, pathsOf(actor), ids)
  const held = new Map(rows.filter(({ kind }) => kind === 'applicant').map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = held.get(id)
    if (!row) return []
    const { name, number } = openAccount(keys, row)
    return { id, name: maskedName(name), number: maskNumber(number) }
  })
}

/** Staff who have or had an office in the scope, by department; '' asks about all of them. */
export async function auditStaffList(deps: Deps, actor: Staff, asked: Readonly<Record<string, string>>) {
  const { store, keys } = deps
  const { read, t } = store
  const paths = pathsOf(actor)
  const typed = departmentPathIn(asked)
  const node = await departmentTyped(read, t, typed)
  const after = asked.after ?? ''
  const cursor = /^[0-9a-f-]{36}$/.test(after) ? after : null
  const found = await auditedStaff(read, t, {
    paths,
    ...(node ? { under: node.path } : {}),
    after: cursor,
    limit: auditPageSize + 1,
  })
  const rows = found.slice(0, auditPageSize)
  const named = await staffNamed(
    read,
    t,
    keys,
    rows.map(({ id }) => id),
  )
  const { levels, chain } = await departmentLevels(deps, typed)
  return {
    levels,
    chain,
    continued: cursor !== null,
    next: found.length > rows.length ? (rows.at(-1)?.id ?? null) : null,
    rows: rows.map(({ id, login, nameSealed, status }) => ({
      id,
      login: login ?? '',
      name: keys.unseal(nameSealed, accountContext(id, 'name')),
      status,
      departments: (named.get(id)?.departments ?? []).map((one) => one || words.everywhere),
    })),
  }
}

/** The account of a login in the scope; null where there is none. */
export async function auditedLogin({ store }: Deps, actor: Staff, typed: string): Promise<string | null> {
  const login = typed.normalize('NFKC').trim().toLowerCase()
  const [row] = await auditedStaff(store.read, store.t, {
    paths: pathsOf(actor),
    login,
    after: null,
    limit: 1,
  })
  return row?.id ?? null
}
