/** Registers that machine checks ask (CHK-2): one interface, three providers; `off` is none of them. */
import type { ClaimKind, Facts } from '#lib/domain/claims.ts'
import { hasCode } from './provider-fault.ts'

/** What a register holds of a subject. */
export interface RegisterAnswer {
  /** By the field keys of the section; null where the register holds nothing of this kind at all (CHK-4). */
  readonly records: readonly Facts[] | null
  /** Which register, and as of when: shown beside the claim. */
  readonly source: string
}

/**
 * Resolves with what the register says. Throws `registerFailed` where it did not answer, or answered nonsense: a check
 * is tried again later and never passes by it. What is thrown names nobody.
 */
export interface Registers {
  look(kind: ClaimKind, subject: Facts): Promise<RegisterAnswer>
}

/** The register did not answer this time; `reason` is a word for the log. */
export const registerFailed = (reason: string) =>
  Object.assign(new Error(`register failed: ${reason}`), { code: 'register-failed' as const, reason })

/** Nobody was asked, because it has been failing. */
export const registerAway = () =>
  Object.assign(new Error('register failed: resting'), { code: 'register-away' as const, reason: 'resting' })

export const isRegisterFailed = (error: unknown) => hasCode(error, 'register-failed')
export const isRegisterAway = (error: unknown) => hasCode(error, 'register-away')
