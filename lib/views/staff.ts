/** 人员管理 (ACC-10): the staff and the open invitations in the viewer's scope; scope and paging are done by the database. */

import { accountContext } from '#db/queries/accounts.ts'
import { departmentById } from '#db/queries/departments.ts'
import {
  invitationContext,
  judgedOffices,
  lastSignIns,
  liveOffices,
  officesOf,
  openInvitations,
  type Presence,
  presences,
  staffPage,
} from '#db/queries/staff.ts'
import type { Deps } from '#lib/deps.ts'
import type { Role, Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { nodeOf } from '#lib/domain/department-paths.ts'
import { notFound } from '#lib/domain/errors.ts'
import { isAway } from '#lib/domain/leave.ts'
import { isInScope, mayGive, rolesToGive, staffScope } from '#lib/policy/staff-policy.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import { nameKey } from '#lib/schemas/name.ts'
import { departmentPathIn } from '#lib/schemas/staff.ts'
import { dayWords } from '#lib/text/dates.ts'
import { leaveWords, roleWords, staffWords } from '#lib/text/staff.ts'
import { departmentLevels } from './department-levels.ts'
import { lastDayOf } from './leave.ts'
import { staffNames } from './review-queue.ts'

export const staffPageSize = 20

/** Whether there is anybody this member of staff looks after. */
export const managesStaff = (actor: Staff): boolean => rolesToGive(actor).length > 0

/** Where the viewer looks after staff; `not-found` for who looks after nobody (SEC-1). */
function scopeOf(actor: Staff) {
  if (!managesStaff(actor)) throw notFound()
  return staffScope(actor)
}

/** 审核员 · 广东省广州市天河区 */
export const officeText = ({ role, department }: { role: Role; department: string }) =>
  department === '' && role === 'operator'
    ? roleWords[role].name
    : `${roleWords[role].name} · ${department || staffWords.everywhere}`

const cursorOf = (text: string) => (/^[0-9a-f-]{36}$/.test(text) ? text : null)

export interface StaffLine {
  readonly id: string
  readonly name: string
  readonly login: string
  readonly status: keyof typeof staffWords.states
  /** Within the viewer's scope; a past one only where none counts now. What is done for others says so. */
  readonly offices: readonly string[]
  /** The last day of their leave, in words; null for who is at work. */
  readonly awayUntil: string | null
  readonly isBare: boolean
  readonly seenAt: Date | null
}

const isPresence = (text: unknown): text is Presence => presences.some((one) => one === text)

export { presences } from '#db/queries/staff.ts'

/** The part of a scope that lies in a department's subtree; `[]` where they have nothing in common. */
async function narrowed({ store }: Deps, scope: readonly string[] | null, department: string) {
  if (department === '') return scope
  const node = await departmentById(store.read, store.t, department.slice(0, 100))
  if (!node) return []
  if (isInScope(scope, node.path)) return [node.path]
  return (scope ?? []).filter((path) => isInScope([node.path], path))
}

export interface StaffRequest {
  /** A whole login or a whole name. */
  readonly search: string
  readonly after: string
  /** Of a department: only who has an office in its subtree. */
  readonly department?: string
  readonly presence?: Presence | null
}

/** What the list is narrowed to, as its address says it, and the fields to say it with. Without a choice: where the viewer manages. */
export async function staffFilter(
  deps: Deps,
  actor: Staff,
  asked: Readonly<Record<string, string | string[] | undefined>>,
) {
  const scope = scopeOf(actor)
  const whole = scope?.length === 1 ? nodeOf(scope[0] ?? '') : ''
  const said = typeof asked.department === 'string' ? asked.department.slice(0, 100) : departmentPathIn(asked)
  const { levels, chain } = await departmentLevels(deps, said === '' ? whole : said)
  const field: FieldView = {
    kind: 'department',
    name: 'department',
    label: staffWords.within,
    optional: false,
    value: chain.join('/'),
    errors: [],
  }
  return {
    field,
    levels,
    department: said === '' ? '' : (chain.at(-1) ?? said),
    presence: isPresence(asked.state) ? asked.state : null,
  }
}

/** One page of the staff in scope. */
export async function staffList(
  deps: Deps,
  actor: Staff,
  { search, after, department = '', presence = null }: StaffRequest,
) {
  const { store, keys, clock } = deps
  const { read, t } = store
  const whole = scopeOf(actor)
  const scope = await narrowed(deps, whole, department)
  const now = clock.now()
  const today = dayOf(now)
  const cursor = cursorOf(after)
  const found =
    scope?.length === 0
      ? []
      : await staffPage(read, t, {
          scope,
          now,
          after: cursor,
          limit: staffPageSize + 1,
          search:
            search === ''
              ? null
              : {
                  login: search.normalize('NFKC').trim().toLowerCase(),
                  names: keys.blinds('name', nameKey(search)),
                },
          presence: presence && { is: presence, today },
        })
  const rows = found.slice(0, staffPageSize)
  const ids = rows.map(({ id }) => id)
  const [held, seen] = await Promise.all([
    ids.length === 0 ? [] : officesOf(read, t, ids),
    lastSignIns(read, t, ids),
  ])
  const names = await staffNames(
    deps,
    held.flatMap(({ deputyFor }) => deputyFor ?? []),
  )
  const textOf = (office: (typeof held)[number]) =>
    office.deputyFor === null
      ? officeText(office)
      : `${officeText(office)}（${leaveWords.actsFor(names.get(office.deputyFor) ?? '', lastDayOf(office.until))}）`
  return {
    continued: cursor !== null,
    next: found.length > rows.length ? (rows.at(-1)?.id ?? null) : null,
    rows: rows.map((row): StaffLine => {
      const theirs = held.filter(({ accountId }) => accountId === row.id)
      const { own, acting } = liveOffices(theirs, now)
      return {
        id: row.id,
        name: keys.unseal(row.nameSealed, accountContext(row.id, 'name')),
        login: row.login ?? '',
        status: row.status,
        offices: [...judgedOffices(theirs, now), ...acting]
          .filter(({ path }) => isInScope(whole, path))
          .map(textOf),
        isBare: own.length + acting.length === 0,
        awayUntil: row.status === 'active' && isAway(row.awayUntil, today) ? dayWords(row.awayUntil) : null,
        seenAt: seen.get(row.id) ?? null,
      }
    }),
  }
}

export interface InvitationLine {
  readonly id: string
  readonly name: string
  readonly office: string
  readonly expiresAt: Date
  readonly revocable: boolean
}

const invitationCursor = (text: string) => {
  const [, millis, id] = /^(\d{1,15})\.([0-9a-f]{64})$/.exec(text) ?? []
  return millis && id ? { at: new Date(Number(millis)), id } : null
}

/** One page of the open invitations in scope. */
export async function invitationList(deps: Deps, actor: Staff, { after }: { readonly after: string }) {
  const { store, keys, clock } = deps
  const cursor = invitationCursor(after)
  const found = await openInvitations(store.read, store.t, {
    scope: scopeOf(actor),
    now: clock.now(),
    after: cursor,
    limit: staffPageSize + 1,
  })
  const rows = found.slice(0, staffPageSize)
  const last = rows.at(-1)?.invitation
  return {
    continued: cursor !== null,
    next: found.length > rows.length && last ? `${last.createdAt.getTime()}.${last.id}` : null,
    rows: rows.map(({ invitation, path, department }): InvitationLine => {
      const { id, nameSealed, role, expiresAt } = invitation
      return {
        id,
        name: keys.unseal(nameSealed, invitationContext(id)),
        office: role === null ? '' : officeText({ role, department: department ?? '' }),
        expiresAt,
        revocable: role !== null && mayGive(actor, { role, path: path ?? '' }),
      }
    }),
  }
}

/** What the viewer may invite people to, and the department to begin at; null for who invites nobody. */
export function inviteChoices(actor: Staff) {
  const roles = rolesToGive(actor)
  if (roles.length === 0) return null
  const own = actor.grants.find(({ role }) => role === 'manager')?.departmentId ?? ''
  return { roles, department: staffScope(actor) === null ? '' : own }
}
