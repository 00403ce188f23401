import { and, eq, inArray, sql } from 'drizzle-orm'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { mainRow, valueOf } from '#lib/sections/define.ts'
import { countedNow, recountPerson } from '../support/figures.ts'

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
 * mend. What the old one has decided stays where it was decided.
 */
export async function movePerson(deps: Deps, q: Q, file: CaseFile): Promise<void> {
  const { person, serviceCase } = deps.store.t
  const { personId, departmentId, submittedAt } = file.case
  if (departmentId === null || submittedAt === null)
    throw new Error('an approved transfer that was never submitted')
  const row = draftOf(file, dayOf(submittedAt))
    .rows('transfer')
    .find(({ id }) => id === mainRow)
  const situation = situations[row ? valueOf(row, 'reason') : '']
  const before = await countedNow(deps, q, personId)
  const [moved] = await q
    .update(person)
    .set({ departmentId, version: sql`${person.version} + 1`, ...(situation ? { situation } : {}) })
    .where(eq(person.id, personId))
    .returning({ id: person.id })
  if (!moved) throw refused(issue(null, 'transfer-before-approval'))
  await q
    .update(serviceCase)
    .set({ departmentId })
    .where(
      and(
        eq(serviceCase.personId, personId),
        inArray(serviceCase.kind, ofRecord),
        inArray(serviceCase.state, ['draft', 'returned', 'withdrawn']),
      ),
    )
  await recountPerson(deps, q, personId, before)
}
