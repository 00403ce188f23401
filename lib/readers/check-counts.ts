/** How the machine checks of one round stand (CHK-1), for both sides. */
import { type ClaimKind, type ClaimState, claimKinds } from '#lib/domain/claims.ts'
import type { CheckCounts } from '#lib/text/checks.ts'

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

/** Which registers do not answer, and since when the first of them; null where all that were asked do. */
export function failingAmong(
  claims: readonly Asked[],
): { readonly kinds: readonly ClaimKind[]; readonly since: Date } | null {
  const failing = claims.flatMap(({ kind, failingSince }) => (failingSince ? [{ kind, failingSince }] : []))
  const [first] = failing.toSorted((a, b) => a.failingSince.getTime() - b.failingSince.getTime())
  return first
    ? {
        kinds: claimKinds.filter((kind) => failing.some((one) => one.kind === kind)),
        since: first.failingSince,
      }
    : null
}
