/** What every command on sessions of exams does first and last (EXM-1): who acts now, the session under its lock, the log. */
import { and, eq, inArray, lt, notInArray } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { departmentById } from '#db/queries/departments.ts'
import { type ExamSession, examSessionById } from '#db/queries/exams.ts'
import type { Q } from '#db/store.ts'
import { lock } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { runsExams, runsProvince } from '#lib/policy/exam-policy.ts'
import { requireActive } from './department-work.ts'
import { actingStaff } from './staff-work.ts'

/** One change of a session and of what hangs on it at a time: an update that changes nothing locks its row, on either engine. */
async function lockedSession({ store }: Deps, q: Q, sessionId: string): Promise<ExamSession> {
  const { examSession } = store.t
  await lock(q, examSession, sessionId)
  const found = await examSessionById(q, store.t, sessionId)
  if (!found) throw notFound()
  return found
}

/** Throws `not-found` for everybody but operators. */
export async function actingForExams(deps: Deps, q: Q, actor: Actor): Promise<void> {
  if (!runsExams(await actingStaff(deps, q, actor))) throw notFound()
}

/** The session under its lock, for operators; `not-found` otherwise. */
export async function openSessionFor(
  deps: Deps,
  q: Q,
  actor: Actor,
  sessionId: string,
): Promise<ExamSession> {
  await actingForExams(deps, q, actor)
  return lockedSession(deps, q, sessionId)
}

export interface Province {
  readonly sessionId: string
  readonly departmentId: string
}

/** The session under its lock and the node of the first level, for who looks after it; `not-found`, or `department-closed`. */
export async function openProvinceFor(deps: Deps, q: Q, actor: Actor, { sessionId, departmentId }: Province) {
  const acting = await actingStaff(deps, q, actor)
  const node = await departmentById(q, deps.store.t, departmentId)
  if (!node || !runsProvince(acting, node.path)) throw notFound()
  const session = await lockedSession(deps, q, sessionId)
  requireActive(node)
  return { session, node }
}

/**
 * A payment deadline that was put off holds for who has registered and not paid too; nobody's is brought forward. `only` the
 * province, or everywhere but in those.
 */
export async function putOffPayments(
  { store }: Deps,
  q: Q,
  sessionId: string,
  payBy: Date,
  where: { readonly only: string } | { readonly except: readonly string[] },
): Promise<void> {
  const { examEntry } = store.t
  const there =
    'only' in where
      ? eq(examEntry.departmentId, where.only)
      : where.except.length > 0
        ? notInArray(examEntry.departmentId, [...where.except])
        : undefined
  await q
    .update(examEntry)
    .set({ payBy })
    .where(
      and(
        eq(examEntry.sessionId, sessionId),
        there,
        inArray(examEntry.state, ['reviewing', 'awaiting-payment']),
        lt(examEntry.payBy, payBy),
      ),
    )
}

/** What happened to a session, by whom. */
export const logExam = (
  { store, clock }: Deps,
  q: Q,
  kind: string,
  actor: Actor,
  data: Record<string, string | number | boolean> & { readonly session: string },
) => record(q, store.t, { id: newId(clock.now()), kind, actorId: actor.id, data, at: clock.now() })
