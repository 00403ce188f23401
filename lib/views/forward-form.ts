/** The fields of 转办 as its page shows them (REV-5): what was typed, what is wrong with it. */
import type { Deps } from '#lib/deps.ts'
import { forwardReasons } from '#lib/domain/forward-reasons.ts'
import type { Issue } from '#lib/domain/result.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import { departmentPathIn } from '#lib/schemas/staff.ts'
import { issueText } from '#lib/text/issues.ts'
import { forwardReasonWords, reviewWords } from '#lib/text/review.ts'
import { departmentLevels } from './department-levels.ts'

const words = reviewWords.forwardPage

/** `kept` is the echo of the page; null for an untouched form. */
export async function forwardFields(
  deps: Deps,
  kept: {
    readonly values: Readonly<Record<string, readonly string[]>>
    readonly issues: readonly Issue[]
  } | null,
) {
  const firsts = Object.fromEntries(
    Object.entries(kept?.values ?? {}).map(([name, [value = '']]) => [name, value]),
  )
  const { levels, chain } = await departmentLevels(deps, departmentPathIn(firsts))
  const errors = (name: string) =>
    (kept?.issues ?? []).filter(({ at }) => at === name).map((one) => issueText(one))
  const department: FieldView = {
    kind: 'department',
    name: 'department',
    label: words.department,
    hint: words.departmentHint,
    optional: false,
    value: chain.join('/'),
    errors: errors('department'),
  }
  const reason: FieldView = {
    kind: 'choice',
    as: 'radio',
    name: 'reason',
    label: words.reason,
    optional: false,
    value: firsts.reason ?? '',
    errors: errors('reason'),
    options: forwardReasons.map((id) => ({ id, label: forwardReasonWords[id] })),
  }
  return { department, levels, reason }
}
