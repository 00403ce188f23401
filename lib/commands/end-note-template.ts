import { noteTemplateAt } from '#db/queries/note-templates.ts'
import { update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { logDepartment, openDepartment, requireActive } from './support/department-work.ts'

/**
 * Nobody is offered this 常用语 any more; notes that hold it stay as they are. Ending it twice is ending it once. `not-found`
 * outside one's scope and for one of another department; refused: `department-closed`.
 */
export async function endNoteTemplate(
  deps: Deps,
  actor: Actor,
  input: { readonly departmentId: string; readonly templateId: string },
): Promise<void> {
  const { noteTemplate } = deps.store.t
  await deps.store.tx(async (q) => {
    const { node } = await openDepartment(deps, q, actor, 'edit', input.departmentId)
    requireActive(node)
    const found = await noteTemplateAt(q, deps.store.t, node.id, input.templateId)
    if (!found) throw notFound()
    if (found.endedAt !== null) return
    await update(q, noteTemplate, { id: found.id }, { endedAt: deps.clock.now() })
    await logDepartment(deps, q, 'department.template-ended', actor, {
      department: node.id,
      template: found.id,
      reason: found.reason,
    })
  })
}
