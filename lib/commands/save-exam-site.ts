import { and, eq, lte } from 'drizzle-orm'
import { type ExamSite, examSiteById, sitesOf } from '#db/queries/exams.ts'
import type { Q } from '#db/store.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound, refused, stale } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { checkExamSite, type TypedSite } from '#lib/schemas/exam-session.ts'
import { isSiteCity } from '#lib/text/exam-cities.ts'
import { logExam, openProvinceFor, type Province } from './support/exam-work.ts'

interface SiteForm extends Province {
  /** Null for a new one. */
  readonly siteId: string | null
  /** As it was seen; 0 of a new one. */
  readonly version: number
  readonly typed: unknown
}

const facts = ['name', 'city', 'capacity'] as const
const changedIn = (before: ExamSite, after: TypedSite) => facts.filter((fact) => before[fact] !== after[fact])

/**
 * A 报考点 of a session in a province (EXM-1). The same form twice changes nothing the second time. Refused: the issues of
 * `checkExamSite`; `exam-site-name-taken`, `exam-site-taken` {taken} for fewer seats than are held, `exam-site-held` for another name
 * or city while somebody holds one; `department-closed`; `stale`; `not-found` for everybody but its manager and operators.
 */
export async function saveExamSite(
  deps: Deps,
  actor: Actor,
  input: SiteForm,
): Promise<{ readonly id: string }> {
  const { t } = deps.store
  return deps.store.tx(async (q) => {
    const { session, node } = await openProvinceFor(deps, q, actor, input)
    const site = input.siteId === null ? null : await examSiteById(q, t, input.siteId)
    if (input.siteId !== null && (site?.sessionId !== session.id || site.departmentId !== node.id))
      throw notFound()
    const read = checkExamSite(input.typed, (city) => isSiteCity(node.regionCode, city))
    if (!read.ok) throw refused(...read.issues)
    const typed = read.value
    const changed = site === null ? facts : changedIn(site, typed)
    if (site && changed.length === 0) return { id: site.id }
    const twin = (await sitesOf(q, t, session.id, node.id)).find(({ name }) => name === typed.name)
    if (twin && twin.id !== site?.id) {
      // Sent twice.
      if (site === null && changedIn(twin, typed).length === 0) return { id: twin.id }
      throw refused(issue('name', 'exam-site-name-taken'))
    }
    const id = site?.id ?? newId(deps.clock.now())
    if (site === null)
      await insert(q, t.examSite, { id, sessionId: session.id, departmentId: node.id, ...typed })
    else await change(deps, q, site, input.version, typed)
    await logExam(deps, q, 'exam.site-saved', actor, {
      session: session.id,
      department: node.id,
      site: id,
      changed: changed.join(' '),
      capacity: typed.capacity,
    })
    return { id }
  })
}

/** Registrations take seats meanwhile, without a word to the version: how many are held is asked by the update itself. */
async function change({ store }: Deps, q: Q, site: ExamSite, version: number, typed: TypedSite) {
  const { examSite } = store.t
  if (site.version !== version) throw stale()
  const stays = site.name === typed.name && site.city === typed.city
  const [row] = await q
    .update(examSite)
    .set({ ...typed, version: version + 1 })
    .where(
      and(
        eq(examSite.id, site.id),
        eq(examSite.version, version),
        lte(examSite.taken, stays ? typed.capacity : 0),
      ),
    )
    .returning({ id: examSite.id })
  if (row) return
  const now = await examSiteById(q, store.t, site.id)
  if (now?.version !== version) throw stale()
  throw refused(
    stays
      ? issue('capacity', 'exam-site-taken', { taken: now.taken })
      : issue('name', 'exam-site-held', { taken: now.taken }),
  )
}
