/** Sessions as rows (SEC-5): opening and ending them; reading is in session.ts. */
import { and, eq, isNull } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { newId, newSecret } from '#lib/ids.ts'
import { sessionIdOf } from './session.ts'

const hour = 3_600_000

export interface SessionOpening {
  readonly accountId: string
  readonly address: string
  readonly agent: string
}

/** A new session; gives the token that goes into the cookie, of which only the hash is stored. */
export async function openSession(d: Deps, { accountId, address, agent }: SessionOpening): Promise<string> {
  const { t } = d.store
  const token = newSecret()
  const at = d.clock.now()
  await d.store.tx(async (q) => {
    await insert(q, t.session, {
      id: sessionIdOf(token),
      accountId,
      createdAt: at,
      lastSeenAt: at,
      endsAt: new Date(at.getTime() + d.env.limits.sessionHours * hour),
      address: address.slice(0, 64),
      agent: agent.slice(0, 200),
    })
    await record(q, t, { id: newId(at), kind: 'session.opened', actorId: accountId, personId: accountId, at })
  })
  return token
}

/** Ends the session of a token; one that is over stays over. The row stays a while for the echo of a late POST. */
export async function closeSession(d: Deps, token: string | undefined): Promise<void> {
  if (!token) return
  const { t } = d.store
  const at = d.clock.now()
  await d.store.tx(async (q) => {
    const [ended] = await q
      .update(t.session)
      .set({ endedAt: at })
      .where(and(eq(t.session.id, sessionIdOf(token)), isNull(t.session.endedAt)))
      .returning({ accountId: t.session.accountId })
    if (!ended) return
    const { accountId } = ended
    await record(q, t, { id: newId(at), kind: 'session.ended', actorId: accountId, personId: accountId, at })
  })
}
