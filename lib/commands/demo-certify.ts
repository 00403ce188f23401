import { and, eq, gt } from 'drizzle-orm'
import { certifyOrderOf } from '#db/queries/certify.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'

/**
 * The stand-in's side of the protocol: what the person answered on its certify page. The service believes nothing of
 * it until it asks (`finishCertify`). The first answer counts, a second click changes nothing. Not there outside the
 * demo; refused: `certify-over`.
 */
export async function demoCertify(
  deps: Deps,
  actor: Applicant,
  { orderId, passed }: { orderId: string; passed: boolean },
): Promise<void> {
  if (!deps.env.demo || deps.env.identity.provider !== 'demo') throw notFound()
  const { t } = deps.store
  const answered = await deps.store.tx((q) =>
    q
      .update(t.certifyOrder)
      .set({ providerState: passed ? 'passed' : 'failed' })
      .where(
        and(
          eq(t.certifyOrder.id, orderId),
          eq(t.certifyOrder.accountId, actor.id),
          eq(t.certifyOrder.providerState, 'pending'),
          gt(t.certifyOrder.expiresAt, deps.clock.now()),
        ),
      )
      .returning({ id: t.certifyOrder.id }),
  )
  if (answered.length > 0) return
  const order = await certifyOrderOf(deps.store.read, t, actor.id, orderId)
  if (!order || order.providerState === 'pending') throw refused(issue(null, 'certify-over'))
}
