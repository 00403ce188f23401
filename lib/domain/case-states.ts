import { issue, ok, type Result, refuse } from './result.ts'

/** The states of every kind of case; a kind says which it uses (system.md, States of a case). */
export const caseStates = [
  'draft',
  'checking',
  'waiting',
  'in_review',
  'approved',
  'returned',
  'refused',
  'withdrawn',
  'cancelled',
] as const
export type CaseState = (typeof caseStates)[number]

export type CaseAction = keyof typeof transitions

interface Transition {
  readonly from: readonly CaseState[]
  readonly to: CaseState
}

export const transitions = {
  submit: { from: ['draft', 'returned'], to: 'checking' },
  checked: { from: ['checking'], to: 'waiting' },
  claim: { from: ['waiting'], to: 'in_review' },
  // A lease that ended releases too (REV-2).
  release: { from: ['in_review'], to: 'waiting' },
  // Another department takes over (REV-5).
  forward: { from: ['waiting', 'in_review'], to: 'waiting' },
  // One stage passed, the next one's department waits (TRF-3, two-person kinds).
  advance: { from: ['in_review'], to: 'waiting' },
  // A failed machine check returns the case before a reviewer sees it (CHK-4).
  return: { from: ['checking', 'in_review'], to: 'returned' },
  approve: { from: ['in_review'], to: 'approved' },
  // Only what a setting lists is approved without a human (CHG-4).
  approveAutomatically: { from: ['checking'], to: 'approved' },
  refuse: { from: ['in_review'], to: 'refused' },
  // SUB-3: as long as no reviewer holds it, so also while the machine checks run.
  withdraw: { from: ['checking', 'waiting'], to: 'withdrawn' },
  reopen: { from: ['withdrawn'], to: 'draft' },
  cancel: { from: ['draft', 'checking', 'waiting', 'in_review', 'returned', 'withdrawn'], to: 'cancelled' },
} as const satisfies Record<string, Transition>

/** The state an action leads to, or `state-not-allowed` {state, action}. */
export function decide(state: CaseState, action: CaseAction): Result<CaseState> {
  const transition: Transition = transitions[action]
  return transition.from.includes(state)
    ? ok(transition.to)
    : refuse(issue(null, 'state-not-allowed', { state, action }))
}

/** Under review in the sense of "what blocks what": a draft or a returned case blocks nothing. */
export const isUnderReview = (state: CaseState): boolean =>
  state === 'checking' || state === 'waiting' || state === 'in_review'

/** Open cases end when the account is closed. */
export const isOpen = (state: CaseState): boolean => decide(state, 'cancel').ok

/** The applicant may change what it proposes. */
export const isEditable = (state: CaseState): boolean => state === 'draft' || state === 'returned'
