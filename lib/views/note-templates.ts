/** 审核意见常用语 as they are listed and chosen from (REV-4): by reason, in the order in which reasons are offered. */
import { type NoteTemplate, noteTemplatesOf } from '#db/queries/note-templates.ts'
import type { Deps } from '#lib/deps.ts'
import { reasonFits, returnReasons } from '#lib/domain/return-reasons.ts'
import { reasonWords } from '#lib/text/review.ts'

export interface TemplateGroup {
  readonly reason: string
  readonly label: string
  readonly templates: readonly Pick<NoteTemplate, 'id' | 'text'>[]
}

/** One of a reason that is no more is not shown. */
const byReason = (templates: readonly NoteTemplate[]): TemplateGroup[] =>
  returnReasons.flatMap((reason) => {
    const of = templates.filter((one) => one.reason === reason).map(({ id, text }) => ({ id, text }))
    return of.length === 0 ? [] : [{ reason, label: reasonWords[reason], templates: of }]
  })

async function oldestFirst({ store }: Deps, departmentIds: readonly string[]): Promise<NoteTemplate[]> {
  const found = await noteTemplatesOf(store.read, store.t, departmentIds)
  return found.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** What one department keeps itself. */
export const ownTemplates = async (deps: Deps, departmentId: string): Promise<TemplateGroup[]> =>
  byReason(await oldestFirst(deps, [departmentId]))

/** What is offered at a department, its own first and then upward; the same words of two levels are one. */
export async function offeredTemplates(deps: Deps, path: string): Promise<NoteTemplate[]> {
  const upward = path.split('/').reverse()
  const found = await oldestFirst(deps, upward)
  const seen = new Set<string>()
  return upward
    .flatMap((id) => found.filter(({ departmentId }) => departmentId === id))
    .filter(({ reason, text }) => {
      const words = `${reason}/${text}`
      const isNew = !seen.has(words)
      seen.add(words)
      return isNew
    })
}

/** Those of them that fit a page. */
export const templatesFor = (section: string, templates: readonly NoteTemplate[]): TemplateGroup[] =>
  byReason(templates).filter(({ reason }) =>
    returnReasons.some((one) => one === reason && reasonFits(one, section)),
  )
