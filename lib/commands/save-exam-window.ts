import { and, eq } from 'drizzle-orm'
import { nationalTerms, type ProvinceTerms, termsOf } from '#db/queries/exams.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused, stale } from '#lib/domain/errors.ts'
import {
  checkExamTerms,
  examInstants,
  outsideNational,
  type TypedTerms,
  takenBack,
} from '#lib/schemas/exam-session.ts'
import { logExam, openProvinceFor, type Province, putOffPayments } from './support/exam-work.ts'

interface WindowForm extends Province {
  /** Of the province's own terms as they were seen; 0 where it had none. */
  readonly version: number
  /** Null: it keeps to what holds nationwide. */
  readonly typed: unknown
}

const isSame = (one: TypedTerms, other: TypedTerms) =>
  one.fee === other.fee && examInstants.every((at) => one[at].getTime() === other[at].getTime())

/**
 * When registration is open in a province and what a subject costs there (EXM-1). The same form twice changes nothing the second
 * time. Refused: the issues of `checkExamTerms`, of `outsideNational` and, once the session is published, of `takenBack`;
 * `department-closed`; `stale`; `not-found` for everybody but its manager and operators.
 */
export async function saveExamWindow(deps: Deps, actor: Actor, input: WindowForm): Promise<void> {
  const { t } = deps.store
  const read = input.typed === null ? null : checkExamTerms(input.typed)
  await deps.store.tx(async (q) => {
    const { session, node } = await openProvinceFor(deps, q, actor, input)
    const national = nationalTerms(session)
    const before = (await termsOf(q, t, [session], node.id)).get(session.id) ?? national
    if (read && !read.ok) throw refused(...read.issues)
    const after = read ? read.value : national
    if (before.isOwn === (read !== null) && isSame(before, after)) return
    if (before.version !== input.version) throw stale()
    const issues = [
      ...outsideNational(after, national),
      ...(session.publishedAt ? takenBack(before, after, deps.clock.now()) : []),
    ]
    if (issues.length > 0) throw refused(...issues)
    await (read ? write(deps, q, input, before, read.value) : drop(deps, q, input))
    await putOffPayments(deps, q, session.id, after.payBy, { only: node.id })
    await logExam(deps, q, 'exam.window-saved', actor, {
      session: session.id,
      department: node.id,
      own: read !== null,
      fee: after.fee,
    })
  })
}

async function write(deps: Deps, q: Q, input: WindowForm, before: ProvinceTerms, terms: TypedTerms) {
  const { examWindow } = deps.store.t
  const { sessionId, departmentId, version } = input
  const [written] = before.isOwn
    ? await q
        .update(examWindow)
        .set({ ...terms, version: version + 1 })
        .where(of(deps, input))
        .returning({ version: examWindow.version })
    : await q
        .insert(examWindow)
        .values({ sessionId, departmentId, ...terms })
        .onConflictDoNothing()
        .returning({ version: examWindow.version })
  if (!written) throw stale()
}

async function drop(deps: Deps, q: Q, input: WindowForm) {
  const { examWindow } = deps.store.t
  const [dropped] = await q
    .delete(examWindow)
    .where(of(deps, input))
    .returning({ version: examWindow.version })
  if (!dropped) throw stale()
}

const of = ({ store }: Deps, { sessionId, departmentId, version }: WindowForm) => {
  const { examWindow } = store.t
  return and(
    eq(examWindow.sessionId, sessionId),
    eq(examWindow.departmentId, departmentId),
    eq(examWindow.version, version),
  )
}
