import { accountContext, ownIdentity } from '#db/queries/accounts.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import { reviewersAt } from '#db/queries/staff.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { isSamePerson, passersSeenBy } from '#lib/readers/own-case.ts'

export interface Reviewer {
  readonly id: string
  readonly name: string
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
  return rows
    .map((row) => ({ ...row, own: ownIdentity(keys, row) }))
    .filter(
      ({ id, own }) =>
        id !== account.id &&
        !isSamePerson(own, account, (key) => keys.blinds('identity', key), today) &&
        !passersSeenBy(id, own, [...passes, ...entryPeople]).includes(id),
    )
    .map(({ id, nameSealed }) => ({ id, name: keys.unseal(nameSealed, accountContext(id, 'name')) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'zh') || (a.id < b.id ? -1 : 1))
}
