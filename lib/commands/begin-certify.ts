import { record } from '#db/events.ts'
import { accountById } from '#db/queries/accounts.ts'
import { latestCertifyOrder } from '#db/queries/certify.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'

const orderLife = 15 * 60_000

/**
 * Opens a request to the identity provider and gives the address to send the person to (IDV-2); while one is open it
 * is used again. Refused: `identity-already-verified`, `certify-not-offered` (no provider, or another document).
 */
export async function beginCertify(deps: Deps, actor: Applicant): Promise<string> {
  const { store, identity } = deps
  const { t } = store
  const account = await accountById(store.read, t, deps.keys, actor.id)
  if (!account) throw notFound()
  if (account.identityState === 'verified') throw refused(issue(null, 'identity-already-verified'))
  if (!identity || account.idType !== 'mainland_id') throw refused(issue(null, 'certify-not-offered'))
  const at = deps.clock.now()
  const orderId = await store.tx(async (q) => {
    const open = await latestCertifyOrder(q, t, actor.id)
    if (open?.state === 'pending' && open.providerState === 'pending' && open.expiresAt > at) return open.id
    const id = newId(at)
    await q.insert(t.certifyOrder).values({
      id,
      accountId: actor.id,
      state: 'pending',
      providerState: 'pending',
      createdAt: at,
      expiresAt: new Date(at.getTime() + orderLife),
    })
    await record(q, t, { id: newId(at), kind: 'certify.begun', actorId: actor.id, personId: actor.id, at })
    return id
  })
  const { certifyUrl } = await identity.initialize(orderId, { name: account.name, number: account.number })
  return certifyUrl
}
