/** Sends what commands wrote into the outbox: at least once, with the same key every time (MSG-1). */
import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { dueMessages, outboxContext } from '#db/queries/outbox.ts'
import { update } from '#db/write.ts'
import { reasonOf } from '#lib/adapters/provider-fault.ts'
import { isSmsAway, isSmsRefused } from '#lib/adapters/sms.ts'
import { refuseSms } from '#lib/commands/refuse-sms.ts'
import type { Deps } from '#lib/deps.ts'
import { pauseAfter } from './back-off.ts'
import { inLanes } from './lanes.ts'

const message = z.object({
  phone: z.string(),
  purpose: z.string(),
  code: z.string().exactOptional(),
  text: z.string(),
  notice: z.object({ number: z.string(), event: z.string() }).exactOptional(),
  key: z.string(),
})

const mostTries = 10
/** How long a message is one worker's: when that one dies, the next sends it again, with the same key. */
const turn = 60_000
const atOnce = 5

/** What became of a message that was not sent: `id` is its row, `reason` names no person. */
export interface Unsent {
  readonly id: string
  readonly fate: 'later' | 'refused' | 'dead' | 'expired'
  readonly reason: string
}

type Row = Awaited<ReturnType<typeof dueMessages>>[number]

/**
 * Sends up to `limit` messages that are due, codes first and five at once, and gives the number sent. One that has
 * expired (a code is of no use after three minutes) is never sent; one that the provider refuses for good is ended; one
 * that fails is tried again later, ten times in all, and a provider that is given a rest counts as none. Several may
 * deliver at once: each message is taken by one of them.
 */
export async function deliverOutbox(
  deps: Deps,
  limit: number,
  tell: (unsent: Unsent) => void = () => undefined,
): Promise<number> {
  const waiting = await dueMessages(deps.store.read, deps.store.t, deps.clock.now(), limit)
  let sent = 0
  await inLanes(waiting, atOnce, async (row) => {
    const unsent = await deliver(deps, row)
    if (unsent === 'sent') sent += 1
    else if (unsent) tell(unsent)
  })
  return sent
}

/** Null when it was another worker's, or the provider is left alone for a while. */
async function deliver(deps: Deps, row: Row): Promise<Unsent | 'sent' | null> {
  const { outbox } = deps.store.t
  const { id } = row
  const now = deps.clock.now()
  const change = (values: Partial<typeof outbox.$inferInsert>) =>
    deps.store.tx((q) => update(q, outbox, { id }, values))
  // Also what has expired is one worker's: another may be sending it, and has read the clock a moment earlier.
  if (!(await claimed(deps, row, now))) return null
  if (row.expiresAt !== null && row.expiresAt <= now) {
    await change({ deadAt: now })
    return { id, fate: 'expired', reason: '' }
  }
  let phone = ''
  try {
    const read = message.parse(JSON.parse(deps.keys.unseal(row.bodySealed, outboxContext(id))))
    phone = read.phone
    await deps.sms.send(read)
  } catch (error) {
    const reason = reasonOf(error)
    if (isSmsRefused(error)) {
      await refuseSms(deps, null, { outboxId: id, phone })
      return { id, fate: 'refused', reason }
    }
    const untried = isSmsAway(error)
    const tries = untried ? row.tries : row.tries + 1
    const dead = tries >= mostTries
    const again = new Date(now.getTime() + pauseAfter(tries))
    // Looked at once more when it expires, so that nobody is told any longer that it is on its way.
    const nextAt = row.expiresAt !== null && row.expiresAt < again ? row.expiresAt : again
    await change(dead ? { tries, deadAt: now } : { tries, nextAt })
    // Nobody asked the provider: a line for each message that waits would drown those that say what is wrong with it.
    if (untried) return null
    return { id, fate: dead ? 'dead' : 'later', reason }
  }
  await change({ tries: row.tries + 1, sentAt: deps.clock.now() })
  return 'sent'
}

/** Takes a message as it was read; false when another worker was faster. */
async function claimed({ store }: Deps, { id, nextAt }: Row, now: Date) {
  const { outbox } = store.t
  const [mine] = await store.tx((q) =>
    q
      .update(outbox)
      .set({ nextAt: new Date(now.getTime() + turn) })
      .where(and(eq(outbox.id, id), eq(outbox.nextAt, nextAt), isNull(outbox.sentAt), isNull(outbox.deadAt)))
      .returning({ id: outbox.id }),
  )
  return mine !== undefined
}
