/** Who of a department's staff does how much, and what was returned late (REV-7, REV-4). */
import { accountContext } from '#db/queries/accounts.ts'
import type { Department } from '#db/queries/departments.ts'
import { inHands, officeOf } from '#db/queries/figures.ts'
import { lateReturns } from '#db/queries/late-returns.ts'
import { departmentIdsWithin } from '#db/queries/review.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf, startOfDay } from '#lib/domain/days.ts'
import { type Sums, totalOf } from '#lib/domain/figure-sums.ts'
import { isAway } from '#lib/domain/leave.ts'
import { reviewedPaths } from '#lib/policy/case-policy.ts'
import { isInScope } from '#lib/policy/staff-policy.ts'
import { staffNames } from './review-queue.ts'

const mostPeople = 100
const lateShown = 10

export interface WorkLine {
  readonly id: string
  readonly name: string
  /** The last day of a leave that has not ended; ''. */
  readonly awayUntil: string
  readonly inHand: number
  readonly month: number
  readonly period: number
}

/** Null where nobody reviews at this very department and nobody decided anything there. */
export async function workView(
  { store: { read, t }, keys, clock }: Deps,
  node: Department,
  by: { readonly month: Sums; readonly period: Sums },
) {
  const now = clock.now()
  const found = await officeOf(read, t, node.id, now, mostPeople + 1)
  const people = found.slice(0, mostPeople)
  const ids = people.map(({ id }) => id)
  const others = (sums: Sums) => totalOf(sums, (id) => !ids.includes(id))
  const elsewhere = { month: others(by.month), period: others(by.period) }
  if (people.length === 0 && elsewhere.period === 0) return null
  const held = ids.length === 0 ? new Map<string, number>() : await inHands(read, t, ids, now)
  const today = dayOf(now)
  const lines = people.map(
    ({ id, nameSealed, awayUntil }): WorkLine => ({
      id,
      name: keys.unseal(nameSealed, accountContext(id, 'name')),
      awayUntil: isAway(awayUntil, today) ? awayUntil : '',
      inHand: held.get(id) ?? 0,
      month: by.month.get(id) ?? 0,
      period: by.period.get(id) ?? 0,
    }),
  )
  return {
    lines: lines.sort((a, b) => b.inHand - a.inHand || b.period - a.period || (a.id < b.id ? -1 : 1)),
    others: elsewhere,
    more: found.length > people.length,
    most: mostPeople,
  }
}

/** The newest of them since the first day of a month. A case is linked for who reviews there. */
export async function lateView(deps: Deps, actor: Staff, node: Department, since: string) {
  const { read, t } = deps.store
  const within = await departmentIdsWithin(read, t, [node.path])
  const found = await lateReturns(read, t, within, startOfDay(`${since}-01`), lateShown)
  const names = await staffNames(
    deps,
    found.flatMap(({ decidedBy }) => decidedBy ?? []),
  )
  const mayOpen = isInScope(reviewedPaths(actor), node.path)
  return found.map(({ caseId, round, lateAt, decidedBy, kind, number, department }) => ({
    id: `${caseId}.${round}`,
    caseId: mayOpen ? caseId : null,
    number: number ?? '',
    kind,
    department,
    by: decidedBy === null ? '' : (names.get(decidedBy) ?? ''),
    at: lateAt,
  }))
}
