/** The fields of the forms about departments as a page shows them: what is stored or was typed, what is wrong with it. */
import type { Deps } from '#lib/deps.ts'
import type { DepartmentKind } from '#lib/domain/department-kinds.ts'
import { type ProvinceRules, transferWays } from '#lib/domain/province-rules.ts'
import type { Issue } from '#lib/domain/result.ts'
import { returnReasons } from '#lib/domain/return-reasons.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import { closingTargetIn, departmentTextLimits } from '#lib/schemas/department.ts'
import { noteTemplateLimits } from '#lib/schemas/note-templates.ts'
import { workProofKinds } from '#lib/sections/options.ts'
import { type WorkProofKind, workProofSlots } from '#lib/sections/work-proofs.ts'
import {
  type DepartmentField,
  departmentFields,
  departmentKindWords,
  transferWayWords,
} from '#lib/text/departments.ts'
import { issueText } from '#lib/text/issues.ts'
import { reasonWords } from '#lib/text/review.ts'
import { sectionWords } from '#lib/text/sections.ts'
import { departmentLevels } from './department-levels.ts'
import type { ShownIssue } from './issues-shown.ts'

interface Kept {
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly issues: readonly Issue[]
}

interface Stored {
  readonly phone: string
  readonly address: string
  readonly hours: string
  readonly reviewDays: number
  readonly proofs: readonly WorkProofKind[]
  readonly name: string
}

const chosen: ReadonlySet<string> = new Set<DepartmentField>([
  'childKind',
  'target',
  'templateReason',
  'transferInside',
  'transferOutside',
])
const isField = (at: string | null): at is DepartmentField =>
  at !== null && Object.hasOwn(departmentFields, at)

const textOf = (found: Issue) =>
  isField(found.at)
    ? issueText(found, { label: departmentFields[found.at].label, chosen: chosen.has(found.at) })
    : issueText(found)

/** 会计专业工作简历表 and its kin, as applicants read them beside the slot. */
export const proofWord = (kind: WorkProofKind): string =>
  sectionWords.employment.slots[workProofSlots[kind]].label

type CreditField = 'creditsTotal' | 'creditsProfessional' | 'creditsOnline'

/** Makes field views out of what is stored and what an echo kept; null for an untouched form. */
export function departmentForm(kept: Kept | null) {
  const shown = (field: DepartmentField, stored = '', optional = false) => {
    const words: { label: string; hint?: string } = departmentFields[field]
    return {
      name: field,
      ...words,
      optional,
      value: kept?.values[field]?.[0] ?? stored,
      errors: (kept?.issues ?? []).filter(({ at }) => at === field).map(textOf),
    }
  }
  const text = (field: keyof typeof departmentTextLimits, stored: string): FieldView => ({
    ...shown(field, stored, true),
    kind: 'text',
    input: field === 'phone' ? 'tel' : 'text',
    max: departmentTextLimits[field],
  })
  const line = (
    field: 'name' | 'childName' | 'reviewDays' | CreditField,
    stored: string,
    max: number,
  ): FieldView => ({
    ...shown(field, stored),
    kind: 'text',
    input: 'text',
    max,
  })
  return {
    facts: (stored: Stored): FieldView[] => [
      text('phone', stored.phone),
      text('address', stored.address),
      text('hours', stored.hours),
      line('reviewDays', String(stored.reviewDays), 3),
    ],
    /** Boxes of one name each; an unticked one is not posted, so a kept form is told by its other fields. */
    proofs: (stored: Stored) => ({
      ...shown('proofs'),
      boxes: workProofKinds.map((kind) => ({
        name: `proofs.${kind}`,
        label: proofWord(kind),
        isTicked:
          kept?.values.reviewDays === undefined
            ? stored.proofs.includes(kind)
            : kept.values[`proofs.${kind}`]?.[0] === '1',
      })),
    }),
    name: (stored: string) => line('name', stored, departmentTextLimits.name),
    child: (kinds: readonly DepartmentKind[]): FieldView[] => [
      line('childName', '', departmentTextLimits.name),
      {
        ...shown('childKind', kinds.length === 1 ? kinds[0] : ''),
        kind: 'choice',
        as: 'radio',
        options: kinds.map((id) => ({ id, label: departmentKindWords[id] })),
      },
    ],
    template: (): FieldView[] => [
      {
        ...shown('templateReason'),
        kind: 'choice',
        as: 'select',
        options: returnReasons.map((id) => ({ id, label: reasonWords[id] })),
      },
      { ...shown('templateText'), kind: 'text', input: 'long', max: noteTemplateLimits.text },
    ],
    rules: (stored: ProvinceRules): FieldView[] => [
      ...(['transferInside', 'transferOutside'] as const).map(
        (field): FieldView => ({
          ...shown(field, stored[field]),
          kind: 'choice',
          as: 'radio',
          options: transferWays.map((id) => ({ id, label: transferWayWords[id] })),
        }),
      ),
      ...(['creditsTotal', 'creditsProfessional', 'creditsOnline'] as const).map((field) =>
        line(field, String(stored[field]), 3),
      ),
    ],
    confirmed: (): FieldView => ({ ...shown('confirmed'), kind: 'declaration' }),
    issues: (kept?.issues ?? []).map((found): ShownIssue => ({ at: found.at, text: textOf(found) })),
  }
}

/** Where everything goes: what was chosen, or where to begin choosing. */
export async function targetField(deps: Deps, kept: Kept | null, proposed: string) {
  const typed = kept
    ? closingTargetIn(
        Object.fromEntries(Object.entries(kept.values).map(([name, [value = '']]) => [name, value])),
      )
    : proposed
  const { levels, chain } = await departmentLevels(deps, typed)
  const words: { label: string; hint?: string } = departmentFields.target
  const field: FieldView = {
    name: 'target',
    ...words,
    optional: false,
    errors: (kept?.issues ?? []).filter(({ at }) => at === 'target').map(textOf),
    kind: 'department',
    value: chain.join('/'),
  }
  return { field, levels }
}
