/** What counts the tries at an account's door (ACC-6): by what was typed, and by the account it means. */
import type { Deps } from '#lib/deps.ts'
import { limitKey } from '#lib/limits.ts'

/** `typed` is the number, phone or login in its normal form; `network` as `networkOf` gives it. */
export const typedTries = (deps: Pick<Deps, 'keys'>, typed: string, network: string) =>
  limitKey(deps, 'sign-in-typed', `${typed} ${network}`)

/** `account` is its id, or a place in the row of those that do not exist. */
export const accountTries = (deps: Pick<Deps, 'keys'>, account: string, network: string) =>
  limitKey(deps, 'sign-in-account', `${account} ${network}`)
