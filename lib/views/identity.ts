import { accountById } from '#db/queries/accounts.ts'
import { latestCase } from '#db/queries/cases.ts'
import { certifyOrderOf, latestCertifyOrder } from '#db/queries/certify.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { type CaseState, isUnderReview } from '#lib/domain/case-states.ts'
import { notFound } from '#lib/domain/errors.ts'
import { maskNumber } from '#lib/domain/masking.ts'
import { identityWords as words } from '#lib/text/account.ts'
import { identityTypeWords } from '#lib/text/registration.ts'
import { maskedName } from '#lib/text/surnames.ts'

type SentPictures = 'waiting' | 'returned' | 'refused'

/** How each of them is marked. */
export const sentTones = { waiting: 'info', returned: 'warn', refused: 'bad' } as const

/** What became of 线上实名认证; null where nothing was sent, or it is being written again. */
function toldOf(state: CaseState): SentPictures | null {
  if (isUnderReview(state)) return 'waiting'
  return state === 'returned' || state === 'refused' ? state : null
}

/** Where 实名认证 stands, in words; `pictures` is the state of 线上实名认证. What is being looked at is no longer nothing. */
export function identityStanding(verified: boolean, pictures: CaseState | null) {
  if (verified) return { tone: 'good', text: words.yes } as const
  const told = pictures && toldOf(pictures)
  return told
    ? { tone: sentTones[told], text: words.sentStates[told] }
    : ({ tone: 'warn', text: words.no } as const)
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
  const verified = account.identityState === 'verified'
  const announced = order?.state === 'pending' && order.providerRef !== '' ? order : null
  return {
    verified,
    standing: identityStanding(verified, pictures?.state ?? null),
    method: account.identityMethod,
    at: account.identityAt,
    name: maskedName(account.name),
    idType: identityTypeWords[account.idType] ?? account.idType,
    number: maskNumber(account.number),
    /** Alipay knows mainland identity cards only. */
    alipay: deps.identity !== null && account.idType === 'mainland_id',
    /** Announced to the provider and not answered yet; `open` while it may still be used. */
    order: announced && { id: announced.id, open: announced.expiresAt > deps.clock.now() },
    lastFailed: order?.state === 'failed',
    /** 线上实名认证 that was sent (IDV-3). */
    sent: pictures && told ? { state: pictures.state, told } : null,
  }
}

/**
 * An order of this person's with the address that goes into the QR code (IDV-2), made anew for every page; the address
 * is null once the order is of no use any more. null where there is no such order.
 */
export async function certifyView(deps: Deps, actor: Actor, orderId: string) {
  const { identity } = deps
  const order = await certifyOrderOf(deps.store.read, deps.store.t, actor.id, orderId)
  if (!order || !identity) return null
  const { state, expiresAt, providerRef: ref } = order
  const leftMs = expiresAt.getTime() - deps.clock.now().getTime()
  const isOpen = state === 'pending' && ref !== '' && leftMs > 0
  const url = isOpen ? await identity.certifyUrl({ orderId, ref }) : null
  return { certifyUrl: url === null ? null : new URL(url, deps.env.origin).href, expiresAt, leftMs }
}

/** The stand-in's certify page: whom it asks. null outside the demo, and for an order that is not this person's. */
export async function demoCertifyView(deps: Deps, actor: Actor, orderId: string) {
  const { read, t } = deps.store
  if (!deps.env.demo || deps.env.identity.provider !== 'demo') return null
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
