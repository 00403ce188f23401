import type { ClaimKind, Facts } from '#lib/domain/claims.ts'
import type { RegisterAnswer, Registers } from './registers.ts'

/** What was imported, as the store gives it. */
export interface StoredRecords {
  /** Records of this kind about this subject, opened; null where there are none of the kind at all. */
  recordsOf(kind: ClaimKind, subject: Facts): Promise<readonly Facts[] | null>
  /** When the newest import of the kind was, in words for the reviewer. */
  sourceOf(kind: ClaimKind): Promise<string>
}

/** Records that operators imported from CSV: the embedded default (CHK-2). */
export const storedRegisters = (stored: StoredRecords): Registers => ({
  async look(kind, subject): Promise<RegisterAnswer> {
    const records = await stored.recordsOf(kind, subject)
    return { records, source: records === null ? '' : await stored.sourceOf(kind) }
  },
})
