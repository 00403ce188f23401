/** What the rows of a draft claim, and whether the proofs that a failed check asks for are there. */
import { type ClaimKind, type Facts, subjectOf } from '#lib/domain/claims.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { claimKey } from '#lib/sections/define.ts'
import type { Draft } from './draft.ts'
import { examine } from './examine.ts'

export interface DraftClaim {
  readonly section: SectionId
  readonly rowId: string
  readonly kind: ClaimKind
  readonly subject: Facts
  /** Were a register not to confirm it, the row would have every proof that is asked for then (EDU-3). */
  readonly proven: boolean
}

function isProven(draft: Draft, section: SectionId, rowId: string, kind: ClaimKind, subject: Facts) {
  const failed = new Map(draft.context.failed).set(claimKey(section, rowId, kind), subject)
  const context = { ...draft.context, failed }
  const { rows } = examine(sectionById(section), draft.rows(section), context, draft.files(section))
  return !(rows.get(rowId) ?? []).some(({ code }) => code === 'slot-required')
}

/** Every claim of these sections (CHK-1). */
export const claimsIn = (
  sections: readonly SectionId[],
  draft: Draft,
  person: { readonly name: string; readonly number: string },
): DraftClaim[] =>
  sections.flatMap((section) =>
    draft.rows(section).flatMap((row) =>
      sectionById(section)
        .claims(row, draft.context)
        .map((kind) => {
          const { name, number } = person
          const subject = subjectOf(kind, row.values, { name, number })
          return {
            section,
            rowId: row.id,
            kind,
            subject,
            proven: isProven(draft, section, row.id, kind, subject),
          }
        }),
    ),
  )
