/** 代审 (ADM-1): giving what an absent person does to a colleague, and ending it with whatever it rests on. */
import { grantsOf } from '#db/queries/accounts.ts'
import { caseFacts } from '#db/queries/case-file.ts'
import { colleagueById, deputiesOf, type FoundColleague, leasesOf } from '#db/queries/deputies.ts'
import { type HeldOffice, liveOffices, officesOf, staffAccount } from '#db/queries/staff.ts'
import type { Q } from '#db/store.ts'
import { insert, update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { type Day, dayOf, endOfDay } from '#lib/domain/days.ts'
import { newId } from '#lib/ids.ts'
import { judge } from '#lib/policy/case-policy.ts'
import { isNear } from '#lib/policy/deputy-policy.ts'
import { openCaseForService } from './case-work.ts'
import { endLease } from './lease.ts'
import { notify } from './notify.ts'
import { logStaff } from './staff-work.ts'

const isSameWork = (a: HeldOffice, b: HeldOffice) => a.role === b.role && a.departmentId === b.departmentId

/** The latest end of these offices; null where one has none, the epoch for no office at all. */
function latest(offices: readonly HeldOffice[]): Date | null {
  const ends = offices.map(({ until }) => until)
  if (ends.includes(null)) return null
  return new Date(Math.max(0, ...ends.map((end) => end?.getTime() ?? 0)))
}

const earliest = (...ends: readonly (Date | null)[]) =>
  new Date(Math.min(...ends.map((end) => end?.getTime() ?? Number.POSITIVE_INFINITY)))

/** When this work, done for the absent by the deputy, ends at the latest: with the leave, or with an office it rests on. */
const endOfWork = (absent: FoundColleague, deputy: FoundColleague, work: HeldOffice, until: Day) =>
  earliest(
    endOfDay(until),
    latest(absent.offices.filter((office) => isSameWork(office, work))),
    latest(deputy.offices.filter((office) => isNear(office, work))),
  )

const about = ({ role, departmentId, deputyFor }: HeldOffice) => ({
  role,
  department: departmentId ?? '',
  for: deputyFor ?? '',
})

/**
 * No case stays in the hands of somebody who sees it no more: it would wait for the end of their lease (REV-2). To be called under
 * the lock of the account; `actor` is null where time took it away.
 */
export async function letGo(
  deps: Deps,
  q: Q,
  actor: Actor | null,
  id: string,
  reason: string,
): Promise<void> {
  const { t } = deps.store
  const now = deps.clock.now()
  const leases = await leasesOf(q, t, id, now)
  if (leases.length === 0) return
  const isActive = (await staffAccount(q, t, id))?.status === 'active'
  const grants = isActive ? await grantsOf(q, t, id, now) : []
  const holder = { kind: 'staff', id, sessionId: '', grants } as const
  for (const caseId of leases) {
    const file = await openCaseForService(deps, q, caseId)
    if (file?.case.state !== 'in_review' || file.case.claimedBy !== id) continue
    const facts = { ...caseFacts(file), departmentPath: file.standsAt?.path ?? null }
    if (judge(holder, 'read-for-review', facts, now) === 'hidden')
      await endLease(deps, q, actor, file, { reason })
  }
}

async function endWork(deps: Deps, q: Q, actor: Actor, grants: readonly HeldOffice[]): Promise<void> {
  const { t } = deps.store
  for (const grant of grants) {
    await update(q, t.staffGrant, { id: grant.id }, { until: deps.clock.now() })
    await logStaff(
      deps,
      q,
      'staff.deputy-ended',
      { actorId: actor.id, personId: grant.accountId },
      about(grant),
    )
  }
  for (const id of new Set(grants.map(({ accountId }) => accountId))) {
    const ended = grants.filter(({ accountId }) => accountId === id)
    await letGo(deps, q, actor, id, 'deputy-ended')
    await notify(
      deps,
      q,
      { id, phone: '' },
      {
        kind: 'deputy-ended',
        data: { place: 'account', department: ended[0]?.department ?? '', departments: ended.length },
      },
    )
  }
}

/** From now on the deputy alone does this work of the absent, to the end of the leave; null = nobody does any of it. */
export async function setDeputy(
  deps: Deps,
  q: Q,
  actor: Actor,
  absent: FoundColleague & { readonly held: readonly HeldOffice[] },
  wanted: {
    readonly deputy: FoundColleague
    readonly work: readonly HeldOffice[]
    readonly until: Day
  } | null,
): Promise<void> {
  const { t } = deps.store
  const now = deps.clock.now()
  const before = await deputiesOf(q, t, absent.id, absent.held, now)
  const kept = new Set<string>()
  const given: HeldOffice[] = []
  for (const work of wanted?.work ?? []) {
    if (!wanted) break
    const { deputy } = wanted
    const until = endOfWork(absent, deputy, work, wanted.until)
    const same = before.find((grant) => grant.accountId === deputy.id && isSameWork(grant, work))
    if (same) {
      kept.add(same.id)
      await update(q, t.staffGrant, { id: same.id }, { until })
      continue
    }
    const grant: HeldOffice = {
      ...work,
      id: newId(now),
      accountId: deputy.id,
      createdAt: now,
      until,
      deputyFor: absent.id,
    }
    const { role, departmentId, accountId, createdAt, deputyFor } = grant
    await insert(q, t.staffGrant, {
      id: grant.id,
      accountId,
      role,
      departmentId,
      createdAt,
      until,
      deputyFor,
    })
    await logStaff(
      deps,
      q,
      'staff.deputy-given',
      { actorId: actor.id, personId: accountId },
      { ...about(grant), until: until.toISOString() },
    )
    given.push(grant)
  }
  await endWork(
    deps,
    q,
    actor,
    before.filter(({ id }) => !kept.has(id)),
  )
  if (wanted && given.length > 0)
    await notify(
      deps,
      q,
      { id: wanted.deputy.id, phone: '' },
      {
        kind: 'deputy-given',
        data: {
          place: 'review',
          department: given[0]?.department ?? '',
          departments: given.length,
          until: wanted.until,
        },
      },
    )
}

/**
 * After something changed about a member of staff: whatever others do for them, or they for others, ends where what it
 * rests on has ended, and never lasts longer. To be called under the lock of the account, after the change.
 */
export async function settleDeputies(deps: Deps, q: Q, actor: Actor, accountId: string): Promise<void> {
  const { t } = deps.store
  const now = deps.clock.now()
  const moment = { now, today: dayOf(now) }
  const held = await officesOf(q, t, [accountId])
  const concerned = [...(await deputiesOf(q, t, accountId, held, now)), ...liveOffices(held, now).acting]
  const over: HeldOffice[] = []
  for (const grant of concerned) {
    const absent = await colleagueById(q, t, deps.keys, grant.deputyFor ?? '', moment)
    const deputy = await colleagueById(q, t, deps.keys, grant.accountId, moment)
    const stands = absent?.isActive && absent.isAway && deputy?.isActive
    const until = stands ? endOfWork(absent, deputy, grant, absent.awayUntil) : now
    if (until <= now) over.push(grant)
    else if (grant.until === null || until < grant.until)
      await update(q, t.staffGrant, { id: grant.id }, { until })
  }
  await endWork(deps, q, actor, over)
}
