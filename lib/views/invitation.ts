/** What an invited person sees (ACC-10); reading it changes nothing (SEC-4). */
import { generateURI } from 'otplib'
import type { Account } from '#db/queries/accounts.ts'
import { linkSecret, sealLinkSecret, secretInTicket } from '#db/queries/factor-ticket.ts'
import { invitationContext, linkById, recoveryCodesLeft } from '#db/queries/staff.ts'
import type { Deps } from '#lib/deps.ts'
import { newFactorSecret, secretId } from '#lib/ids.ts'
import { letsIn } from '#lib/policy/staff-policy.ts'
import { inGroups } from '#lib/schemas/authenticator.ts'
import { issuer } from '#lib/text/staff.ts'
import { officeText } from './staff.ts'

export interface Enrolment {
  /** `otpauth://…`, for the QR. */
  readonly uri: string
  /** The same secret in groups of four, to be typed. */
  readonly secret: string
}

const enrolmentOf = (secret: string, label: string): Enrolment => ({
  uri: generateURI({ issuer, label, secret }),
  secret: inGroups(secret),
})

/**
 * The form behind a link; null, and nothing more, for one that is used, taken back, too old or none of ours. The secret of
 * the authenticator is new at every opening and travels in `ticket`, sealed; `kept` is the one a refused form came with.
 */
export async function openLink(deps: Deps, token: string, kept = '') {
  const { store, keys, clock } = deps
  const id = secretId(token)
  const link = await linkById(store.read, store.t, id, clock.now())
  if (!link || !letsIn(link.facts)) return null
  const { role, department, nameSealed } = link.invitation
  const name = keys.unseal(nameSealed, invitationContext(id))
  const secret = linkSecret(keys, id, kept) ?? newFactorSecret()
  return {
    name,
    /** Of the account it leads into; null where it makes one. */
    login: link.member?.login ?? null,
    office: role === null ? '' : officeText({ role, department }),
    enrolment: enrolmentOf(secret, link.member?.login ?? name),
    ticket: sealLinkSecret(keys, id, secret),
  }
}

/** The second factor of who is signed in; `ticket` is what proving who they are gave them, or ''. */
export async function ownFactor(deps: Deps, account: Account, ticket: string) {
  const { store, keys, clock } = deps
  const secret = secretInTicket(keys, ticket, account, clock.now())
  return {
    left: await recoveryCodesLeft(store.read, store.t, account.id),
    enrolment: secret === null ? null : enrolmentOf(secret, account.login ?? ''),
  }
}
