import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { entryDue } from '#lib/domain/conduct.ts'
import { dayOf } from '#lib/domain/days.ts'
import { newId } from '#lib/ids.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { mainRow } from '#lib/sections/define.ts'
import { presentAccount } from '../support/conduct-home.ts'
import { notify } from '../support/notify.ts'

/** Enters an approved 奖励 or 处罚 (AWD-1). Of a 处罚, whether the office entered it in time, and its person hears of it now; nobody has to declare an award by a day. */
export async function writeConduct(deps: Deps, q: Q, file: CaseFile): Promise<void> {
  const { id, kind, number, departmentId, submittedAt } = file.case
  if (departmentId === null || submittedAt === null || (kind !== 'award' && kind !== 'penalty'))
    throw new Error('a case of conduct that was never submitted')
  const values =
    draftOf(file, dayOf(submittedAt))
      .rows(kind)
      .find((row) => row.id === mainRow)?.values ?? {}
  const decidedOn = (kind === 'award' ? values.awardedOn : values.decidedOn) ?? ''
  const nature = (kind === 'award' ? values.level : values.penalty) ?? ''
  const at = deps.clock.now()
  const person = await presentAccount(deps, q, file.account)
  await insert(q, deps.store.t.conduct, {
    id: newId(at),
    personId: person.id,
    kind,
    nature,
    title: values.title ?? '',
    basis: values.basis ?? '',
    authority: values.authority ?? '',
    documentNo: values.documentNo ?? '',
    decidedOn,
    late: kind === 'penalty' && dayOf(submittedAt) > entryDue(decidedOn, await deps.calendar()),
    caseId: id,
    departmentId,
    at,
  })
  if (kind === 'penalty')
    await notify(deps, q, person, {
      kind: 'penalty-entered',
      caseId: id,
      data: { kind, number: number ?? '', department: file.standsAt?.fullName ?? '', nature, decidedOn },
    })
}
