import { keep, withEcho } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { paths } from '#lib/paths.ts'

const field = 'recoveryCode'
const anew = 'anew'

/** Whether those shown have ended others. */
export const areAnew = (values: Readonly<Record<string, readonly string[]>> | undefined) =>
  values?.[anew]?.[0] === '1'

/** Keeps new recovery codes for this browser and this person alone, and gives the page that shows them (no GET makes any). */
export async function showCodes(
  ownerId: string,
  codes: readonly string[],
  { isFirst = false } = {},
): Promise<string> {
  const page = paths.accountFactor
  const form = new Form({ [field]: codes, [anew]: isFirst ? [] : ['1'] })
  return `${withEcho(page, await keep({ page, form, secret: [], issues: [], notice: '', ownerId }))}#main`
}

export const shownCodes = (values: Readonly<Record<string, readonly string[]>> | undefined) =>
  values?.[field] ?? []
