import { backTo, keepOpen } from '#lib/action/echo.ts'
import type { Form } from '#lib/action/form.ts'

/** Back to a page with what was typed, and nothing said against it; `at` is the control to go to. */
export async function showAgain(
  page: string,
  form: Form,
  secret: readonly string[],
  at: string,
): Promise<string> {
  return `${backTo(page, await keepOpen({ page, form, secret, issues: [] }))}#${at}`
}
