import type { ClaimState } from './claims.ts'

/** A case at its present round, as machines see it. */
export interface MachineWord {
  readonly kind: string
  readonly secondLookAt: Date | null
  /** One for each claim; none where no register was asked. */
  readonly claims: readonly ClaimState[]
  /** Of what was computed (CHK-3): 'bad' does not agree. */
  readonly tones: readonly string[]
  /** A person found fault with it, in this round or one before: it is for a person to see whether that still holds. */
  readonly isFaulted: boolean
}

/**
 * Whether a case may be passed with others (REV-5): registers were asked and agree with everything, nothing that was computed
 * speaks against it, and nobody has found fault with it or asked for a look by itself.
 */
export const isFitForBatch = ({ kind, secondLookAt, claims, tones, isFaulted }: MachineWord): boolean =>
  kind === 'collection' &&
  secondLookAt === null &&
  !isFaulted &&
  claims.length > 0 &&
  claims.every((state) => state === 'agrees') &&
  !tones.includes('bad')
