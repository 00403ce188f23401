import { eq } from 'drizzle-orm'
import type { CaseFile } from '#db/queries/case-file.ts'
import { recordContext } from '#db/queries/records.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import type { AnswerRow, AnswerSection } from '#lib/readers/answers.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { applies } from '#lib/readers/examine.ts'
import type { Snapshot } from '#lib/readers/snapshot.ts'
import { sections } from '#lib/sections/all.ts'
import {
  type Context,
  emptyRow,
  type Fields,
  mainRow,
  type Row,
  sharedRow,
  valueOf,
} from '#lib/sections/define.ts'
import { countedNow, recountPerson } from '../support/figures.ts'

type RecordTable = 'person' | 'education' | 'employment' | 'accounting_post' | 'qualification'

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
  const draft = draftOf(file, dayOf(submittedAt))
  const { context } = draft
  const valuesOf = <F extends Fields>(table: RecordTable, fields: F, row: Row) =>
    recordValues(fields, row, context, (field, value) =>
      deps.keys.seal(value, recordContext(personId, table, row.id, field)),
    )
  const main = (section: 'department' | 'scope' | 'basic') =>
    draft.rows(section).find(({ id }) => id === mainRow) ?? emptyRow(mainRow)

  const person = {
    ...valuesOf('person', sections.department.fields, main('department')),
    ...valuesOf('person', sections.scope.fields, main('scope')),
    ...valuesOf('person', sections.basic.fields, main('basic')),
    departmentId,
    approvedAt: deps.clock.now(),
    caseId: file.case.id,
  }
  const before = await countedNow(deps, q, personId)
  const [known] = await q
    .select({ version: t.person.version })
    .from(t.person)
    .where(eq(t.person.id, personId))
  if (known)
    await q
      .update(t.person)
      .set({ ...person, version: known.version + 1 })
      .where(eq(t.person.id, personId))
  else await q.insert(t.person).values({ id: personId, ...person })

  for (const table of [t.accountingPost, t.education, t.employment, t.qualification, t.recordFile])
    await q.delete(table).where(eq(table.personId, personId))

  for (const row of draft.rows('education'))
    await q
      .insert(t.education)
      .values({ id: row.id, personId, ...valuesOf('education', sections.education.fields, row) })
  for (const row of draft.rows('employment')) {
    await q
      .insert(t.employment)
      .values({ id: row.id, personId, ...valuesOf('employment', sections.employment.fields, row) })
    const { nested } = sections.employment
    if (!nested.when(row.values, context)) continue
    for (const post of row.children ?? [])
      await q.insert(t.accountingPost).values({
        id: post.id,
        personId,
        employmentId: row.id,
        ...valuesOf('accounting_post', nested.fields, post),
      })
  }
  for (const row of draft.rows('qualifications'))
    await q
      .insert(t.qualification)
      .values({ id: row.id, personId, ...valuesOf('qualification', sections.qualifications.fields, row) })

  await recountPerson(deps, q, personId, before)

  const files = snapshot.sections.flatMap((section) => filesOf(section))
  if (files.length > 0) await q.insert(t.recordFile).values(files.map((placed) => ({ personId, ...placed })))
}

/** One text per column: '' where the field does not apply, ciphertext where it is sealed. */
export function recordValues<F extends Fields>(
  fields: F,
  row: Row,
  context: Context,
  seal: (field: string, value: string) => string,
): Record<keyof F & string, string> {
  const columns = Object.entries(fields).map(([key, field]) => {
    const value = applies(field, row.values, context) ? valueOf(row, key) : ''
    return [key, field.seal && value !== '' ? seal(key, value) : value]
  })
  // Object.fromEntries forgets the keys, which are those of `fields`.
  return Object.fromEntries(columns) as Record<keyof F & string, string>
}

function filesOf({ section, rows, shared }: AnswerSection) {
  const place = (rowId: string, slots: AnswerRow['slots']) =>
    slots.flatMap(({ slot, files }) => files.map((fileId) => ({ section, rowId, slot, fileId })))
  return [
    ...place(sharedRow, shared),
    ...rows.flatMap((row) => [
      ...place(row.id, row.slots),
      ...row.children.flatMap((child) => place(child.id, child.slots)),
    ]),
  ]
}
