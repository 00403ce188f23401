import { and, eq } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { type Account, accountById, openAccount } from '#db/queries/accounts.ts'
import { type CertifyOrder, certifyOrderById, latestCertifyOrder } from '#db/queries/certify.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { certifyMinutes } from '#lib/domain/lifetimes.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { hour, limitKey, minute, take } from '#lib/limits.ts'

const orderLife = certifyMinutes * minute

/**
 * Opens a request to the identity provider and gives where to send the person to (IDV-2); while one is open it is used
 * again. An order the provider did not answer for stays, and the next click announces it again. Refused:
 * `identity-already-verified`, `certify-not-offered` (no provider, or another document), `certify-too-many`,
 * `certify-unavailable`, `certify-declined`.
 */
export async function beginCertify(
  deps: Deps,
  actor: Applicant,
): Promise<{ orderId: string; certifyUrl: string }> {
  const { store, identity } = deps
  const account = await accountById(store.read, store.t, deps.keys, actor.id)
  // Nobody verifies a number that another account holds (ACC-9).
  if (account?.status !== 'active') throw notFound()
  if (account.identityState === 'verified') throw refused(issue(null, 'identity-already-verified'))
  if (!identity || account.idType !== 'mainland_id') throw refused(issue(null, 'certify-not-offered'))
  const { order, person } = await openOrder(deps, actor)
  const orderId = order.id
  const known = order.providerRef
  const ref =
    known === ''
      ? await keepRef(
          deps,
          orderId,
          await identity.initialize(orderId, { name: person.name, number: person.number }),
        )
      : known
  return { orderId, certifyUrl: await identity.certifyUrl({ orderId, ref }) }
}

/**
 * The one open order of a person, made where there is none, and the person as they are while it is: who mends name or
 * number later ends it (`mendIdentity`).
 */
function openOrder(deps: Deps, actor: Applicant): Promise<{ order: CertifyOrder; person: Account }> {
  const { t } = deps.store
  const at = deps.clock.now()
  return deps.store.tx(async (q) => {
    // Changes nothing: two clicks at once wait for each other here, and the second finds the first one's order.
    const [mine] = await q
      .update(t.account)
      .set({ identityState: 'none' })
      .where(and(eq(t.account.id, actor.id), eq(t.account.identityState, 'none')))
      .returning()
    if (!mine) throw refused(issue(null, 'identity-already-verified'))
    const person = openAccount(deps.keys, mine)
    const open = await latestCertifyOrder(q, t, actor.id)
    if (open?.state === 'pending' && open.providerState === 'pending' && open.expiresAt > at)
      return { order: open, person }
    const newOrders = { limit: deps.env.limits.certifyPerHour, windowMs: hour }
    if (!(await take(q, t, limitKey(deps, 'certify-order', actor.id), newOrders, at)))
      throw refused(issue(null, 'certify-too-many'))
    const [made] = await q
      .insert(t.certifyOrder)
      .values({
        id: newId(at),
        accountId: actor.id,
        state: 'pending',
        providerState: 'pending',
        createdAt: at,
        expiresAt: new Date(at.getTime() + orderLife),
      })
      .returning()
    if (!made) throw new Error('an insert gave no row')
    await record(q, t, { id: newId(at), kind: 'certify.begun', actorId: actor.id, personId: actor.id, at })
    return { order: made, person }
  })
}

/** Keeps what the provider calls an order; of two that asked at once, the first one's counts for both. */
async function keepRef({ store }: Deps, orderId: string, ref: string): Promise<string> {
  const { certifyOrder } = store.t
  return store.tx(async (q) => {
    const [kept] = await q
      .update(certifyOrder)
      .set({ providerRef: ref })
      .where(and(eq(certifyOrder.id, orderId), eq(certifyOrder.providerRef, '')))
      .returning({ ref: certifyOrder.providerRef })
    return kept?.ref ?? (await certifyOrderById(q, store.t, orderId))?.providerRef ?? ref
  })
}
