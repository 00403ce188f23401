/** The fields of a posted form, as far as the service reads them. */
import type { Posted } from '#lib/readers/read-form.ts'

const cap = 64 * 1024

/** Text fields only; names that start with `$` are Next's own. Over-long forms are cut at 64 KB in all. */
export class Form implements Posted {
  readonly values: Readonly<Record<string, readonly string[]>>
  constructor(data: FormData | Readonly<Record<string, readonly string[]>>) {
    const values: Record<string, string[]> = {}
    let size = 0
    const entries =
      data instanceof FormData
        ? [...data.entries()]
        : Object.entries(data).flatMap(([k, v]) => v.map((one) => [k, one] as const))
    for (const [name, value] of entries) {
      if (name.startsWith('$') || typeof value !== 'string') continue
      size += name.length + value.length
      if (size > cap) break
      const held = Object.hasOwn(values, name) ? values[name] : undefined
      if (held) held.push(value)
      else Object.defineProperty(values, name, { value: [value], enumerable: true })
    }
    this.values = values
  }
  /** The first value, or ''. */
  get(name: string): string {
    return (Object.hasOwn(this.values, name) ? this.values[name]?.[0] : undefined) ?? ''
  }
  getAll(name: string): readonly string[] {
    return (Object.hasOwn(this.values, name) ? this.values[name] : undefined) ?? []
  }
  without(secrets: readonly string[]): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(Object.entries(this.values).filter(([name]) => !secrets.includes(name)))
  }
}
