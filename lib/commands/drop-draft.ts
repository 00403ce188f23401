import { and, eq, inArray } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { isApplicationKind } from '#lib/domain/applications.ts'
import { changedSection } from '#lib/domain/changes.ts'
import { notFound } from '#lib/domain/errors.ts'
import { cancelWhere } from './support/cancel-cases.ts'
import { openCase } from './support/case-work.ts'

/** 放弃 a change of the record or an application about it: what was typed is given up, the record stays as it is. `case-frozen` while it is under review: it is taken back first. */
export async function dropDraft(deps: Deps, actor: Applicant, input: { caseId: string }): Promise<void> {
  await deps.store.tx(async (q) => {
    const file = await openCase(deps, q, actor, 'read-own', input.caseId)
    const isChange = changedSection(file.case.kind) !== null
    if (!isChange && !isApplicationKind(file.case.kind)) throw notFound()
    // The second of two clicks finds it done.
    if (file.case.state === 'cancelled') return
    await openCase(deps, q, actor, 'edit', input.caseId)
    const { id, state } = deps.store.t.serviceCase
    const mine = and(eq(id, file.case.id), inArray(state, ['draft', 'returned']))
    await cancelWhere(deps, q, mine, {
      reason: isChange ? 'change-dropped' : 'application-dropped',
      actorId: actor.id,
    })
  })
}
