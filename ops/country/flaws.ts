/** What was wrong with a round and was mended in the next. */
import { countryNotes as notes } from '#db/seed/country-words.ts'
import type { ReturnReason } from '#lib/domain/return-reasons.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { mainRow, type Row, sharedRow, valueOf } from '#lib/sections/define.ts'
import type { Random } from './random.ts'
import type { Typed } from './rows.ts'

export interface Flaw {
  /** The round that is returned for it. */
  readonly told: number
  readonly section: SectionId
  readonly rowId: string
  readonly target: string
  readonly reason: ReturnReason
  readonly note: string
  /** What the field says as long as it is not mended; null where a picture is meant. */
  readonly value: string | null
}

type Kind = Omit<Flaw, 'told'>

const ofField = (
  section: SectionId,
  rows: readonly Row[],
  field: string,
  rest: Pick<Kind, 'reason' | 'note'>,
  spoil: (value: string) => string,
): Kind[] =>
  rows
    .filter((row) => valueOf(row, field) !== '')
    .slice(-1)
    .map((row) => ({ section, rowId: row.id, target: field, ...rest, value: spoil(valueOf(row, field)) }))

/** Everything that could be wrong with these rows. */
function possible(typed: Typed): readonly Kind[] {
  const rows = (section: SectionId) => typed.get(section) ?? []
  return [
    ...ofField(
      'basic',
      rows('basic'),
      'address',
      { reason: 'answer-incomplete', note: notes.address },
      (address) => address.replace(/\d.*$/, ''),
    ),
    ...ofField(
      'education',
      rows('education'),
      'major',
      { reason: 'answer-incomplete', note: notes.major },
      (major) => major.slice(0, 2),
    ),
    ...ofField(
      'employment',
      rows('employment'),
      'employer',
      { reason: 'employer-name-code-differ', note: notes.employer },
      (employer) => employer.slice(0, -2),
    ),
    ...ofField(
      'qualifications',
      rows('qualifications'),
      'certificateNo',
      { reason: 'qualification-unverifiable', note: notes.certificate },
      (number) => number.slice(0, -1),
    ),
    {
      section: 'basic',
      rowId: mainRow,
      target: 'slot:portrait',
      reason: 'portrait-unsuitable',
      note: notes.portrait,
      value: null,
    },
    {
      section: 'employment',
      rowId: sharedRow,
      target: 'slot:resume',
      reason: 'resume-missing-or-unsigned',
      note: notes.resume,
      value: null,
    },
  ]
}

/**
 * One or two for each of these rounds. What is said `again` was said in the round before; anything else that is found in a later
 * round was there to be seen in the first.
 */
export function flawsOf(
  random: Random,
  typed: Typed,
  returned: readonly { readonly round: number; readonly late: boolean }[],
): readonly Flaw[] {
  const kinds = possible(typed)
  const first = random.int(kinds.length)
  return returned.flatMap(({ round, late }, index) => {
    const turn = first + (late ? index : 0)
    const some = index === 0 && random.chance(0.3) ? [turn, turn + 3] : [turn]
    return some.flatMap((at) => {
      const kind = kinds[at % kinds.length]
      return kind ? [{ ...kind, told: round }] : []
    })
  })
}

/** The rows as they were sent in a round: with every flaw that was told in it or later. */
export function rowsIn(typed: Typed, flaws: readonly Flaw[], round: number): Typed {
  const rows = new Map(typed)
  for (const { told, section, rowId, target, value } of flaws)
    if (told >= round && value !== null)
      rows.set(
        section,
        (rows.get(section) ?? []).map((row) =>
          row.id === rowId ? { ...row, values: { ...row.values, [target]: value } } : row,
        ),
      )
  return rows
}
