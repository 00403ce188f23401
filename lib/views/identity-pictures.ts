import { hasConsented } from '#db/queries/accounts.ts'
import { caseFacts, caseFile } from '#db/queries/case-file.ts'
import { latestCase, roundNoteContext, roundsOf } from '#db/queries/cases.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { isWithdrawable } from '#lib/policy/case-policy.ts'
import { type Desk, deskOf } from './collection.ts'

/** The person's 线上实名认证: the open case, or how the last one ended. */
export async function identityDesk(deps: Deps, actor: Person) {
  const { read, t } = deps.store
  const consented = await hasConsented(read, t, actor.id, 'identity')
  const found = await latestCase(read, t, actor.id, 'identity')
  if (!found || found.state === 'cancelled') return { desk: null, consented, last: null, withdrawable: false }
  if (found.state === 'refused') {
    const last = (await roundsOf(read, t, found.id)).at(-1)
    const note = last?.noteSealed
      ? deps.keys.unseal(last.noteSealed, roundNoteContext(found.id, last.round))
      : ''
    return { desk: null, consented, last: { state: found.state, note }, withdrawable: false }
  }
  const file = await caseFile(read, t, deps.keys, found.id)
  const desk: Desk | null = file ? deskOf(deps, file) : null
  const withdrawable = file !== null && isWithdrawable(caseFacts(file), deps.clock.now())
  return { desk, consented, last: null, withdrawable }
}
