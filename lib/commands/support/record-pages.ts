/** Writes pages of the approved record from a draft: by a collection all of them, by a 信息变更 one. */
import { recordContext } from '#db/queries/records.ts'
import type { Q } from '#db/store.ts'
import { insert, remove } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { AnswerRow, AnswerSection } from '#lib/readers/answers.ts'
import type { Draft } from '#lib/readers/draft.ts'
import { applies } from '#lib/readers/examine.ts'
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

type RecordTable = 'person' | 'education' | 'employment' | 'accounting_post' | 'qualification'
export type ListPage = 'education' | 'employment' | 'qualifications'
export const listPages: readonly ListPage[] = ['education', 'employment', 'qualifications']

/** What writes pages of this person's record from the draft; in the transaction `q`, nothing before it is called. */
export function recordPages(deps: Deps, q: Q, personId: string, draft: Draft) {
  const { t } = deps.store
  const { context } = draft
  const valuesOf = <F extends Fields>(table: RecordTable, fields: F, row: Row) =>
    recordValues(fields, row, context, (field, value) =>
      deps.keys.seal(value, recordContext(personId, table, row.id, field)),
    )
  const main = (section: 'department' | 'scope' | 'basic') =>
    draft.rows(section).find(({ id }) => id === mainRow) ?? emptyRow(mainRow)

  const replaceList: Readonly<Record<ListPage, () => Promise<void>>> = {
    async education() {
      await remove(q, t.education, { personId })
      const rows = draft.rows('education').map((row) => ({
        id: row.id,
        personId,
        ...valuesOf('education', sections.education.fields, row),
      }))
      await insert(q, t.education, rows)
    },
    async employment() {
      await remove(q, t.accountingPost, { personId })
      await remove(q, t.employment, { personId })
      const { fields, nested } = sections.employment
      const jobs = draft.rows('employment')
      const posts = jobs
        .filter(({ values }) => nested.when(values, context))
        .flatMap((row) =>
          (row.children ?? []).map((post) => ({
            id: post.id,
            personId,
            employmentId: row.id,
            ...valuesOf('accounting_post', nested.fields, post),
          })),
        )
      await insert(
        q,
        t.employment,
        jobs.map((row) => ({ id: row.id, personId, ...valuesOf('employment', fields, row) })),
      )
      await insert(q, t.accountingPost, posts)
    },
    async qualifications() {
      await remove(q, t.qualification, { personId })
      const rows = draft.rows('qualifications').map((row) => ({
        id: row.id,
        personId,
        ...valuesOf('qualification', sections.qualifications.fields, row),
      }))
      await insert(q, t.qualification, rows)
    },
  }
  return {
    /** Columns of the person. */
    department: () => valuesOf('person', sections.department.fields, main('department')),
    scope: () => valuesOf('person', sections.scope.fields, main('scope')),
    basic: () => valuesOf('person', sections.basic.fields, main('basic')),
    /** Puts the rows of a list in place of those the record has. */
    replaceList: (page: ListPage) => replaceList[page](),
    /** Puts the pictures that a round froze in place of those the record has. */
    async replaceFiles(answers: readonly AnswerSection[]) {
      const { recordFile } = t
      const replaced = answers.map(({ section }) => section)
      await remove(q, recordFile, { personId, section: replaced })
      const files = answers.flatMap(filesOf)
      await insert(
        q,
        recordFile,
        files.map((placed) => ({ personId, ...placed })),
      )
    },
  }
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
