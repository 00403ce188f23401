import { isFault } from '#lib/domain/errors.ts'

/** How an attempt ended: `['done']`, or the fault's code and the codes of its issues. Other errors are thrown on. */
export async function outcomeOf(attempt: Promise<unknown>): Promise<string[]> {
  try {
    await attempt
  } catch (error) {
    if (!isFault(error)) throw error
    return [error.code, ...error.issues.map(({ code }) => code)]
  }
  return ['done']
}
