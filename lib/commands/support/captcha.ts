/** Uses up captchas: each token once, within a limit of answers per address (ACC-3). */
import type { Q } from '#db/store.ts'
import { openCaptcha } from '#lib/auth/captcha-token.ts'
import type { Deps } from '#lib/deps.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { hour, limitKey, spend } from '#lib/limits.ts'
import { networkOf } from '#lib/network.ts'
import type { CaptchaAnswer } from '#lib/schemas/account.ts'
import { normaliseCode } from '#lib/schemas/normalise.ts'

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
