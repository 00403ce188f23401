import { hasConsented } from '#db/queries/accounts.ts'
import { caseFacts, newestCase } from '#db/queries/case-file.ts'
import { roundNoteContext, roundsOf, type ServiceCase } from '#db/queries/cases.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { isUnderReview } from '#lib/domain/case-states.ts'
import { isWithdrawable } from '#lib/policy/case-policy.ts'
import type { DocumentKind } from '#lib/text/document-cases.ts'
import { actingDepartment } from './acting-department.ts'
import { deskOf } from './collection.ts'

/** How the last one ended, where a new one may be begun. */
async function endOf({ keys, store }: Deps, { id, state, kind, number }: ServiceCase) {
  if (state === 'approved') return caseKinds[kind].isRepeatable ? { state, number, note: '' } : null
  if (state !== 'refused') return null
  const last = (await roundsOf(store.read, store.t, id)).at(-1)
  return {
    state,
    number,
    note: last?.noteSealed ? keys.unseal(last.noteSealed, roundNoteContext(id, last.round)) : '',
  }
}

const stageOf = (stage: number): 1 | 2 => (stage === 1 ? 1 : 2)

/** The person's case of a kind that is one page of pictures and words: the open one, or how the last one ended. */
export async function documentDesk(deps: Deps, actor: Person, kind: DocumentKind) {
  const { read, t } = deps.store
  const consented = await hasConsented(read, t, actor.id, kind)
  const newest = await newestCase(read, t, deps.keys, actor.id, kind)
  const last = newest ? await endOf(deps, newest.case) : null
  const department = newest ? await actingDepartment(deps, newest.case) : null
  const file = newest && newest.case.state !== 'cancelled' && !last ? await newest.load() : null
  if (!file) return { kind, desk: null, consented, last, department, withdrawable: false, review: null }
  const { state, number, dueOn, stage } = file.case
  return {
    kind,
    desk: deskOf(deps, file),
    consented,
    last,
    department,
    withdrawable: isWithdrawable(caseFacts(file), deps.clock.now()),
    /** `stage` only where there are two. */
    review: isUnderReview(state)
      ? { number: number ?? '', dueOn, stage: file.case.stages === 2 ? stageOf(stage) : null }
      : null,
  } as const
}
export type DocumentDesk = Awaited<ReturnType<typeof documentDesk>>
