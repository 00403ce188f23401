import { certifyOrderById } from '#db/queries/certify.ts'
import type { Deps } from '#lib/deps.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { settleCertify } from './effects/settle-certify.ts'

/**
 * The provider's server calls (IDV-2, SEC-4). A notice is no more than a reason to ask: what it says of the result is
 * not read. Resolves where nothing is left to do, orders that are unknown or settled included. Refused:
 * `certify-notice-unsigned`; `certify-unavailable`, after which it should be sent again.
 */
export async function acceptCertifyNotice(
  deps: Deps,
  _actor: null,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const { identity, store } = deps
  if (!identity) throw notFound()
  const notice = await identity.readNotice(fields)
  if (!notice) throw refused(issue(null, 'certify-notice-unsigned'))
  const order = await certifyOrderById(store.read, store.t, notice.orderId)
  if (!order || (notice.ref !== '' && notice.ref !== order.providerRef)) return
  await settleCertify(deps, order, {})
}
