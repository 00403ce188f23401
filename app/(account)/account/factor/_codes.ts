import { keep, withEcho } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { paths } from '#lib/paths.ts'

const field = 'recoveryCode'

/** Keeps new recovery codes for this browser and this person alone, and gives the page that shows them (no GET makes any). */
export async function showCodes(ownerId: string, codes: readonly string[]): Promise<string> {
  const page = paths.accountFactor
  const form = new Form({ [field]: codes })
  return `${withEcho(page, await keep({ page, form, secret: [], issues: [], notice: '', ownerId }))}#main`
}

export const shownCodes = (values: Readonly<Record<string, readonly string[]>> | undefined) =>
  values?.[field] ?? []
