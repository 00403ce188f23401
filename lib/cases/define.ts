/** A case kind is a value too: its sections, what must hold before it is sent, who decides, what approval does. */
import type { Person } from '#lib/domain/actor.ts'
import type { ChangeKind } from '#lib/domain/changes.ts'
import type { Issue } from '#lib/domain/result.ts'
import type { SectionId } from '#lib/sections/all.ts'

export type CaseKindId =
  | 'collection'
  | 'identity'
  | 'correction'
  | 'appeal'
  | ChangeKind
  | 'transfer'
  | 'credit'
  | 'award'
  | 'penalty'
  | 'objection'
  | 'exam'

/** For what pictures of face and document were consented to (IDV-4). */
export type ConsentPurpose = 'collection' | 'identity' | 'correction' | 'appeal'

/** What approval does to the record; one function of `lib/commands/effects` each. */
export type Effect =
  | 'write-record'
  | 'verify-identity'
  | 'correct-identity'
  | 'grant-appeal'
  | 'apply-change'
  | 'move-person'
  | 'add-credits'
  | 'write-conduct'
  | 'revoke-conduct'
  | 'admit-to-exam'

/** What preconditions are judged by; loaded inside the submitting transaction. */
export interface SubmitFacts {
  readonly identityVerified: boolean
  /** Whether there is something to appeal for: a number held by another account, or a new phone that was proven. */
  readonly hasClaim: boolean
  readonly consented: boolean
  /** There is an approved record. */
  readonly hasRecord: boolean
  /** The record would be as it is. */
  readonly changesNothing: boolean
  /** Other cases of this person that are under review now. */
  readonly underReview: readonly CaseKindId[]
  /** The department chosen is the one that keeps the record. */
  readonly staysHere: boolean
  /** The same thing was counted before: a claim of credits. */
  readonly countedBefore: boolean
  readonly declared: boolean
}

/** Facts of somebody with a record whom nothing keeps from sending: what a case does not ask about is taken for granted so. */
export const nothingAgainst: SubmitFacts = {
  identityVerified: true,
  hasClaim: true,
  consented: true,
  hasRecord: true,
  changesNothing: false,
  underReview: [],
  staysHere: false,
  countedBefore: false,
  declared: true,
}

export interface CaseKind {
  readonly id: CaseKindId
  /** In the order of the wizard. */
  readonly sections: readonly SectionId[]
  /** One open case per person where this is equal. */
  readonly openKey: (personId: string) => string
  readonly precondition: (facts: SubmitFacts) => readonly Issue[]
  /**
   * Where the case goes: to the department chosen in the wizard, to the 市本级 of the city its first section names (IDV-3), to
   * the one that keeps the record, or from there to the one chosen (TRF-3).
   */
  readonly department: 'chosen' | 'own-of-city' | 'of-record' | 'from-record-to-chosen'
  /** Who may file it; a penalty is entered by staff (AWD-1). */
  readonly filedBy: readonly (Person['kind'] | 'staff')[]
  /** How many must agree, one after another and each somebody else; of a transfer the provinces say it (TRF-3). */
  readonly stages: 1 | 2 | 'by-province'
  readonly onApproval: Effect
  /** What ends with a case that is refused or cancelled: the registration beside it (EXM-3). */
  readonly onEnd?: 'give-seat-back'
  /** A new one may be filed after one was approved. */
  readonly isRepeatable: boolean
  /** Its pictures are deleted some days after the decision (IDV-4). */
  readonly picturesEnd: boolean
  /** 退回 is offered: there is somebody to mend it. */
  readonly returnable: boolean
  /** 不予通过, final, is offered beside 退回. */
  readonly refusable: boolean
  /** The consent its pictures need (IDV-4). */
  readonly consent: ConsentPurpose
  /** First letter of its 受理编号. */
  readonly letter: string
}
