/** What a command gives out when it has proven who somebody is, and what a session is opened for: good for 30 seconds. */
import type { Deps } from '#lib/deps.ts'

const life = 30_000
const purpose = 'sign-in'

export interface Proven {
  readonly accountId: string
  readonly proof: string
}

export function prove({ keys, clock }: Pick<Deps, 'keys' | 'clock'>, accountId: string): Proven {
  const until = clock.now().getTime() + life
  return { accountId, proof: `${until}.${keys.sign(purpose, `${accountId}:${until}`)}` }
}

/** Only this service can make a proof, so nobody signs in by calling next-auth from outside. */
export function isProven(
  { keys, clock }: Pick<Deps, 'keys' | 'clock'>,
  { accountId, proof }: Proven,
): boolean {
  const [until = '', signature = ''] = proof.split('.')
  return Number(until) > clock.now().getTime() && keys.verify(purpose, `${accountId}:${until}`, signature)
}
