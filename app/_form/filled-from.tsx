import { filledFrom } from '#lib/action/echo.ts'

/** In a form whose values may be those of an echo: says which, so that it is let go once the form has come; '' or none: nothing. */
export const FilledFrom = ({ echo }: { echo: string | undefined }) =>
  echo ? <input type="hidden" name={filledFrom} value={echo} /> : null
