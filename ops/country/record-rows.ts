/** The approved record of a person, as approval writes it. */

import { recordContext } from '#db/queries/records.ts'
import { personCounts } from '#lib/commands/support/figures.ts'
import { recordValues } from '#lib/commands/support/record-pages.ts'
import type { Draft } from '#lib/readers/draft.ts'
import { sections } from '#lib/sections/all.ts'
import { emptyRow, type Fields, mainRow, type Row, valueOf } from '#lib/sections/define.ts'
import type { Writing } from './case-story.ts'
import type { Someone } from './person.ts'

type RecordTable = 'person' | 'education' | 'employment' | 'accounting_post' | 'qualification'

export function addRecord(
  { deps, bulk, counting }: Writing,
  {
    draft,
    person,
    personId,
    caseId,
    departmentId,
    approvedAt,
  }: {
    draft: Draft
    person: Someone
    personId: string
    caseId: string
    departmentId: string
    approvedAt: Date
  },
): void {
  const valuesOf = <F extends Fields>(table: RecordTable, fields: F, row: Row) =>
    recordValues(fields, row, draft.context, (field, value) =>
      deps.keys.seal(value, recordContext(personId, table, row.id, field)),
    )
  const main = (section: 'department' | 'scope' | 'basic') =>
    draft.rows(section).find(({ id }) => id === mainRow) ?? emptyRow(mainRow)
  const [studies, jobs, titles] = [
    draft.rows('education'),
    draft.rows('employment'),
    draft.rows('qualifications'),
  ]
  const counted = personCounts({
    sex: person.sex,
    birth: person.birth,
    education: studies.map((row) => ({ level: valueOf(row, 'level'), graduated: valueOf(row, 'graduated') })),
    employment: jobs.map((row) => ({
      end: valueOf(row, 'end'),
      employerType: valueOf(row, 'employerType'),
      industry: valueOf(row, 'industry'),
    })),
    qualifications: titles.map((row) => ({ kind: valueOf(row, 'kind'), level: valueOf(row, 'level') })),
  })
  counting.stands(departmentId, counted)
  bulk.add('person', {
    id: personId,
    ...valuesOf('person', sections.department.fields, main('department')),
    ...valuesOf('person', sections.scope.fields, main('scope')),
    ...valuesOf('person', sections.basic.fields, main('basic')),
    departmentId,
    approvedAt,
    caseId,
    counted,
  })
  for (const row of studies)
    bulk.add('education', { id: row.id, personId, ...valuesOf('education', sections.education.fields, row) })
  const { nested } = sections.employment
  for (const row of jobs) {
    bulk.add('employment', {
      id: row.id,
      personId,
      ...valuesOf('employment', sections.employment.fields, row),
    })
    if (!nested.when(row.values, draft.context)) continue
    for (const post of row.children ?? [])
      bulk.add('accountingPost', {
        id: post.id,
        personId,
        employmentId: row.id,
        ...valuesOf('accounting_post', nested.fields, post),
      })
  }
  for (const row of titles)
    bulk.add('qualification', {
      id: row.id,
      personId,
      ...valuesOf('qualification', sections.qualifications.fields, row),
    })
}
