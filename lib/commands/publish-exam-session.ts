import { and, eq } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused, stale } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { logExam, openSessionFor } from './support/exam-work.ts'

/**
 * From now on people see the session (EXM-1). A second time changes nothing. Refused: `exam-publish-late` after its registration
 * closed; `stale`; `not-found` for everybody but operators.
 */
export async function publishExamSession(
  deps: Deps,
  actor: Actor,
  { sessionId, version }: { readonly sessionId: string; readonly version: number },
): Promise<void> {
  const { examSession } = deps.store.t
  await deps.store.tx(async (q) => {
    const session = await openSessionFor(deps, q, actor, sessionId)
    if (session.publishedAt) return
    if (session.version !== version) throw stale()
    const now = deps.clock.now()
    if (session.closesAt <= now) throw refused(issue(null, 'exam-publish-late'))
    const [row] = await q
      .update(examSession)
      .set({ publishedAt: now, version: version + 1 })
      .where(and(eq(examSession.id, session.id), eq(examSession.version, version)))
      .returning({ id: examSession.id })
    if (!row) throw stale()
    await logExam(deps, q, 'exam.session-published', actor, { session: session.id })
  })
}
