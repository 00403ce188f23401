/** A case kind is a value too: its sections, what must hold before it is sent, who decides, what approval does. */
import type { Issue } from '#lib/domain/result.ts'
import type { SectionId } from '#lib/sections/all.ts'

export type CaseKindId = 'collection' | 'identity'

/** What approval does to the record; one function of `lib/commands/effects` each. */
export type Effect = 'write-record' | 'verify-identity'

/** What preconditions are judged by; loaded inside the submitting transaction. */
export interface SubmitFacts {
  readonly identityVerified: boolean
  readonly consented: boolean
  readonly declared: boolean
}

export interface CaseKind {
  readonly id: CaseKindId
  /** In the order of the wizard. */
  readonly sections: readonly SectionId[]
  /** One open case per person where this is equal. */
  readonly openKey: (personId: string) => string
  readonly precondition: (facts: SubmitFacts) => readonly Issue[]
  /** Where the case goes: to the department chosen in the wizard, or to the 市本级 of a city (IDV-3). */
  readonly department: 'chosen' | 'own-of-city'
  readonly onApproval: Effect
  /** 不予通过, final, is offered beside 退回. */
  readonly refusable: boolean
  /** First letter of its 受理编号. */
  readonly letter: string
}
