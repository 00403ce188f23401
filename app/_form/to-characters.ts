import { keep, keepOpen } from '#lib/action/echo.ts'
import type { Form } from '#lib/action/form.ts'
import { paths } from '#lib/paths.ts'
import { type NamePage, namePages } from '#lib/views/characters.ts'

/**
 * From the name field to the 生僻字 picker, with what was typed kept for the way back (ACC-4). On a page that needs a
 * person, `ownerId` is whose it is.
 */
export async function toCharacters(
  page: NamePage,
  form: Form,
  secret: readonly string[],
  ownerId: string | null = null,
): Promise<string> {
  const kept = { page: namePages[page].address, form, secret, issues: [] }
  const id = ownerId === null ? await keepOpen(kept) : await keep({ ...kept, notice: '', ownerId })
  return paths.characters({ page, echo: id ?? undefined })
}
