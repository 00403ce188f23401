/** Captchas whose token carries its own answer, sealed: showing one writes nothing, only its use does (ACC-3, SEC-4). */
import { z } from 'zod'
import type { Deps } from '#lib/deps.ts'
import { captchaMinutes } from '#lib/domain/lifetimes.ts'
import { newDigits, newId } from '#lib/ids.ts'

const captchaLife = captchaMinutes * 60_000
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
export function openCaptcha({ keys, clock }: Pick<Deps, 'keys' | 'clock'>, token: string): Contents | null {
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
