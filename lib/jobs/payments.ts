/** No payment is lost with its notice, and no seat is held for who does not pay (EXM-3). */
import { setImmediate as breathe } from 'node:timers/promises'
import { expirePayments } from '#lib/commands/expire-payments.ts'
import { reconcilePayments } from '#lib/commands/reconcile-payments.ts'
import type { Failed } from '#lib/commands/support/payments.ts'
import type { Deps } from '#lib/deps.ts'

const every = 20_000
const atOnce = 200
/** With so many left behind, the provider is away: the next round comes soon. */
const mostLeft = 100

/**
 * Rounds of a loop that runs far more often than they do: a slice of the orders that may be paid, on from where the last one
 * ended, and whatever deadline has passed. What fails with one of them holds up no other; the first such fault is thrown at the end.
 */
export function paymentRounds(deps: Deps): () => Promise<void> {
  let begun = Number.NEGATIVE_INFINITY
  let after = ''
  return async () => {
    const now = deps.clock.now().getTime()
    // A clock that was ahead and was put right keeps no round waiting.
    if (now >= begun && now - begun < every) return
    begun = now
    const faults: unknown[] = []
    const failed: Failed = (error) => void faults.push(error)
    after = await reconcilePayments(deps, { after, limit: atOnce, failed })
    await endUnpaid(deps, failed)
    if (faults.length > 0) throw faults[0]
  }
}

/** Everything that was to be paid by now; a deadline ends many at once. */
async function endUnpaid(deps: Deps, failed: Failed): Promise<void> {
  const except: string[] = []
  while (except.length < mostLeft) {
    const left = await expirePayments(deps, { except, limit: atOnce, failed })
    if (left === null) return
    except.push(...left)
    await breathe()
  }
}
