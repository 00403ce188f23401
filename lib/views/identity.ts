import { accountById } from '#db/queries/accounts.ts'
import { latestCase } from '#db/queries/cases.ts'
import { certifyOrderOf, latestCertifyOrder } from '#db/queries/certify.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { type CaseState, isUnderReview } from '#lib/domain/case-states.ts'
import { notFound } from '#lib/domain/errors.ts'
import { maskNumber } from '#lib/domain/masking.ts'
import { identityTypeWords } from '#lib/text/registration.ts'
import { maskedName } from '#lib/text/surnames.ts'

type SentPictures = 'waiting' | 'returned' | 'refused'

/** What became of 线上实名认证; null where nothing was sent, or it is being written again. */
function toldOf(state: CaseState): SentPictures | null {
  if (isUnderReview(state)) return 'waiting'
  return state === 'returned' || state === 'refused' ? state : null
}

/** Where a person stands with 实名认证, and which ways are open (IDV-1 to IDV-3). */
export async function identityView(deps: Deps, actor: Actor) {
  const { read, t } = deps.store
  const account = await accountById(read, t, deps.keys, actor.id)
  if (account?.kind !== 'applicant') throw notFound()
  const [order, pictures] = await Promise.all([
    latestCertifyOrder(read, t, actor.id),
    latestCase(read, t, actor.id, 'identity'),
  ])
  const told = pictures ? toldOf(pictures.state) : null
  const isOpen = order?.state === 'pending' && order.expiresAt > deps.clock.now()
  return {
    verified: account.identityState === 'verified',
    method: account.identityMethod,
    at: account.identityAt,
    name: maskedName(account.name),
    idType: identityTypeWords[account.idType] ?? account.idType,
    number: maskNumber(account.number),
    /** Alipay knows mainland identity cards only. */
    alipay: deps.identity !== null && account.idType === 'mainland_id',
    openOrder: isOpen && order ? order.id : null,
    lastFailed: order?.state === 'failed',
    /** 线上实名认证 that was sent (IDV-3). */
    sent: pictures && told ? { state: pictures.state, told } : null,
  }
}

/** The stand-in's certify page: whom it asks. null outside the demo, and for an order that is not this person's. */
export async function demoCertifyView(deps: Deps, actor: Actor, orderId: string) {
  const { read, t } = deps.store
  if (!deps.env.demo || deps.env.identityProvider !== 'demo') return null
  const [order, account] = await Promise.all([
    certifyOrderOf(read, t, actor.id, orderId),
    accountById(read, t, deps.keys, actor.id),
  ])
  if (!order || !account) return null
  return {
    isOpen: order.providerState === 'pending' && order.expiresAt > deps.clock.now(),
    name: maskedName(account.name),
    number: maskNumber(account.number),
  }
}
