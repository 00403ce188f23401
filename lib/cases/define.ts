/** A case kind is a value too: its sections, what must hold before it is sent, who decides, what approval does. */
import type { Person } from '#lib/domain/actor.ts'
import type { ChangeKind } from '#lib/domain/changes.ts'
import type { Issue } from '#lib/domain/result.ts'
import type { SectionId } from '#lib/sections/all.ts'

export type CaseKindId = 'collection' | 'identity' | 'correction' | 'appeal' | ChangeKind

/** For what pictures of face and document were consented to (IDV-4). */
export type ConsentPurpose = Exclude<CaseKindId, ChangeKind>

/** What approval does to the record; one function of `lib/commands/effects` each. */
export type Effect = 'write-record' | 'verify-identity' | 'correct-identity' | 'grant-appeal' | 'apply-change'

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
  readonly declared: boolean
}

export interface CaseKind {
  readonly id: CaseKindId
  /** In the order of the wizard. */
  readonly sections: readonly SectionId[]
  /** One open case per person where this is equal. */
  readonly openKey: (personId: string) => string
  readonly precondition: (facts: SubmitFacts) => readonly Issue[]
  /**
   * Where the case goes: to the department chosen in the wizard, to the 市本级 of the city its first section names (IDV-3), or to
   * the one that keeps the record.
   */
  readonly department: 'chosen' | 'own-of-city' | 'of-record'
  /** Who may file it. */
  readonly filedBy: readonly Person['kind'][]
  /** How many must agree, one after another and each somebody else. */
  readonly stages: 1 | 2
  readonly onApproval: Effect
  /** A new one may be filed after one was approved. */
  readonly isRepeatable: boolean
  /** Its pictures are deleted some days after the decision (IDV-4). */
  readonly picturesEnd: boolean
  /** 不予通过, final, is offered beside 退回. */
  readonly refusable: boolean
  /** The consent its pictures need (IDV-4). */
  readonly consent: ConsentPurpose
  /** First letter of its 受理编号. */
  readonly letter: string
}
