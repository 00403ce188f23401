/** What machine checks left to do in a row, as its applicant sees it (EDU-3, QUA-2): only names of fields, never what a register holds. */
import type { Claim } from '#db/queries/claims.ts'
import { type ClaimKind, sameRow } from '#lib/domain/claims.ts'
import { failureOf, slotNeed } from '#lib/readers/examine.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { claimKey, type Row } from '#lib/sections/define.ts'
import { failureWords } from '#lib/text/checks.ts'
import { type SectionWords, sectionWords } from '#lib/text/sections.ts'
import type { Desk } from './collection.ts'

export interface RowChecks {
  readonly failures: readonly { readonly text: string; readonly standing: 'stands' | 'mended' }[]
  /** Whether the row still says something that was not confirmed. */
  readonly stands: boolean
  /** What has to be uploaded while it does; `at` is the slot on the page of the row. */
  readonly proofs: readonly { readonly at: string; readonly label: string; readonly there: boolean }[]
  /** Nothing of its page was changed since the return: it cannot be sent yet (SUB-4). */
  readonly untouched: boolean
}

/** What a register was asked about this row, oldest first. */
const askedOf = ({ file }: Desk, section: SectionId, row: Row, kind: ClaimKind): Claim[] =>
  file.claims.filter((claim) => claim.section === section && claim.rowId === row.id && claim.kind === kind)

/** The claim whose failure the rules go by, and whether the row still says so. */
function failureIn(desk: Desk, section: SectionId, row: Row, kind: ClaimKind) {
  const { context } = desk.draft
  const standing = failureOf(section, row, kind, context)
  const subject = context.failed.get(claimKey(section, row.id, kind))
  const claim = askedOf(desk, section, row, kind).find((one) => one.subject === subject)
  return standing && claim ? { standing, claim } : null
}

function proofsOf(desk: Desk, section: SectionId, row: Row) {
  const definition = sectionById(section)
  const words: SectionWords = sectionWords[section]
  const { context } = desk.draft
  const [rows, files] = [desk.draft.rows(section), desk.draft.files(section)]
  const holds = (slot: string | undefined) =>
    files.some((file) => file.rowId === row.id && file.slot === slot)
  return Object.entries(definition.slots)
    .filter(([key, slot]) => slotNeed(definition, key, slot, { row, rows, files }, context) === 'required')
    .map(([key, slot]) => ({
      at: `slot:${key}`,
      label: [key, slot.or ?? '']
        .flatMap((one) => (one === '' ? [] : (words.slots[one]?.label ?? one)))
        .join(' / '),
      there: holds(key) || (slot.or !== undefined && holds(slot.or)),
    }))
}

/** null where no check of this row has failed, or none of those that did applies to it any more. */
export function rowChecks(desk: Desk, section: SectionId, row: Row): RowChecks | null {
  const failures = sectionById(section)
    .claims(row, desk.draft.context)
    .flatMap((kind) => {
      const failure = failureIn(desk, section, row, kind)
      return failure ? [{ text: failureWords(failure.claim), standing: failure.standing }] : []
    })
  if (failures.length === 0) return null
  const stands = failures.some(({ standing }) => standing === 'stands')
  return {
    failures,
    stands,
    proofs: stands ? proofsOf(desk, section, row) : [],
    untouched: desk.draft.state(section).awaitsMending,
  }
}

/** How a row stands with the registers: `pending` = they are asked with the next submission. */
export type RowMark = 'agrees' | 'differs' | 'pending'

function markOf(desk: Desk, section: SectionId, row: Row, kind: ClaimKind): RowMark | null {
  const failure = failureIn(desk, section, row, kind)
  if (failure) return failure.standing === 'stands' ? 'differs' : 'pending'
  const { state: now, round } = desk.file.case
  const last = askedOf(desk, section, row, kind).findLast((one) => one.round < round || now === 'returned')
  if (!last || !sameRow(kind, row.values, last.subject)) return 'pending'
  if (last.state === 'agrees') return 'agrees'
  // Nobody can be asked: a person looks at it.
  return last.state === 'unchecked' || last.state === 'unavailable' ? null : 'pending'
}

/** null before the first submission, and where nobody can be asked about it. */
export function rowMark(desk: Desk, section: SectionId, row: Row): RowMark | null {
  const kinds = desk.file.case.round > 0 ? sectionById(section).claims(row, desk.draft.context) : []
  const marks = new Set(kinds.map((kind) => markOf(desk, section, row, kind)))
  return (['differs', 'pending', 'agrees'] as const).find((mark) => marks.has(mark)) ?? null
}
