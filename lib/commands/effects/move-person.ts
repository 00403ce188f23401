import { and, eq, inArray, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import { update } from '#db/write.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { mainRow, valueOf } from '#lib/sections/define.ts'
import { addFigures, caseChanges, countedNow, recountPerson } from '../support/figures.ts'
import { lockAccount } from '../support/lock-account.ts'

/** The reason says which rule of DEP-2 the new department follows from. */
const situations: Readonly<Record<string, string>> = {
  workplace: 'employed',
  school: 'student',
  residence: 'other',
}

/** Cases that go wherever the record is kept. */
const ofRecord = Object.values(caseKinds)
  .filter(({ department }) => department === 'of-record')
  .map(({ id }) => id)

/**
 * Completes a 调转 (TRF-3): the record goes to the department chosen, and with it what its person has not sent yet or is to
 * mend: the old one does not see it any more. What the old one has decided stays where it was decided.
 */
export async function movePerson(deps: Deps, q: Q, file: CaseFile): Promise<void> {
  const { person } = deps.store.t
  const { personId, departmentId, submittedAt } = file.case
  if (departmentId === null || submittedAt === null)
    throw new Error('an approved transfer that was never submitted')
  const row = draftOf(file, dayOf(submittedAt))
    .rows('transfer')
    .find(({ id }) => id === mainRow)
  // What is being sent or entered this moment has asked where the record is kept: it goes first, or comes after.
  await lockAccount(deps, q, personId)
  const situation = situations[row ? valueOf(row, 'reason') : '']
  const before = await countedNow(deps, q, personId)
  const [moved] = await q
    .update(person)
    .set({ departmentId, version: sql`${person.version} + 1`, ...(situation ? { situation } : {}) })
    .where(eq(person.id, personId))
    .returning({ id: person.id })
  if (!moved) throw refused(issue(null, 'transfer-before-approval'))
  await takeAlong(deps, q, personId, departmentId)
  await recountPerson(deps, q, personId, before)
  const at = deps.clock.now()
  const data = { from: before.at ?? '', department: departmentId }
  await record(q, deps.store.t, { id: newId(at), kind: 'person.transferred', personId, data, at })
}

/** Nothing of them is under review: that would have kept the transfer from being sent (TRF-1). */
async function takeAlong(deps: Deps, q: Q, personId: string, departmentId: string): Promise<void> {
  const { serviceCase } = deps.store.t
  const theirs = and(eq(serviceCase.personId, personId), inArray(serviceCase.kind, ofRecord))
  // Waits for a submission or a save under way, and tells how they stood.
  const standing = await q
    .update(serviceCase)
    .set({ departmentId })
    .where(and(theirs, inArray(serviceCase.state, ['draft', 'returned', 'withdrawn'])))
    .returning()
  const returned = standing.filter(({ state }) => state === 'returned')
  if (returned.length === 0) return
  await update(q, serviceCase, { id: returned.map(({ id }) => id) }, { sentTo: departmentId })
  await addFigures(
    deps,
    q,
    returned.flatMap((one) => caseChanges(one, { ...one, sentTo: departmentId })),
  )
}
