/** The fields of the forms about sessions of exams as a page shows them: what is stored or was typed, what is wrong with it (EXM-1). */
import { type ExamWindow, examLevels } from '#lib/domain/exams.ts'
import { minuteOf } from '#lib/domain/minutes.ts'
import type { Issue } from '#lib/domain/result.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import { examInstants, examLimits, type TypedSession, type TypedSite } from '#lib/schemas/exam-session.ts'
import { examLevelWords } from '#lib/text/eligibility.ts'
import { siteCities } from '#lib/text/exam-cities.ts'
import { type ExamField, examFields } from '#lib/text/exam-sessions.ts'
import { yuan } from '#lib/text/exams.ts'
import { issueText } from '#lib/text/issues.ts'
import type { ShownIssue } from './issues-shown.ts'

interface Kept {
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly issues: readonly Issue[]
}

const chosen: ReadonlySet<ExamField> = new Set<ExamField>(['level', 'city'])
const isField = (at: string | null): at is ExamField => at !== null && Object.hasOwn(examFields, at)

const textOf = (found: Issue) =>
  isField(found.at)
    ? issueText(found, { label: examFields[found.at].label, chosen: chosen.has(found.at) })
    : issueText(found)

/** Makes field views out of what is stored and what an echo kept; null for an untouched form. */
export function examForm(kept: Kept | null) {
  const shown = (field: ExamField, stored = '', optional = false) => {
    const words: { label: string; hint?: string } = examFields[field]
    return {
      name: field,
      ...words,
      optional,
      value: kept?.values[field]?.[0] ?? stored,
      errors: (kept?.issues ?? []).filter(({ at }) => at === field).map(textOf),
    }
  }
  const line = (field: 'year' | 'fee' | 'name' | 'capacity', stored: string, max: number): FieldView => ({
    ...shown(field, stored),
    kind: 'text',
    input: 'text',
    max,
  })
  const instants = (stored: ExamWindow | null): FieldView[] =>
    examInstants.map((at) => {
      const field = shown(at, stored ? minuteOf(stored[at]) : '')
      return {
        ...field,
        // A browser's own control shows nothing else than this.
        value: field.value.replace(/^(\d{4}-\d{2}-\d{2}) (?=\d{2}:\d{2}$)/, '$1T'),
        kind: 'text',
        input: 'datetime-local',
        max: 20,
      }
    })
  const fee = (stored: number | undefined) => line('fee', stored === undefined ? '' : yuan(stored), 10)
  return {
    session: (stored: TypedSession | null): FieldView[] => [
      {
        ...shown('level', stored?.level),
        kind: 'choice',
        as: 'radio',
        options: examLevels.map((id) => ({ id, label: examLevelWords[id] })),
      },
      line('year', stored ? String(stored.year) : '', 4),
      ...instants(stored),
      { ...shown('examFrom', stored?.examFrom), kind: 'day' },
      { ...shown('examTo', stored?.examTo), kind: 'day' },
      fee(stored?.fee),
      { ...shown('notice', stored?.notice, true), kind: 'text', input: 'long', max: examLimits.notice },
    ],
    window: (stored: ExamWindow & { readonly fee: number }): FieldView[] => [
      ...instants(stored),
      fee(stored.fee),
    ],
    site: (stored: TypedSite | null, regionCode: string | null): FieldView[] => {
      const cities = siteCities(regionCode)
      const only = cities?.length === 1 ? cities[0]?.code : undefined
      const city = shown('city', stored?.city ?? only)
      return [
        line('name', stored?.name ?? '', examLimits.siteName),
        cities
          ? {
              ...city,
              kind: 'choice',
              as: 'select',
              options: cities.map(({ code, name }) => ({ id: code, label: name })),
            }
          : { ...city, kind: 'region' },
        line('capacity', stored ? String(stored.capacity) : '', 6),
      ]
    },
    issues: (kept?.issues ?? []).map((found): ShownIssue => ({ at: found.at, text: textOf(found) })),
  }
}
