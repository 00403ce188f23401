/** 行政处罚登记 as its pages show it (AWD-1): the person to find, the form as typed, and what is to be confirmed. */
import type { Deps } from '#lib/deps.ts'
import { entryDue } from '#lib/domain/conduct.ts'
import { dayOf, isDay } from '#lib/domain/days.ts'
import type { Issue } from '#lib/domain/result.ts'
import { answersOf } from '#lib/readers/answers.ts'
import { type FieldView, fieldsOf } from '#lib/readers/fields.ts'
import { penaltyDraft, penaltyRow } from '#lib/readers/penalty-form.ts'
import { valueOf } from '#lib/sections/define.ts'
import { penalty } from '#lib/sections/penalty.ts'
import { penaltyWords as words } from '#lib/text/conduct.ts'
import { issueText } from '#lib/text/issues.ts'
import { sectionWords } from '#lib/text/sections.ts'

interface Kept {
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly issues: readonly Issue[]
}

/** Fields, answers and lateness of what an echo kept; of an untouched form for null. */
export async function penaltyForm({ clock, calendar }: Deps, kept: Kept | null) {
  const first = (name: string) => kept?.values[name]?.[0] ?? ''
  const issues = kept?.issues ?? []
  const today = dayOf(clock.now())
  const row = penaltyRow({ get: first })
  const { context } = penaltyDraft(row, { idType: '', birth: '', sex: '' }, today)
  const sought = (name: 'number' | 'name'): FieldView => ({
    kind: 'text',
    name,
    ...words[name],
    optional: false,
    value: first(name),
    max: name === 'number' ? 40 : 50,
    input: 'text',
    autocomplete: 'off',
    errors: issues.filter(({ at }) => at === name).map((one) => issueText(one)),
  })
  const fields = fieldsOf(penalty.fields, sectionWords.penalty.fields, row, issues, context)
  const shown = new Set([...fields.map(({ name }) => name), 'number', 'name'])
  const decidedOn = valueOf(row, 'decidedOn')
  const due = isDay(decidedOn) && decidedOn <= today ? entryDue(decidedOn, await calendar()) : ''
  return {
    sought: [sought('number'), sought('name')],
    fields,
    others: issues.filter(({ at }) => at === null || !shown.has(at)),
    answers: answersOf(penalty, [row], context, [], { department: '' }),
    /** The last day to enter it on; '' where no day is typed yet. */
    due,
    isLate: due !== '' && due < today,
    /** To be posted along. */
    typed: Object.keys(penalty.fields).map((name) => [name, first(name)] as const),
  }
}
