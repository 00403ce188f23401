/** What adapters say of a provider that failed. A word for the log names no person, no address, and quotes nothing that was sent. */

/** A provider's own word for what is wrong; anything that is not such a word is left out. */
export const wordOf = (reason: unknown): string =>
  typeof reason === 'string' && /^[A-Za-z][\w.-]{1,79}$/.test(reason) && !/\d{6}/.test(reason)
    ? reason
    : 'unknown'

/** Why something failed, in a word for the log. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return wordOf('reason' in error ? error.reason : 'code' in error ? error.code : error.name)
}

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

/** `ECONNREFUSED` and the like: what the network said of a `fetch` that failed. */
export const networkCode = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error && 'code' in error.cause
    ? error.cause.code
    : undefined
