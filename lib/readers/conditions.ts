/** Which field decides whether another one counts: read off the rule itself, so that a page can hide what does not. */
import type { Context, Field, Fields, When } from '#lib/sections/define.ts'

/** The deciding field and those of its values ('' for none chosen) that make the other one count. */
export interface Condition {
  readonly name: string
  readonly values: readonly string[]
}

const valuesOf = (field: Field): readonly string[] => {
  if (field.kind === 'choice') return ['', ...field.options]
  return field.kind === 'declaration' ? ['', '1'] : []
}

/** The condition behind `when`, if a single choice or declaration of the same row decides; null otherwise. */
export function conditionOf(
  when: When | undefined,
  fields: Fields,
  context: Context,
  prefix = '',
): Condition | null {
  if (!when) return null
  const deciding = Object.entries(fields).flatMap(([key, field]) => {
    const all = valuesOf(field)
    const values = all.filter((value) => when({ [key]: value }, context))
    return values.length > 0 && values.length < all.length ? [{ name: prefix + key, values }] : []
  })
  return deciding.length === 1 ? (deciding[0] ?? null) : null
}
