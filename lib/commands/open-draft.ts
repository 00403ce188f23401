import { record } from '#db/events.ts'
import { latestCase } from '#db/queries/cases.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import type { CaseState } from '#lib/domain/case-states.ts'
import { notFound } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'

const once: readonly CaseState[] = ['refused', 'cancelled']
const repeatable: readonly CaseState[] = [...once, 'approved']

/**
 * The person's case of this kind to work on: the newest one unless it came to its end, else a new draft. Asked twice,
 * made once. A kind that can be filed again begins anew after an approval too. `not-found` for a kind this person may
 * not file.
 */
export async function openDraft(deps: Deps, actor: Person, kind: CaseKindId): Promise<string> {
  const { store } = deps
  const { t } = store
  if (!caseKinds[kind].filedBy.includes(actor.kind)) throw notFound()
  return store.tx(async (q) => {
    const known = await latestCase(q, t, actor.id, kind)
    const ends = caseKinds[kind].isRepeatable ? repeatable : once
    const over = known && ends.includes(known.state)
    if (known && !over) return known.id
    const at = deps.clock.now()
    const id = newId(at)
    const [made] = await q
      .insert(t.serviceCase)
      .values({
        id,
        kind,
        personId: actor.id,
        state: 'draft',
        openKey: caseKinds[kind].openKey(actor.id),
        createdAt: at,
        updatedAt: at,
      })
      .onConflictDoNothing()
      .returning({ id: t.serviceCase.id })
    if (!made) {
      const other = await latestCase(q, t, actor.id, kind)
      if (!other) throw new Error('an open case exists and cannot be read')
      return other.id
    }
    await record(q, t, {
      id: newId(at),
      kind: 'case.opened',
      actorId: actor.id,
      personId: actor.id,
      caseId: id,
      at,
    })
    return id
  })
}
