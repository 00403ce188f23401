/** The approved record of a person read as answers, as the round was that it came from. */
import type { Account } from '#db/queries/accounts.ts'
import { departmentFacts } from '#db/queries/case-file.ts'
import { recordContext, recordOf } from '#db/queries/records.ts'
import { collection } from '#lib/cases/collection.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { type AnswerSection, answersOf } from '#lib/readers/answers.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { sectionById, sections } from '#lib/sections/all.ts'
import { type Fields, mainRow, type Row } from '#lib/sections/define.ts'

/** null before a collection was approved. */
export async function ownRecord(
  { store, keys }: Deps,
  account: Account,
): Promise<{ approvedAt: Date; sections: readonly AnswerSection[] } | null> {
  const { read, t } = store
  const held = await recordOf(read, t, account.id)
  if (!held) return null
  /** The columns of one table that are this section's fields, opened. */
  const row = (
    table: string,
    id: string,
    fields: Fields,
    columns: Readonly<Record<string, unknown>>,
  ): Row => ({
    id,
    rev: 1,
    values: Object.fromEntries(
      Object.entries(columns).flatMap(([key, value]) => {
        const field = fields[key]
        if (!field || typeof value !== 'string') return []
        const isSealed = field.seal !== undefined && value !== ''
        return [[key, isSealed ? keys.unseal(value, recordContext(account.id, table, id, key)) : value]]
      }),
    ),
  })
  const main = (section: 'department' | 'scope' | 'basic') => [
    row('person', mainRow, sections[section].fields, held.person),
  ]
  const { fields: postFields } = sections.employment.nested
  const rows = {
    department: main('department'),
    scope: main('scope'),
    basic: main('basic'),
    education: held.education.map((one) => row('education', one.id, sections.education.fields, one)),
    employment: held.employment.map((one) => ({
      ...row('employment', one.id, sections.employment.fields, one),
      children: held.posts
        .filter(({ employmentId }) => employmentId === one.id)
        .map((post) => row('accounting_post', post.id, postFields, post)),
    })),
    qualifications: held.qualifications.map((one) =>
      row('qualification', one.id, sections.qualifications.fields, one),
    ),
  }
  const department = await departmentFacts(read, t, held.person.departmentId)
  const { approvedAt } = held.person
  const draft = draftOf(
    {
      case: { state: 'approved', round: 1 },
      account,
      department,
      proposals: new Map(Object.entries(rows).map(([id, of]) => [id, { rows: of, editedFor: 1 }])),
      files: held.files,
      findings: [],
      claims: [],
    },
    dayOf(approvedAt),
  )
  const names = { department: department?.fullName ?? '' }
  return {
    approvedAt,
    sections: collection.sections.map((id) =>
      answersOf(sectionById(id), draft.rows(id), draft.context, draft.files(id), names),
    ),
  }
}
