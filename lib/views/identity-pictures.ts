import { hasConsented } from '#db/queries/accounts.ts'
import { caseFile } from '#db/queries/case-file.ts'
import { latestCase, roundNoteContext, roundsOf } from '#db/queries/cases.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { type Desk, deskOf } from './collection.ts'

/** The person's 线上实名认证: the open case, or how the last one ended. */
export async function identityDesk(deps: Deps, actor: Applicant) {
  const { read, t } = deps.store
  const consented = await hasConsented(read, t, actor.id, 'identity')
  const found = await latestCase(read, t, actor.id, 'identity')
  if (!found) return { desk: null, consented, last: null }
  if (found.state === 'refused') {
    const last = (await roundsOf(read, t, found.id)).at(-1)
    const note = last?.noteSealed ? deps.keys.unseal(last.noteSealed, roundNoteContext(found.id, last.round)) : ''
    return { desk: null, consented, last: { state: found.state, note } }
  }
  const file = await caseFile(read, t, deps.keys, found.id)
  const desk: Desk | null = file ? deskOf(deps, file) : null
  return { desk, consented, last: null }
}
