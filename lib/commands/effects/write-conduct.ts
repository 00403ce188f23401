import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { conductDays } from '#lib/domain/conduct.ts'
import { dayOf } from '#lib/domain/days.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'
import { newId } from '#lib/ids.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { mainRow } from '#lib/sections/define.ts'

/** Enters an approved 奖励 or 处罚 (AWD-1), and whether it came within its ten working days. */
export async function writeConduct(deps: Deps, q: Q, file: CaseFile): Promise<void> {
  const { id, kind, personId, departmentId, submittedAt } = file.case
  if (departmentId === null || submittedAt === null || (kind !== 'award' && kind !== 'penalty'))
    throw new Error('a case of conduct that was never submitted')
  const values =
    draftOf(file, dayOf(submittedAt))
      .rows(kind)
      .find((row) => row.id === mainRow)?.values ?? {}
  const decidedOn = (kind === 'award' ? values.awardedOn : values.decidedOn) ?? ''
  const at = deps.clock.now()
  await q.insert(deps.store.t.conduct).values({
    id: newId(at),
    personId,
    kind,
    nature: (kind === 'award' ? values.level : values.penalty) ?? '',
    title: values.title ?? '',
    basis: values.basis ?? '',
    authority: values.authority ?? '',
    documentNo: values.documentNo ?? '',
    decidedOn,
    late: dayOf(submittedAt) > addWorkingDays(decidedOn, conductDays, await deps.calendar()),
    caseId: id,
    departmentId,
    at,
  })
}
