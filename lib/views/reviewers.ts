import { accountContext, ownIdentity } from '#db/queries/accounts.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import { reviewersAt } from '#db/queries/staff.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { isSamePerson, passersSeenBy } from '#lib/readers/own-case.ts'
import { staffWords } from '#lib/text/staff.ts'

export interface Reviewer {
  readonly id: string
  readonly name: string
}

/** People in a list: by name, and where two share one, with the login name that tells them apart (REV-2). */
export function toldApart<P extends { readonly name: string; readonly login: string }>(people: readonly P[]) {
  const shared = (one: P) => people.filter(({ name }) => name === one.name).length > 1
  return people.map((one) => ({
    ...one,
    apart: shared(one) ? staffWords.apart(one.name, one.login) : one.name,
  }))
}

/** Who may be handed this case (REV-2): reviews there, is not away, is not its applicant, let no earlier stage pass and had no part in what it is about. By name. */
export async function reviewersFor(
  { store, keys }: Deps,
  { account, standsAt, passes, entryPeople }: CaseFile,
  now: Date,
): Promise<readonly Reviewer[]> {
  if (!standsAt) return []
  const today = dayOf(now)
  const rows = await reviewersAt(store.read, store.t, standsAt.path, { now, today })
  const found = rows
    .map((row) => ({ ...row, own: ownIdentity(keys, row) }))
    .filter(
      ({ id, own }) =>
        id !== account.id &&
        !isSamePerson(own, account, (key) => keys.blinds('identity', key), today) &&
        !passersSeenBy(id, own, [...passes, ...entryPeople]).includes(id),
    )
    .map(({ id, nameSealed, login }) => ({
      id,
      name: keys.unseal(nameSealed, accountContext(id, 'name')),
      login: login ?? '',
    }))
  return toldApart(found)
    .map(({ id, apart }) => ({ id, name: apart }))
    .sort((a, b) => a.name.localeCompare(b.name, 'zh') || (a.id < b.id ? -1 : 1))
}
