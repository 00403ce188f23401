/** The fields of the forms about staff as a page shows them: what was typed, what is wrong with it. */
import type { Deps } from '#lib/deps.ts'
import type { Role } from '#lib/domain/actor.ts'
import type { Issue } from '#lib/domain/result.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import { departmentPathIn, placeOf } from '#lib/schemas/staff.ts'
import { issueText } from '#lib/text/issues.ts'
import { roleWords, type StaffField, staffWords } from '#lib/text/staff.ts'
import { departmentLevels } from './department-levels.ts'
import type { ShownIssue } from './issues-shown.ts'

export interface KeptStaffForm {
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly issues: readonly Issue[]
}

const chosen: ReadonlySet<string> = new Set<StaffField>(['role', 'department', 'deputy'])
const isField = (at: string | null): at is StaffField => at !== null && Object.hasOwn(staffWords.fields, at)

const textOf = (found: Issue) =>
  isField(found.at)
    ? issueText(found, { label: staffWords.fields[found.at].label, chosen: chosen.has(found.at) })
    : issueText(found)

const firstOf = (values: KeptStaffForm['values']): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, [value = '']]) => [name, value]))

/** Makes field views out of what an echo kept; null for an untouched form. */
export function staffForm(kept: KeptStaffForm | null) {
  /** For controls a page writes itself. `name` is what it is posted as, where that is not what it is called here. */
  const shown = (field: StaffField, { name = field as string, optional = false } = {}) => {
    const words: { label: string; hint?: string } = staffWords.fields[field]
    return {
      name,
      ...words,
      optional,
      value: kept?.values[name]?.[0] ?? '',
      errors: (kept?.issues ?? []).filter(({ at }) => at === name).map(textOf),
    }
  }
  return {
    shown,
    text: (
      field: StaffField,
      { optional, ...rest }: { max: number; autocomplete?: string; optional?: boolean },
    ): FieldView => ({
      ...shown(field, { optional: optional ?? false }),
      kind: 'text',
      input: 'text',
      ...rest,
    }),
    role: (offered: readonly Role[]): FieldView => ({
      ...shown('role'),
      kind: 'choice',
      as: 'radio',
      options: offered.map((id) => ({ id, label: roleWords[id].name })),
    }),
    issues: (kept?.issues ?? []).map((found): ShownIssue => ({ at: found.at, text: textOf(found) })),
  }
}

/** The field of a department with what its selects offer; `proposed` is the node to begin at. */
export async function departmentField(
  deps: Deps,
  kept: KeptStaffForm | null,
  offered: readonly Role[],
  proposed: string,
) {
  const typed = kept ? departmentPathIn(firstOf(kept.values)) : proposed
  const { levels, chain } = await departmentLevels(deps, typed)
  const field: FieldView = {
    ...staffForm(kept).shown('department'),
    kind: 'department',
    value: chain.join('/'),
    shownWhen: { name: 'role', values: offered.filter((role) => placeOf[role] !== 'none') },
  }
  return { field, levels }
}
