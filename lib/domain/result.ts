/**
 * One thing that is wrong, as data; its words live in `lib/text/issues.ts`.
 * `at` names the control it belongs to: a field key (`schoolName`), a nested field (`posts.<rowId>.start`),
 * a file slot (`slot:portrait`), or null where it concerns the whole form.
 */
export interface Issue {
  readonly at: string | null
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly Issue[] }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const refuse = (...issues: Issue[]): Result<never> => ({ ok: false, issues })
export const issue = (at: string | null, code: string, params?: Issue['params']): Issue =>
  params ? { at, code, params } : { at, code }

/** The same issues, told at another control. */
export const issuesAt = (at: string | null, issues: readonly Issue[]): Issue[] =>
  issues.map((found) => ({ ...found, at }))
