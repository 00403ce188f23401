import { noteTemplatesOf } from '#db/queries/note-templates.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { checkNoteTemplate, noteTemplateLimits } from '#lib/schemas/note-templates.ts'
import { logDepartment, openDepartment, requireActive } from './support/department-work.ts'

/**
 * A 常用语 for the reviewers of a department and everything beneath it (REV-4). The same words for the same reason twice are one.
 * Refused: the issues of `checkNoteTemplate`, `note-templates-too-many`, `department-closed`; `not-found` outside one's scope.
 */
export async function addNoteTemplate(
  deps: Deps,
  actor: Actor,
  input: { readonly departmentId: string; readonly typed: unknown },
): Promise<void> {
  const read = checkNoteTemplate(input.typed)
  await deps.store.tx(async (q) => {
    const { node } = await openDepartment(deps, q, actor, 'edit', input.departmentId)
    requireActive(node)
    if (!read.ok) throw refused(...read.issues)
    const { reason, text } = read.value
    const living = await noteTemplatesOf(q, deps.store.t, [node.id])
    if (living.some((one) => one.reason === reason && one.text === text)) return
    const limit = noteTemplateLimits.perDepartment
    if (living.length >= limit) throw refused(issue('templateText', 'note-templates-too-many', { limit }))
    const createdAt = deps.clock.now()
    const id = newId(createdAt)
    await insert(q, deps.store.t.noteTemplate, {
      id,
      departmentId: node.id,
      reason,
      text,
      createdBy: actor.id,
      createdAt,
    })
    await logDepartment(deps, q, 'department.template-added', actor, {
      department: node.id,
      template: id,
      reason,
    })
  })
}
