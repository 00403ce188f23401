import { payOrderByNumber } from '#db/queries/payments.ts'
import { update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { runsProvince } from '#lib/policy/exam-policy.ts'
import { checkRefund } from '#lib/schemas/refund.ts'
import { logPayment, openEntry, tellOfPayment } from './support/payments.ts'
import { actingStaff } from './support/staff-work.ts'

export interface Refund {
  readonly number: string
  /** What the provider calls the refund. */
  readonly ref: string
  readonly day: string
}

/**
 * 登记已退款 (EXM-3): the money of an order went back, at the provider's own office; both fields stay in the log.
 * Refused: `refund-ref`, `refund-day-invalid`, `refund-day-future`, `refund-day-early`; `refund-done`
 * where it was entered before. `not-found` outside the actor's provinces, and for orders of which nothing has to go back.
 */
export async function markRefunded(deps: Deps, actor: Actor, input: Refund): Promise<void> {
  const { store, clock } = deps
  const { payOrder } = store.t
  await store.tx(async (q) => {
    const acting = await actingStaff(deps, q, actor)
    const named = await payOrderByNumber(q, store.t, input.number)
    const found = named && (await openEntry(deps, q, named.caseId))
    // A province is a node of the first level: its id is its path.
    if (!found || ![actor, acting].every((one) => runsProvince(one, found.entry.departmentId)))
      throw notFound()
    const order = await payOrderByNumber(q, store.t, input.number)
    if (order?.state === 'refunded') throw refused(issue(null, 'refund-done'))
    if (order?.state !== 'refund-needed') throw notFound()
    const paidOn = dayOf(order.paidAt ?? order.createdAt)
    const read = checkRefund(input, { paidOn, today: dayOf(clock.now()) })
    if (!read.ok) throw refused(...read.issues)
    await update(
      q,
      payOrder,
      { id: order.id, state: 'refund-needed' },
      { state: 'refunded', version: order.version + 1 },
    )
    await tellOfPayment(deps, q, 'exam-refunded', found, { amount: order.amount })
    await logPayment(deps, q, 'exam.refunded', found, { order: order.number, ...read.value }, acting.id)
  })
}
