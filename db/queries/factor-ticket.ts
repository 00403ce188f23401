/**
 * The secret of an authenticator on its way from the page that shows it to the form that proves it: sealed, and stored
 * nowhere before (SEC-4).
 */
import { z } from 'zod'
import { factorTicketMinutes } from '#lib/domain/lifetimes.ts'
import type { Keyring } from '../crypto.ts'

const life = factorTicketMinutes * 60_000
const longest = 2000

const contents = z.object({
  /** Base32. */
  secret: z.string(),
  /** Of the secret it takes the place of: a ticket that was used is worth nothing any more. */
  replaces: z.string(),
  expiresAt: z.number(),
})

interface Ticket {
  readonly accountId: string
  readonly secret: string
  readonly replaces: string
}

const kind = 'replaced-factor'
const context = (accountId: string) => `factor-ticket:${accountId}`

/** What a member carries from proving who they are to proving their new authenticator: theirs, for half an hour. */
export const sealTicket = (keys: Keyring, { accountId, secret, replaces }: Ticket, now: Date): string =>
  keys.seal(
    JSON.stringify({ secret, replaces: keys.blind(kind, replaces), expiresAt: now.getTime() + life }),
    context(accountId),
  )

/** The new secret; null for a ticket that is not this account's, too old or used. */
export function secretInTicket(
  keys: Keyring,
  ticket: string,
  { id, totpSecret }: { readonly id: string; readonly totpSecret: string },
  now: Date,
): string | null {
  if (ticket === '' || ticket.length > longest) return null
  try {
    const held = contents.parse(JSON.parse(keys.unseal(ticket, context(id))))
    return held.expiresAt > now.getTime() && keys.blinds(kind, totpSecret).includes(held.replaces)
      ? held.secret
      : null
  } catch {
    return null
  }
}

const linkContext = (linkId: string) => `factor-ticket:link:${linkId}`

/** For the page of an invitation: made anew at every opening, so that who saw the link does not know the second factor. */
export const sealLinkSecret = (keys: Keyring, linkId: string, secret: string): string =>
  keys.seal(secret, linkContext(linkId))

/** What the page of this invitation showed; null for what no page of it did. */
export function linkSecret(keys: Keyring, linkId: string, ticket: string): string | null {
  if (ticket === '' || ticket.length > longest) return null
  try {
    return keys.unseal(ticket, linkContext(linkId))
  } catch {
    return null
  }
}
