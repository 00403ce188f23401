import { letGo } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { ownerOfCookie, viewer } from '#lib/auth/session.ts'
import { autosaveEntry } from '#lib/commands/save-entry.ts'
import { deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import { isSectionId } from '#lib/sections/all.ts'
import { instantTime } from '#lib/text/dates.ts'

const no = (status: number, why: object = {}) => Response.json(why, { status })

/**
 * Keeps what is typed on a page of the wizard while it is being typed (COL-2), under the same rule as 保存 (COL-4). A route,
 * not an action, so that nothing is drawn anew. `{rev, savedAt, leftMs, isFinal}`, or why not: `{signedOut}` or `{left}` 401, `{}` 404,
 * `{stale}` and `{frozen}` 409, `{issues}` 422, `{wait}` 429.
 */
export async function POST(request: Request): Promise<Response> {
  const found = await viewer()
  // Whose it was is known as long as the session's cookie is there: only then a save by hand keeps what was typed (SEC-5).
  if (!found)
    return no(401, (await ownerOfCookie(await deps())) === null ? { left: true } : { signedOut: true })
  const { actor, session } = found
  if (actor.kind !== 'applicant') return no(404)
  const form = new Form(await request.formData().catch(() => new FormData()))
  if (form.truncated) return no(422, { issues: 1 })
  const section = form.get('section')
  if (!isSectionId(section)) return no(404)
  const d = await deps()
  try {
    const saved = await autosaveEntry(d, actor, {
      caseId: form.get('case'),
      section,
      rowId: form.get('row'),
      rev: form.whole('rev'),
      form,
    })
    if (!saved) return no(429, { wait: true })
    await letGo(form, actor.id)
    const { leftMs, isFinal } = session
    return Response.json({ rev: saved.rev, savedAt: instantTime(d.clock.now()), leftMs, isFinal })
  } catch (error) {
    if (isFault(error, 'stale')) return no(409, { stale: true })
    if (isFault(error, 'not-found')) return no(404)
    if (!isFault(error, 'refused')) throw error
    if (error.issues.some(({ code }) => code === 'case-frozen')) return no(409, { frozen: true })
    return no(422, { issues: error.issues.length })
  }
}
