/** Proofs of accounting work (WRK-4): which of them a department takes, and the slot each stands in. */
import { workProofKinds } from './options.ts'

export type WorkProofKind = (typeof workProofKinds)[number]

/** 简历表 stands once for all jobs, every other kind in the job that it proves. */
export const workProofSlots = {
  resume: 'resume',
  commitment: 'commitment',
  contract: 'contract',
  'social-insurance': 'socialInsurance',
} as const satisfies Readonly<Record<WorkProofKind, string>>

const standard: readonly WorkProofKind[] = ['resume']

/** What a department takes, in the order of `workProofKinds`. Ids nobody knows count for nothing; without any it takes 简历表. */
export function acceptedWorkProofs(ids: readonly string[]): readonly WorkProofKind[] {
  const known = workProofKinds.filter((kind) => ids.includes(kind))
  return known.length > 0 ? known : standard
}
