import { keep, withEcho } from '#lib/action/echo.ts'
import type { Form } from '#lib/action/form.ts'

/** Back to a page with what was typed, and nothing said against it; `at` is the control to go to. */
export async function showAgain(
  page: string,
  form: Form,
  secret: readonly string[],
  at: string,
): Promise<string> {
  const id = await keep({ page, form, secret, issues: [], notice: '', ownerId: null })
  return `${withEcho(page, id)}#${at}`
}
