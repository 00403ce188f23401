/** Captchas whose token carries its own answer, sealed: showing one writes nothing, only its use does (ACC-3, SEC-4). */
import { z } from 'zod'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { newDigits, newId } from '#lib/ids.ts'
import type { CaptchaAnswer } from '#lib/schemas/account.ts'
import { normaliseCode } from '#lib/schemas/normalise.ts'
import { hour, limitKey, networkOf, spend } from './limits.ts'

export const captchaLife = 3 * 60_000
const context = 'captcha'
const longestToken = 400

const contents = z.object({ id: z.string(), digits: z.string(), expiresAt: z.number() })
type Contents = z.infer<typeof contents>

/** A new token, safe in an address. */
export function issueCaptcha({ keys, clock }: Pick<Deps, 'keys' | 'clock'>): string {
  const now = clock.now()
  const made: Contents = { id: newId(now), digits: newDigits(5), expiresAt: now.getTime() + captchaLife }
  return keys.seal(JSON.stringify(made), context)
}

/** What a token holds; null when it is not ours or its three minutes are over. */
function openCaptcha({ keys, clock }: Pick<Deps, 'keys' | 'clock'>, token: string): Contents | null {
  if (token.length > longestToken) return null
  try {
    const held = contents.parse(JSON.parse(keys.unseal(token, context)))
    return held.expiresAt > clock.now().getTime() ? held : null
  } catch {
    return null
  }
}

/** The digits to draw, and the seed of their drawing; null when there is nothing to draw. */
export function captchaDigits(deps: Pick<Deps, 'keys' | 'clock'>, token: string) {
  const held = openCaptcha(deps, token)
  return held && { digits: held.digits, seed: deps.keys.blind('captcha-drawing', token) }
}

/**
 * Whether the answer is right. Any answer uses the token up, a wrong one too, so call it in a transaction that
 * commits even when the form around it is refused.
 */
export async function spendCaptcha(deps: Deps, q: Q, token: string, answer: string): Promise<boolean> {
  const held = openCaptcha(deps, token)
  if (!held) return false
  const { t } = deps.store
  const [mine] = await q
    .insert(t.captchaUse)
    .values({ id: held.id, usedAt: deps.clock.now(), expiresAt: new Date(held.expiresAt) })
    .onConflictDoNothing()
    .returning({ id: t.captchaUse.id })
  if (!mine) return false
  const typed = normaliseCode(answer)
  const { demo, captchaFixed } = deps.env
  return (
    typed === held.digits || (demo && captchaFixed !== undefined && typed === normaliseCode(captchaFixed))
  )
}

/** `spendCaptcha` within the limit of answers per address and hour: what is wrong with the answer, or null. */
export async function answerCaptcha(
  deps: Deps,
  q: Q,
  { captcha, captchaToken }: CaptchaAnswer,
  address: string,
): Promise<Issue | null> {
  const { captchaPerAddressPerHour: limit } = deps.env.limits
  const key = limitKey(deps, 'captcha', networkOf(address))
  const turn = await spend(q, deps.store.t, key, { limit, windowMs: hour }, deps.clock.now())
  if (!turn.within) return issue('captcha', 'captcha-too-many', { until: turn.resetAt.toISOString() })
  return (await spendCaptcha(deps, q, captchaToken, captcha)) ? null : issue('captcha', 'captcha-wrong')
}
