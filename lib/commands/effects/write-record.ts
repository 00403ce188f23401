import { sql } from 'drizzle-orm'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import { remove } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { draftOf } from '#lib/readers/draft.ts'
import type { Snapshot } from '#lib/readers/snapshot.ts'
import { bringPenalties } from '../support/conduct-home.ts'
import { countedNow, recountPerson } from '../support/figures.ts'
import { listPages, recordPages } from '../support/record-pages.ts'

/**
 * Applies an approved collection: person, lists and files replace what the record held. The rows are those the round
 * froze, because nothing can be edited while a case is under review; files are taken from the round itself.
 */
export async function writeRecord(deps: Deps, q: Q, file: CaseFile, snapshot: Snapshot): Promise<void> {
  const { t } = deps.store
  const { personId, departmentId, submittedAt } = file.case
  if (departmentId === null || submittedAt === null)
    throw new Error('an approved collection that was never submitted')
  // Whether a value applies may hang on the day (在读): the day of submission counts, on which it was checked.
  const pages = recordPages(deps, q, personId, draftOf(file, dayOf(submittedAt)))
  const person = {
    ...pages.department(),
    ...pages.scope(),
    ...pages.basic(),
    departmentId,
    approvedAt: deps.clock.now(),
    caseId: file.case.id,
  }
  const before = await countedNow(deps, q, personId)
  await q
    .insert(t.person)
    .values({ id: personId, ...person })
    .onConflictDoUpdate({ target: t.person.id, set: { ...person, version: sql`${t.person.version} + 1` } })
  for (const page of listPages) await pages.replaceList(page)
  await remove(q, t.recordFile, { personId })
  await pages.replaceFiles(snapshot.sections)
  await recountPerson(deps, q, personId, before)
  await bringPenalties(deps, q, file.account)
}
