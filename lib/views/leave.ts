/** 请假 and 代审 (ADM-1), as the person and who looks after them see it. */
import { accountContext, ownIdentity } from '#db/queries/accounts.ts'
import { deputiesOf, placesNear, presentAt } from '#db/queries/deputies.ts'
import {
  type HeldOffice,
  liveOffices,
  officesOf,
  reviewersAt,
  staffAccount,
  staffFacts,
} from '#db/queries/staff.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { isAway, lastLeaveDay } from '#lib/domain/leave.ts'
import { judgeDeputy } from '#lib/policy/deputy-policy.ts'
import { judgeStaff } from '#lib/policy/staff-policy.ts'
import { dayWords, instantDay } from '#lib/text/dates.ts'
import { leaveWords as words } from '#lib/text/staff.ts'
import { staffNames } from './review-queue.ts'
import { toldApart } from './reviewers.ts'

/** The last day an end leaves. */
export const lastDayOf = (until: Date | null) => (until ? instantDay(new Date(until.getTime() - 1)) : '')

const shownAtMost = 20
const lookedAtMost = 100

/** Whose work somebody does meanwhile, in words: 代王某审核天河区的申请，至 2026年12月1日. */
export async function actingFor(deps: Deps, accountId: string): Promise<readonly string[]> {
  const { read, t } = deps.store
  const { acting } = liveOffices(await officesOf(read, t, [accountId]), deps.clock.now())
  const names = await staffNames(
    deps,
    acting.flatMap(({ deputyFor }) => deputyFor ?? []),
  )
  return [
    ...new Set(
      acting.map(({ deputyFor, department, until }) =>
        words.actsLine(names.get(deputyFor ?? '') ?? '', department, lastDayOf(until)),
      ),
    ),
  ]
}

/** Until when this member of staff is on leave, in words; null where they are at work. */
export async function ownLeave({ store, clock }: Deps, accountId: string): Promise<string | null> {
  const account = await staffAccount(store.read, store.t, accountId)
  return account && isAway(account.awayUntil, dayOf(clock.now())) ? dayWords(account.awayUntil) : null
}

/** The leave of a member of staff and whom they may be stood in for by; null where the viewer may not enter one. */
export async function leaveView(deps: Deps, actor: Staff, accountId: string) {
  const { read, t } = deps.store
  const now = deps.clock.now()
  const today = dayOf(now)
  const account = await staffAccount(read, t, accountId)
  if (!account) return null
  const held = await officesOf(read, t, [accountId])
  const facts = staffFacts(accountId, held, now)
  const away = isAway(account.awayUntil, today)
  const mayTake = judgeStaff(actor, 'leave', facts) === 'yes' && account.status === 'active'
  const mayEnd = away && judgeStaff(actor, 'end-leave', facts) === 'yes'
  if (!mayTake && !mayEnd) return null
  const deputies = await deputiesOf(read, t, accountId, held, now)
  const names = await staffNames(
    deps,
    deputies.map((one) => one.accountId),
  )
  const absent = {
    id: accountId,
    own: ownIdentity(deps.keys, account),
    isActive: true,
    isAway: away,
    offices: liveOffices(held, now).own,
  }
  return {
    accountId,
    isSelf: actor.id === accountId,
    mayTake,
    /** `YYYY-MM-DD`, and '' where they are at work. */
    until: away ? account.awayUntil : '',
    last: dayWords(lastLeaveDay(today)),
    /** Whose work nobody does meanwhile: told before the leave begins. */
    standsFor:
      mayTake && !away ? await standsFor(deps, { accountId, isSelf: actor.id === accountId, held }) : [],
    deputyId: deputies[0]?.accountId ?? '',
    deputies: deputies.map(({ id, accountId: by, department, until }) => ({
      id,
      text: words.deputyLine(names.get(by) ?? '', department, lastDayOf(until)),
    })),
    candidates: mayTake ? await candidatesFor(deps, absent, deputies[0]?.accountId ?? '') : [],
  }
}

export type LeaveView = NonNullable<Awaited<ReturnType<typeof leaveView>>>

/** One's own; `not-found` for who reviews nothing by an office of their own and is not away. */
export async function ownLeaveView(deps: Deps, actor: Staff): Promise<LeaveView> {
  const found = await leaveView(deps, actor, actor.id)
  if (!found) throw notFound()
  return found
}

/** Whom they stand in for themselves, and whether anybody else is at work exactly there, in words: it is said before they go. */
async function standsFor(
  deps: Deps,
  { accountId, isSelf, held }: { accountId: string; isSelf: boolean; held: readonly HeldOffice[] },
): Promise<readonly string[]> {
  const { read, t } = deps.store
  const now = deps.clock.now()
  const { acting } = liveOffices(held, now)
  const places = new Map(acting.map((one) => [`${one.deputyFor}/${one.departmentId}`, one]))
  const names = await staffNames(
    deps,
    acting.flatMap(({ deputyFor }) => deputyFor ?? []),
  )
  return Promise.all(
    [...places.values()].map(async ({ deputyFor, departmentId, department }) => {
      const there = await reviewersAt(read, t, departmentId ?? '', { now, today: dayOf(now) })
      const line = words.standsLine(isSelf, names.get(deputyFor ?? '') ?? '', department)
      return there.every(({ id }) => id === accountId) ? `${line}${words.standsNobody(department)}` : line
    }),
  )
}

type Absent = Parameters<typeof judgeDeputy<HeldOffice>>[0]

/** Colleagues near by who may stand in, the nearest first; who does so already is always among them. */
async function candidatesFor(deps: Deps, absent: Absent, present: string) {
  const { store, keys, clock } = deps
  const { read, t } = store
  const now = clock.now()
  const paths = absent.offices.flatMap(({ path }) => (path === '' ? [] : [path]))
  if (paths.length === 0) return []
  const nodes = await placesNear(read, t, paths)
  const moment = { now, today: dayOf(now) }
  const rows = await presentAt(read, t, nodes, { except: absent.id, moment, limit: lookedAtMost })
  if (rows.length === 0) return []
  const held = await officesOf(
    read,
    t,
    rows.map(({ id }) => id),
  )
  const rankOf = ({ departmentId }: HeldOffice) => {
    const at = nodes.indexOf(departmentId ?? '')
    return at < 0 ? nodes.length : at
  }
  const people = rows.flatMap((row) => {
    const { id, nameSealed, login } = row
    const { own: offices } = liveOffices(
      held.filter(({ accountId }) => accountId === id),
      now,
    )
    const answer = judgeDeputy(absent, {
      id,
      own: ownIdentity(keys, row),
      isActive: true,
      isAway: false,
      offices,
    })
    const [nearest] = offices.toSorted((a, b) => rankOf(a) - rankOf(b))
    if ('code' in answer || !nearest) return []
    const name = keys.unseal(nameSealed, accountContext(id, 'name'))
    return [{ id, rank: rankOf(nearest), name, login: login ?? '', department: nearest.department }]
  })
  return toldApart(people)
    .map(({ apart, department, ...one }) => ({ ...one, label: words.candidate(apart, department) }))
    .sort(
      (a, b) =>
        Number(b.id === present) - Number(a.id === present) ||
        a.rank - b.rank ||
        a.label.localeCompare(b.label, 'zh'),
    )
    .slice(0, shownAtMost)
    .map(({ id, label }) => ({ id, label }))
}
