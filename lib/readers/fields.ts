/** The fields of a row as a page shows them: words, current value, issues. Serialisable, so that any component can render it. */
import type { Issue } from '#lib/domain/result.ts'
import type { Context, Field, Fields, Row } from '#lib/sections/define.ts'
import { valueOf } from '#lib/sections/define.ts'
import { issueText } from '#lib/text/issues.ts'
import { optionWord } from '#lib/text/options.ts'
import { common } from '#lib/text/sections.ts'
import { type Condition, conditionOf } from './conditions.ts'

interface ViewBase {
  /** The name its inputs are posted under; also what an issue's `at` says. */
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly optional: boolean
  readonly value: string
  readonly errors: readonly string[]
  /** Counts only where this other control says so; with script it is hidden elsewhere. */
  readonly shownWhen?: Condition
}
export type FieldView =
  | (ViewBase & {
      kind: 'text'
      max: number
      input: 'text' | 'email' | 'tel' | 'long' | 'datetime-local'
      autocomplete?: string
    })
  | (ViewBase & { kind: 'choice'; as: 'radio' | 'select'; options: readonly { id: string; label: string }[] })
  | (ViewBase & { kind: 'month'; open?: string })
  | (ViewBase & { kind: 'day' })
  | (ViewBase & { kind: 'region' })
  | (ViewBase & { kind: 'department' })
  | (ViewBase & { kind: 'declaration' })

function view(field: Field, base: ViewBase): FieldView {
  switch (field.kind) {
    case 'text':
      return {
        ...base,
        kind: 'text',
        max: field.max,
        input: field.input ?? 'text',
        ...(field.autocomplete ? { autocomplete: field.autocomplete } : {}),
      }
    case 'choice':
      return {
        ...base,
        kind: 'choice',
        as: field.as,
        options: field.options.map((id) => ({ id, label: optionWord(field.set, id) })),
      }
    case 'month':
      return { ...base, kind: 'month', ...(field.orOngoing ? { open: common.ongoing[field.orOngoing] } : {}) }
    default:
      return { ...base, kind: field.kind }
  }
}

/** Every field asked of this person, in order; `prefix` is put before the names of a nested row. */
export function fieldsOf(
  fields: Fields,
  words: Readonly<Record<string, { label: string; hint?: string }>>,
  row: Row,
  issues: readonly Issue[],
  context: Context,
  prefix = '',
): FieldView[] {
  return Object.entries(fields)
    .filter(([, field]) => field.asked?.(context) ?? true)
    .map(([key, field]) => {
      const name = prefix + key
      const shownWhen = conditionOf(field.when, fields, context, prefix)
      return view(field, {
        name,
        label: words[key]?.label ?? key,
        ...(words[key]?.hint ? { hint: words[key].hint } : {}),
        optional: field.optional ?? false,
        value: valueOf(row, key),
        ...(shownWhen ? { shownWhen } : {}),
        errors: issues
          .filter(({ at }) => at === name)
          .map((issue) =>
            issueText(issue, {
              label: words[key]?.label ?? key,
              chosen: field.kind !== 'text',
              beside: words,
            }),
          ),
      })
    })
}
