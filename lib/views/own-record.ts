/** The approved record of a person read as answers, as the round was that it came from. */
import type { Account } from '#db/queries/accounts.ts'
import { departmentFacts } from '#db/queries/case-file.ts'
import { openRecord } from '#db/queries/records.ts'
import { collection } from '#lib/cases/collection.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { type AnswerSection, answersOf } from '#lib/readers/answers.ts'
import { recordDraft } from '#lib/readers/draft.ts'
import { sectionById } from '#lib/sections/all.ts'

/** null before a collection was approved. */
export async function ownRecord(
  { store, keys }: Deps,
  account: Account,
): Promise<{ approvedAt: Date; sections: readonly AnswerSection[] } | null> {
  const { read, t } = store
  const held = await openRecord(read, t, keys, account.id)
  if (!held) return null
  const { approvedAt } = held
  const department = await departmentFacts(read, t, held.departmentId)
  const draft = recordDraft({ account, department, ...held }, dayOf(approvedAt))
  const names = { department: department?.fullName ?? '' }
  return {
    approvedAt,
    sections: collection.sections.map((id) =>
      answersOf(sectionById(id), draft.rows(id), draft.context, draft.files(id), names),
    ),
  }
}
