/** An entry of 奖惩 in words (AWD-1). */
import { banUntil, isBanOver } from '#lib/domain/conduct.ts'
import { entryWords as words } from '#lib/text/conduct.ts'
import { dayWords, instantDay } from '#lib/text/dates.ts'
import { optionWord } from '#lib/text/options.ts'

interface StoredEntry {
  readonly kind: 'award' | 'penalty'
  readonly nature: string
  readonly title: string
  readonly basis: string
  readonly authority: string
  readonly documentNo: string
  readonly decidedOn: string
  readonly revokedAt: Date | null
}

export interface EntryTold {
  readonly kind: StoredEntry['kind']
  /** Name of an award, kind of a penalty. */
  readonly what: string
  readonly state: string
  readonly stands: boolean
  /** Label and value; what says nothing is left out. */
  readonly facts: readonly (readonly [label: string, value: string])[]
}

export const natureWord = ({ kind, nature }: Pick<StoredEntry, 'kind' | 'nature'>): string =>
  optionWord(kind === 'award' ? 'awardLevel' : 'penaltyKind', nature)

/** As it reads on `today`, a day: a ban that is over says so. */
export function entryTold(entry: StoredEntry, today: string): EntryTold {
  const { kind, title, basis, authority, documentNo, decidedOn, revokedAt } = entry
  const { fields } = words
  const nature = natureWord(entry)
  const until = kind === 'penalty' && revokedAt === null ? banUntil(entry) : null
  const facts: EntryTold['facts'] = [
    kind === 'award' ? [fields.level, nature] : [fields.penalty, nature],
    [fields.ban, until === null ? '' : isBanOver(until, today) ? words.over(until) : words.until(until)],
    [fields.basis, basis],
    [fields.authority[kind], authority],
    [fields.documentNo, documentNo],
    [fields.decidedOn[kind], dayWords(decidedOn)],
    [fields.revokedOn, revokedAt === null ? '' : instantDay(revokedAt)],
  ]
  return {
    kind,
    what: kind === 'award' ? title : nature,
    stands: revokedAt === null,
    state: revokedAt === null ? words.stands : words.revokedMark,
    facts: facts.filter(([, value]) => value !== ''),
  }
}
