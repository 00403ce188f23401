/** 人员管理 (ACC-10): the staff and the open invitations in the viewer's scope; scope and paging are done by the database. */
import { accountContext } from '#db/queries/accounts.ts'
import {
  invitationContext,
  judgedOffices,
  lastSignIns,
  officesOf,
  openInvitations,
  staffPage,
} from '#db/queries/staff.ts'
import type { Deps } from '#lib/deps.ts'
import type { Role, Staff } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { isInScope, mayGive, rolesToGive, staffScope } from '#lib/policy/staff-policy.ts'
import { nameKey } from '#lib/schemas/name.ts'
import { roleWords, staffWords } from '#lib/text/staff.ts'

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
  /** Within the viewer's scope; a past one only where none counts now. */
  readonly offices: readonly string[]
  readonly isBare: boolean
  readonly seenAt: Date | null
}

/** One page of the staff in scope; `search` is a whole login or a whole name. */
export async function staffList(
  deps: Deps,
  actor: Staff,
  { search, after }: { readonly search: string; readonly after: string },
) {
  const { store, keys, clock } = deps
  const { read, t } = store
  const scope = scopeOf(actor)
  const now = clock.now()
  const cursor = cursorOf(after)
  const found = await staffPage(read, t, {
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
  })
  const rows = found.slice(0, staffPageSize)
  const ids = rows.map(({ id }) => id)
  const [offices, seen] = await Promise.all([officesOf(read, t, ids), lastSignIns(read, t, ids)])
  return {
    continued: cursor !== null,
    next: found.length > rows.length ? (rows.at(-1)?.id ?? null) : null,
    rows: rows.map((row): StaffLine => {
      const judged = judgedOffices(
        offices.filter(({ accountId }) => accountId === row.id),
        now,
      )
      return {
        id: row.id,
        name: keys.unseal(row.nameSealed, accountContext(row.id, 'name')),
        login: row.login ?? '',
        status: row.status,
        offices: judged.filter(({ path }) => isInScope(scope, path)).map(officeText),
        isBare: judged.every(({ until }) => until !== null && until <= now),
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
