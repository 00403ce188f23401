/** No payment is lost with its notice, and no seat is held for who does not pay (EXM-3). */
import { setImmediate as breathe } from 'node:timers/promises'
import { expirePayments } from '#lib/commands/expire-payments.ts'
import { reconcilePayments } from '#lib/commands/reconcile-payments.ts'
import type { Deps } from '#lib/deps.ts'

const every = 20_000
const atOnce = 200
/** With so many left behind, the provider is away: the next round comes soon. */
const mostLeft = 100

/**
 * Rounds of a loop that runs far more often than they do: a slice of the orders that may be paid, on from where the last one
 * ended, and whatever deadline has passed.
 */
export function paymentRounds(deps: Deps): () => Promise<void> {
  let begun = Number.NEGATIVE_INFINITY
  let after = ''
  return async () => {
    const now = deps.clock.now().getTime()
    if (now - begun < every) return
    begun = now
    after = await reconcilePayments(deps, { after, limit: atOnce })
    await endUnpaid(deps)
  }
}

/** Everything that was to be paid by now; a deadline ends many at once. */
async function endUnpaid(deps: Deps): Promise<void> {
  const except: string[] = []
  while (except.length < mostLeft) {
    const left = await expirePayments(deps, { except, limit: atOnce })
    if (left === null) return
    except.push(...left)
    await breathe()
  }
}
