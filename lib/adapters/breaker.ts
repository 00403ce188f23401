import type { Clock } from '../clock.ts'
import { refused } from '../domain/errors.ts'
import { issue } from '../domain/result.ts'
import type { PaymentProvider } from './payment.ts'
import { type Registers, registerAway } from './registers.ts'
import { isSmsBusy, isSmsRefused, type SmsSender, smsAway } from './sms.ts'

/** So many failures one after another, and the provider is left alone for so long. */
const failuresToOpen = 5
export const restMs = 30_000

/**
 * Runs work with a provider and stops asking one that fails: after five failures in a row every call throws `away()` at
 * once for 30 s; then one is let through: with it the provider is asked again, or rests once more. What `isAnswer`
 * says of an error makes it an answer and no failure.
 */
function breaker(clock: Clock, away: () => Error, isAnswer: (error: unknown) => boolean) {
  let failures = 0
  let restUntil = 0
  let trying = false
  return async <T>(work: () => Promise<T>): Promise<T> => {
    const open = failures >= failuresToOpen
    if (open && (trying || clock.now().getTime() < restUntil)) throw away()
    if (open) trying = true
    try {
      const done = await work()
      failures = 0
      return done
    } catch (error) {
      failures = isAnswer(error) ? 0 : failures + 1
      // Those under way when it opened do not make the rest longer.
      if (open || failures === failuresToOpen) restUntil = clock.now().getTime() + restMs
      throw error
    } finally {
      if (open) trying = false
    }
  }
}

/** A refusal and a “not now” for one phone are answers. */
export function withBreaker(sender: SmsSender, clock: Clock): SmsSender {
  const guarded = breaker(clock, smsAway, (error) => isSmsRefused(error) || isSmsBusy(error))
  return { send: (message) => guarded(() => sender.send(message)) }
}

export function restingRegisters(registers: Registers, clock: Clock): Registers {
  const guarded = breaker(clock, registerAway, () => false)
  return { look: (kind, subject) => guarded(() => registers.look(kind, subject)) }
}

/** What asks nothing of the provider, its page and its notices, goes on while it rests. */
export function restingPayments(provider: PaymentProvider, clock: Clock): PaymentProvider {
  const away = () => refused(issue(null, 'payment-unavailable'))
  const guarded = breaker(clock, away, () => false)
  return {
    ...provider,
    query: (number) => guarded(() => provider.query(number)),
    close: (number) => guarded(() => provider.close(number)),
  }
}
