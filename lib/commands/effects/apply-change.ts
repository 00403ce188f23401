import { eq, sql } from 'drizzle-orm'
import { type CaseFile, caseFile } from '#db/queries/case-file.ts'
import { openBase, roundAt } from '#db/queries/cases.ts'
import type { Q } from '#db/store.ts'
import { update } from '#db/write.ts'
import { collection } from '#lib/cases/collection.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused, stale } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { changedAnswers, changedPage, changeObstacles } from '#lib/readers/changes.ts'
import { unchanged } from '#lib/readers/diff.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { type Snapshot, sectionOf } from '#lib/readers/snapshot.ts'
import { draftOfRecord } from '../support/changes.ts'
import { countedNow, recountPerson } from '../support/figures.ts'
import { recordPages } from '../support/record-pages.ts'

/**
 * Applies an approved 信息变更: its page takes the place of the one in the record (CHG-2). Refused where the record is not any
 * more what the change was made from (`record-moved-on`), or the rules forbid what would come of it (`change-fits-no-more`).
 */
export async function applyChange(deps: Deps, q: Q, opened: CaseFile, snapshot: Snapshot): Promise<void> {
  const { t } = deps.store
  const { id, personId, kind, submittedAt } = opened.case
  const page = changedPage(kind)
  // One change of a record at a time, each on what the one before has left.
  await q
    .update(t.person)
    .set({ version: sql`${t.person.version} + 1` })
    .where(eq(t.person.id, personId))
  const file = await caseFile(q, t, deps.keys, id)
  if (!file?.record || submittedAt === null) throw stale()
  const round = await roundAt(q, t, id, file.case.round)
  const today = dayOf(submittedAt)
  const before = await draftOfRecord(deps, q, file, file.record, today)
  const base = round && openBase(deps.keys, round)
  if (!base || !unchanged(base, changedAnswers(page, before))) throw refused(issue(null, 'record-moved-on'))
  const after = draftOf(file, today)
  if (changeObstacles(page, before, after, collection.sections).length > 0)
    throw refused(issue(null, 'change-fits-no-more'))

  const counted = await countedNow(deps, q, personId)
  const pages = recordPages(deps, q, personId, after)
  switch (page) {
    case 'basic':
      await update(q, t.person, { id: personId }, pages.basic())
      break
    case 'scope':
      await update(q, t.person, { id: personId }, pages.scope())
      break
    default:
      await pages.replaceList(page)
  }
  const answers = sectionOf(snapshot, page)
  if (answers) await pages.replaceFiles([answers])
  await recountPerson(deps, q, personId, counted)
}
