import { and, eq } from 'drizzle-orm'
import { type ExamSession, ownTermsOf, sessionOfYear } from '#db/queries/exams.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused, stale } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { checkExamSession, outsideNational, type TypedSession, takenBack } from '#lib/schemas/exam-session.ts'
import { actingForExams, logExam, openSessionFor, putOffPayments } from './support/exam-work.ts'

interface SessionForm {
  /** Null for a new one. */
  readonly sessionId: string | null
  /** As it was seen; another one since then is `stale`. 0 of a new one. */
  readonly version: number
  readonly typed: unknown
}

const facts = [
  'level',
  'year',
  'opensAt',
  'collectBy',
  'closesAt',
  'payBy',
  'examFrom',
  'examTo',
  'fee',
  'notice',
] as const satisfies readonly (keyof TypedSession)[]

const plain = (value: Date | string | number) => (value instanceof Date ? value.getTime() : value)
const changedIn = (before: TypedSession, after: TypedSession) =>
  facts.filter((fact) => plain(before[fact]) !== plain(after[fact]))

/**
 * A session of a level and year (EXM-1): new, and seen by nobody before it is published, or changed. The same form twice changes
 * nothing the second time. Refused: the issues of `checkExamSession` and, once it is published, of `takenBack`; `exam-session-exists`,
 * `exam-level-fixed`, `exam-provinces-outside`; `stale`; `not-found` for everybody but operators.
 */
export async function saveExamSession(
  deps: Deps,
  actor: Actor,
  { sessionId, version, typed }: SessionForm,
): Promise<{ readonly id: string }> {
  const read = checkExamSession(typed)
  return deps.store.tx(async (q) => {
    if (sessionId === null) {
      await actingForExams(deps, q, actor)
      if (!read.ok) throw refused(...read.issues)
      return { id: await add(deps, q, actor, read.value) }
    }
    const session = await openSessionFor(deps, q, actor, sessionId)
    if (!read.ok) throw refused(...read.issues)
    await change(deps, q, actor, session, version, read.value)
    return { id: sessionId }
  })
}

async function add(deps: Deps, q: Q, actor: Actor, typed: TypedSession): Promise<string> {
  const { t } = deps.store
  const id = newId(deps.clock.now())
  const [made] = await q
    .insert(t.examSession)
    .values({ id, ...typed, createdAt: deps.clock.now() })
    .onConflictDoNothing()
    .returning({ id: t.examSession.id })
  if (made) {
    await logExam(deps, q, 'exam.session-saved', actor, { session: id, level: typed.level, year: typed.year })
    return id
  }
  const there = await sessionOfYear(q, t, typed)
  // Sent twice.
  if (there && changedIn(there, typed).length === 0) return there.id
  throw refused(issue('level', 'exam-session-exists'))
}

async function change(
  deps: Deps,
  q: Q,
  actor: Actor,
  session: ExamSession,
  version: number,
  typed: TypedSession,
): Promise<void> {
  const { t } = deps.store
  const changed = changedIn(session, typed)
  if (changed.length === 0) return
  if (session.version !== version) throw stale()
  const own = await ownTermsOf(q, t, session.id)
  const issues: Issue[] = [
    ...(session.publishedAt === null ? [] : promised(session, typed, deps.clock.now())),
    ...outsideOf(own, typed),
  ]
  const twin = await sessionOfYear(q, t, typed)
  if (twin && twin.id !== session.id) issues.push(issue('level', 'exam-session-exists'))
  if (issues.length > 0) throw refused(...issues)
  const [row] = await q
    .update(t.examSession)
    .set({ ...typed, version: version + 1 })
    .where(and(eq(t.examSession.id, session.id), eq(t.examSession.version, version)))
    .returning({ id: t.examSession.id })
  if (!row) throw stale()
  await putOffPayments(deps, q, session.id, typed.payBy, { except: [...own.keys()] })
  await logExam(deps, q, 'exam.session-saved', actor, { session: session.id, changed: changed.join(' ') })
}

const promised = (before: ExamSession, after: TypedSession, now: Date): Issue[] => [
  ...(before.level !== after.level || before.year !== after.year ? [issue('level', 'exam-level-fixed')] : []),
  ...takenBack(before, after, now),
]

/** A province keeps to the national window, so that the window cannot leave one behind. */
function outsideOf(own: Awaited<ReturnType<typeof ownTermsOf>>, national: TypedSession): Issue[] {
  const found = [...own.values()].flatMap((terms) => outsideNational(terms, national).map(({ at }) => at))
  return [...new Set(found)].map((at) => issue(at, 'exam-provinces-outside'))
}
