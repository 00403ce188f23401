import type { ClaimState } from './claims.ts'

/** A case at its present round, as machines see it. */
export interface MachineWord {
  readonly kind: string
  readonly secondLookAt: Date | null
  /** One for each claim; none where no register was asked. */
  readonly claims: readonly ClaimState[]
  /** Of what was computed (CHK-3): 'bad' does not agree. */
  readonly tones: readonly string[]
}

/**
 * Whether a case may be passed with others (REV-5): registers were asked and agree with everything, nothing that was computed
 * speaks against it, and nobody has asked for a look by itself.
 */
export const isFitForBatch = ({ kind, secondLookAt, claims, tones }: MachineWord): boolean =>
  kind === 'collection' &&
  secondLookAt === null &&
  claims.length > 0 &&
  claims.every((state) => state === 'agrees') &&
  !tones.includes('bad')
