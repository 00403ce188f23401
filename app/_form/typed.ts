import type { Form } from '#lib/action/form.ts'

/** The first value of every field of a form. */
export const typedIn = (form: Form): Record<string, string> =>
  Object.fromEntries(Object.entries(form.values).map(([name, [value = '']]) => [name, value]))

/** A form that its command reads itself. */
export const wholeForm = (form: Form) => ({ ok: true, value: form }) as const
