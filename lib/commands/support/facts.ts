/** Facts of a submission (CHK-3): computed once, inside its transaction. */
import { type Account, accountById } from '#db/queries/accounts.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import { picturesElsewhere } from '#db/queries/files.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import type { Draft } from '#lib/readers/draft.ts'
import { type Fact, factsOf } from '#lib/readers/facts.ts'
import { lifelongKey } from '#lib/schemas/identity-number.ts'
import type { SectionId } from '#lib/sections/all.ts'

/** Somebody may have had another account, closed or handed over (ACC-9): their own pictures are no fact. */
async function ownAccounts(deps: Deps, q: Q, account: Account, ids: ReadonlySet<string>) {
  const today = dayOf(deps.clock.now())
  const key = lifelongKey(account, today)
  const own = new Set<string>()
  for (const id of ids) {
    const found = await accountById(q, deps.store.t, deps.keys, id)
    if (found && key !== null && lifelongKey(found, today) === key) own.add(id)
  }
  return own
}

/** By file, in how many other people's cases the same picture stands. */
async function seenElsewhere(deps: Deps, q: Q, { account, files }: CaseFile) {
  const ids = files.map(({ fileId }) => fileId)
  const found = await picturesElsewhere(q, deps.store.t, account.id, ids)
  const alike = found.filter(({ birth }) => birth === account.birth).map(({ personId }) => personId)
  const own = await ownAccounts(deps, q, account, new Set(alike))
  const byFile = Map.groupBy(
    found.filter(({ personId }) => !own.has(personId)),
    ({ fileId }) => fileId,
  )
  return new Map([...byFile].map(([fileId, seen]) => [fileId, seen.length]))
}

export const factsOfSubmission = async (
  deps: Deps,
  q: Q,
  file: CaseFile,
  draft: Draft,
  sections: readonly SectionId[],
): Promise<Fact[]> =>
  factsOf({ sections, draft, person: file.account, elsewhere: await seenElsewhere(deps, q, file) })
