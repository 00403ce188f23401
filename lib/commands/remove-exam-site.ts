import { examSiteById, wasChosen } from '#db/queries/exams.ts'
import { lock, remove } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound, refused, stale } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { logExam, openProvinceFor, type Province } from './support/exam-work.ts'

/**
 * Takes back a 报考点 that nobody registered at (EXM-1). Refused: `exam-site-held` {taken} while seats are held, `exam-site-used` where a
 * registration that is over names it; `department-closed`; `stale`; `not-found` for everybody but its manager and operators, and
 * for one that is gone.
 */
export async function removeExamSite(
  deps: Deps,
  actor: Actor,
  input: Province & { readonly siteId: string; readonly version: number },
): Promise<void> {
  const { t } = deps.store
  const { examSite } = t
  await deps.store.tx(async (q) => {
    const { session, node } = await openProvinceFor(deps, q, actor, input)
    // Its row is locked by an update that changes nothing: no seat is taken from here on.
    await lock(q, examSite, input.siteId)
    const site = await examSiteById(q, t, input.siteId)
    if (site?.sessionId !== session.id || site.departmentId !== node.id) throw notFound()
    if (site.version !== input.version) throw stale()
    if (site.taken > 0) throw refused(issue(null, 'exam-site-held', { taken: site.taken }))
    if (await wasChosen(q, t, site)) throw refused(issue(null, 'exam-site-used'))
    await remove(q, examSite, { id: site.id, version: site.version })
    await logExam(deps, q, 'exam.site-removed', actor, {
      session: session.id,
      department: node.id,
      site: site.id,
    })
  })
}
