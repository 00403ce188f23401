import { backTo, keep, keepOpen } from '#lib/action/echo.ts'
import type { Form } from '#lib/action/form.ts'

/**
 * Back to a page with what was typed, and nothing said against it; `at` is the control to go to. On a page that needs a
 * person, `ownerId` is whose it is.
 */
export async function showAgain(
  page: string,
  form: Form,
  secret: readonly string[],
  at: string,
  ownerId: string | null = null,
): Promise<string> {
  const kept = { page, form, secret, issues: [] }
  const id = ownerId === null ? await keepOpen(kept) : await keep({ ...kept, notice: '', ownerId })
  return `${backTo(page, id)}#${at}`
}
