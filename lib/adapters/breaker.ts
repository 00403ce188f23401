import type { Clock } from '../clock.ts'
import { isSmsBusy, isSmsRefused, type SmsSender, smsAway } from './sms.ts'

/** So many failures one after another, and the provider is left alone for so long. */
const failuresToOpen = 5
const restMs = 30_000

/**
 * A sender that stops asking a provider that fails. After five failures in a row every send throws `smsAway` at once for
 * 30 s; then one message is let through: with it the sender works again, or rests once more. A refusal and a “not now” for
 * one phone are answers and no failures.
 */
export function withBreaker(sender: SmsSender, clock: Clock): SmsSender {
  let failures = 0
  let restUntil = 0
  let trying = false
  return {
    async send(message) {
      const open = failures >= failuresToOpen
      if (open && (trying || clock.now().getTime() < restUntil)) throw smsAway()
      if (open) trying = true
      try {
        await sender.send(message)
        failures = 0
      } catch (error) {
        failures = isSmsRefused(error) || isSmsBusy(error) ? 0 : failures + 1
        // Those under way when it opened do not make the rest longer.
        if (open || failures === failuresToOpen) restUntil = clock.now().getTime() + restMs
        throw error
      } finally {
        if (open) trying = false
      }
    },
  }
}
