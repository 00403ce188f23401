/** The fields of a posted form, as far as the service reads them. */
import type { Posted } from '#lib/readers/read-form.ts'

const cap = 64 * 1024

/** No typed text holds one, and PostgreSQL keeps none. */
const withoutNul = (text: string) => text.replaceAll('\0', '')

/**
 * Text fields only; names that start with `$` are Next's own. A form over 64 KB in all is `truncated`: what came before
 * is read, so that its page is known, and nothing may be saved from it.
 */
export class Form implements Posted {
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly truncated: boolean
  constructor(data: FormData | Readonly<Record<string, readonly string[]>>) {
    const values: Record<string, string[]> = {}
    let size = 0
    let truncated = false
    const entries =
      data instanceof FormData
        ? [...data.entries()]
        : Object.entries(data).flatMap(([k, v]) => v.map((one) => [k, one] as const))
    for (const [rawName, rawValue] of entries) {
      if (typeof rawValue !== 'string') continue
      const [name, value] = [withoutNul(rawName), withoutNul(rawValue)]
      if (name.startsWith('$')) continue
      size += name.length + value.length
      truncated = size > cap
      if (truncated) break
      const held = Object.hasOwn(values, name) ? values[name] : undefined
      if (held) held.push(value)
      else Object.defineProperty(values, name, { value: [value], enumerable: true })
    }
    this.values = values
    this.truncated = truncated
  }
  /** The first value, or ''. */
  get(name: string): string {
    return (Object.hasOwn(this.values, name) ? this.values[name]?.[0] : undefined) ?? ''
  }
  /** A whole number of up to nine digits, as revisions and versions are; anything else is 0, which none of them is. */
  whole(name: string): number {
    const text = this.get(name)
    return /^\d{1,9}$/.test(text) ? Number(text) : 0
  }
  getAll(name: string): readonly string[] {
    return (Object.hasOwn(this.values, name) ? this.values[name] : undefined) ?? []
  }
  without(secrets: readonly string[]): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(Object.entries(this.values).filter(([name]) => !secrets.includes(name)))
  }
}
