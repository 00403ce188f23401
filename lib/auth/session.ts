/** From the cookie to the actor, once per request (SEC-5). Everything about a session is a row that can be ended. */
import { createHash } from 'node:crypto'
import { cookies } from 'next/headers'
import { cache } from 'react'
import {
  type Account,
  grantsOf,
  liveSession,
  noteSeen,
  openAccount,
  sessionOwner,
} from '#db/queries/accounts.ts'
import { type Deps, deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'

export const sessionCookie = 'sid'
export const sessionIdOf = (token: string) => createHash('sha256').update(token).digest('hex')

export interface Viewer {
  readonly actor: Actor
  readonly account: Account
  readonly session: SessionSpan
}

/** How long a session has left, in ms, when nobody does anything; `isFinal` where doing something no longer helps. */
export interface SessionSpan {
  readonly leftMs: number
  readonly idleMs: number
  readonly isFinal: boolean
}

const minute = 60_000

/** Reads a session by its token and notes that it was seen; null when there is none, or it is idle too long or over. */
export async function readSession(d: Deps, token: string | undefined): Promise<Viewer | null> {
  if (!token) return null
  const { t } = d.store
  const now = d.clock.now()
  const id = sessionIdOf(token)
  const found = await liveSession(d.store.read, t, id, now)
  if (!found) return null
  const { limits } = d.env
  const idle = (found.account.kind === 'staff' ? limits.staffIdleMinutes : limits.sessionIdleMinutes) * minute
  const quiet = now.getTime() - found.session.lastSeenAt.getTime()
  if (quiet > idle) return null
  // Once a minute is enough to know who is idle, and keeps most page views free of writes.
  const noted = quiet > minute
  if (noted) await noteSeen(d.store, id, now)
  const account = openAccount(d.keys, found.account)
  const signedIn = { id: account.id, sessionId: id }
  const actor: Actor =
    account.kind === 'staff'
      ? { kind: 'staff', ...signedIn, grants: await grantsOf(d.store.read, t, account.id, now) }
      : { kind: account.status === 'claiming' ? 'claimant' : 'applicant', ...signedIn }
  const [idleLeft, allLeft] = [idle - (noted ? 0 : quiet), found.session.endsAt.getTime() - now.getTime()]
  const session = { leftMs: Math.min(idleLeft, allLeft), idleMs: idle, isFinal: allLeft <= idleLeft }
  return { actor, account, session }
}

/** Who is looking, for pages and actions of one request. */
export const viewer = cache(async (): Promise<Viewer | null> => {
  const jar = await cookies()
  return readSession(await deps(), jar.get(sessionCookie)?.value)
})

/** Whose session this browser had, alive or over: the owner of what a POST after its end leaves behind. */
export async function ownerOfCookie(d: Deps): Promise<string | null> {
  const token = (await cookies()).get(sessionCookie)?.value
  return token ? sessionOwner(d.store.read, d.store.t, sessionIdOf(token)) : null
}
