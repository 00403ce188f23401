/** From which rows the 会计专业工作简历表 is filled in (WRK-4). */
import { accountById } from '#db/queries/accounts.ts'
import { departmentFacts, newestCase } from '#db/queries/case-file.ts'
import { openRecord } from '#db/queries/records.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { isOpen } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { type Draft, draftOf, recordDraft } from '#lib/readers/draft.ts'

/** A 信息变更 of the employment that is open, else the record; null before there is one. */
export async function resumeDraft({ store, keys, clock }: Deps, { id }: Applicant): Promise<Draft | null> {
  const { read, t } = store
  const today = dayOf(clock.now())
  const newest = await newestCase(read, t, keys, id, 'change-employment')
  const file = newest && isOpen(newest.case.state) ? await newest.load() : null
  if (file) return draftOf(file, today)
  const [record, account] = [await openRecord(read, t, keys, id), await accountById(read, t, keys, id)]
  if (!record || !account) return null
  const department = await departmentFacts(read, t, record.departmentId)
  return recordDraft({ account, department, ...record }, today)
}
