/** How the machine checks of one round stand (CHK-1), for both sides. */
import { type ClaimKind, type ClaimState, claimKinds } from '#lib/domain/claims.ts'
import type { CheckCounts } from '#lib/text/checks.ts'

const hour = 3_600_000

interface Standing {
  readonly state: ClaimState
  readonly answered: boolean
}

export function countChecks(claims: readonly Standing[]): CheckCounts {
  const of = (wanted: ClaimState) => claims.filter(({ state }) => state === wanted)
  return {
    agrees: of('agrees').length,
    differs: of('differs').length,
    answered: of('differs').filter(({ answered }) => answered).length,
    unavailable: of('unavailable').length,
    unchecked: of('unchecked').length,
    checking: of('checking').length,
  }
}

interface Asked {
  readonly kind: ClaimKind
  readonly failingSince: Date | null
}

export interface Failing {
  /** Of the registers that do not answer. */
  readonly kinds: readonly ClaimKind[]
  /** When the first of them began to. */
  readonly since: Date
  /** When the last of them is given up, and a person decides (CHK-1). */
  readonly until: Date
}

/** Registers that do not answer; null where all that were asked do. Each is tried for `retryHours`. */
export function failingAmong(claims: readonly Asked[], retryHours: number): Failing | null {
  const failing = claims.flatMap(({ kind, failingSince }) => (failingSince ? [{ kind, failingSince }] : []))
  if (failing.length === 0) return null
  const began = failing.map(({ failingSince }) => failingSince.getTime())
  return {
    kinds: claimKinds.filter((kind) => failing.some((one) => one.kind === kind)),
    since: new Date(Math.min(...began)),
    until: new Date(Math.max(...began) + retryHours * hour),
  }
}
