import { accountById } from '#db/queries/accounts.ts'
import { departmentFacts } from '#db/queries/case-file.ts'
import { kindsUnderReview } from '#db/queries/cases.ts'
import { type Department, departmentById } from '#db/queries/departments.ts'
import { heldEntry, seatsOfClosed } from '#db/queries/exam-entries.ts'
import { penaltiesOf } from '#db/queries/exam-records.ts'
import { type ExamSession, nationalTerms, publishedSession, sitesOf, windowOf } from '#db/queries/exams.ts'
import { type OpenRecord, openRecord } from '#db/queries/records.ts'
import type { Q } from '#db/store.ts'
import { insert, lock } from '#db/write.ts'
import { nothingAgainst } from '#lib/cases/define.ts'
import { exam } from '#lib/cases/exam.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { type Eligibility, eligibility } from '#lib/domain/eligibility.ts'
import { notFound, refused, stale } from '#lib/domain/errors.ts'
import { sessionClosing } from '#lib/domain/exam-conditions.ts'
import { type ExamWindow, phaseOf } from '#lib/domain/exams.ts'
import { provinceOf } from '#lib/domain/province-rules.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { hour, limitKey, take } from '#lib/limits.ts'
import { type AnswerSection, answersOf } from '#lib/readers/answers.ts'
import { draftOf, recordDraft } from '#lib/readers/draft.ts'
import { eligibilityAnswers } from '#lib/readers/eligibility-answers.ts'
import { type ExamChoice, siteIssues, subjectsChosen } from '#lib/readers/exam-choice.ts'
import { examFacts } from '#lib/readers/exam-facts.ts'
import { sectionById } from '#lib/sections/all.ts'
import { mainRow } from '#lib/sections/define.ts'
import { siteWords, verdictSaid } from '#lib/text/exam-registration.ts'
import { moneyWords, sessionTitle, subjectsWords } from '#lib/text/exams.ts'
import { openCaseForService } from './support/case-work.ts'
import { holdKeyOf, takeSeat } from './support/exam-entries.ts'
import { ofSamePerson } from './support/former-accounts.ts'
import { lockAccount } from './support/lock-account.ts'
import { makeCase } from './support/new-case.ts'
import { sendRound } from './support/send-round.ts'

export interface ExamRegistration extends ExamChoice {
  readonly sessionId: string
  readonly declared: boolean
}

/** Registering and taking back in turns fills the log, and keeps others waiting for the seats. */
const newEntries = { limit: 10, windowMs: hour }

/** Pages of the record that a registration is judged and printed by. */
const pagesRead = ['basic', 'education', 'employment', 'qualifications'] as const

/**
 * 提交报名 (EXM-3), judged whole in one transaction by the server's clock: a seat is held from here on, and whoever is 符合 by rule waits
 * for the payment alone. The same registration sent again gives the case it has. Refused, everything at once: `exam-not-open` {at},
 * `exam-closed` {at}, `exam-unmet` {level, condition, needs, has, why} for each condition, what `subjectsChosen` and `siteIssues` say,
 * the kind's precondition; `exam-registered` {number} beside another one for this session, `exam-registered-before` {number} beside one
 * that was paid for under an account they have closed since; `exam-too-many` {limit} in an hour. `stale`
 * where the 报考点 was moved this moment; `not-found` for a session nobody sees.
 */
export async function registerForExam(
  deps: Deps,
  actor: Applicant,
  input: ExamRegistration,
): Promise<{ readonly caseId: string; readonly number: string }> {
  const { store, clock } = deps
  const { t } = store
  return store.tx(async (q) => {
    await lockAccount(deps, q, actor.id)
    const account = await accountById(q, t, deps.keys, actor.id)
    const session = await publishedSession(q, t, input.sessionId)
    // Closed since the page was asked for.
    if (account?.status !== 'active' || !session) throw notFound()
    const held = await heldEntry(q, t, holdKeyOf(actor.id, session.id))
    if (held) return sameAgain(held, session, input)

    const now = clock.now()
    const home = await homeOf(deps, q, actor)
    const terms = home ? await windowOf(q, t, session.id, home.province) : nationalTerms(session)
    if (!terms) throw notFound()
    // Told to nobody but who is on the record, and so has proved to be this person.
    const seats = home ? await seatsOfClosed(q, t, { birth: account.birth, sessionId: session.id }) : []
    const sites = home ? await sitesOf(q, t, session.id, home.province) : []
    const subjects = subjectsChosen(session.level, input.subjects)
    const judged = home && (await judge(deps, q, actor, home.record, session, terms))
    const issues = [
      ...phaseIssues(terms, now),
      ...exam.precondition({
        ...nothingAgainst,
        hasRecord: home !== null,
        underReview: await kindsUnderReview(q, t, actor.id, null),
        declared: input.declared,
      }),
      ...ofSamePerson(deps, account, seats).map(({ number }) =>
        issue(null, 'exam-registered-before', { number: number ?? '' }),
      ),
      ...(judged ? unmetIssues(judged) : []),
      ...(home ? siteIssues(input.siteId, sites) : []),
      ...(subjects.ok ? [] : subjects.issues),
    ]
    const site = sites.find(({ id }) => id === input.siteId)
    if (issues.length > 0 || !home || !judged || !subjects.ok || !site) throw refused(...issues)

    if (!(await take(q, t, limitKey(deps, 'exam-entry', actor.id), newEntries, now)))
      throw refused(issue(null, 'exam-too-many', { limit: newEntries.limit }))

    const fee = terms.fee * subjects.value.length
    const caseId = await makeCase(deps, q, actor, {
      kind: 'exam',
      personId: actor.id,
      openKey: `${exam.openKey(actor.id)}:${session.id}`,
      departmentId: home.department.id,
      section: 'exam',
      row: {
        id: mainRow,
        rev: 1,
        values: {
          session: sessionTitle(session),
          site: siteWords(site),
          subjects: subjectsWords(subjects.value),
          fee: moneyWords(fee),
          verdict: verdictSaid(judged),
        },
      },
      data: { session: session.id },
    })
    await insert(q, t.examEntry, {
      caseId,
      sessionId: session.id,
      personId: actor.id,
      departmentId: home.province,
      siteId: site.id,
      subjects: subjects.value.join(' '),
      fee,
      payBy: terms.payBy,
      state: 'reviewing',
      holdKey: holdKeyOf(actor.id, session.id),
      createdAt: now,
    })
    const file = await openCaseForService(deps, q, caseId)
    if (!file) throw new Error('a case that is gone in its own transaction')
    const isAutomatic = judged.verdict === 'eligible'
    const { number } = await sendRound(deps, q, actor, file, {
      draft: draftOf(file, dayOf(now)),
      route: [home.department],
      beside: [eligibilityAnswers(judged), ...(await recordAnswers(deps, q, account, home, isAutomatic))],
      isAutomatic,
    })
    // Last, as everybody who registers there waits for this row.
    const seat = await takeSeat(deps, q, {
      siteId: site.id,
      sessionId: session.id,
      departmentId: home.province,
    })
    if (!seat) throw refused(issue('site', 'exam-site-full'))
    // Moved since it was read: what was confirmed, and stands frozen, names another place.
    if (seat.name !== site.name || seat.city !== site.city) throw stale()
    return { caseId, number }
  })
}

type Held = NonNullable<Awaited<ReturnType<typeof heldEntry>>>

/** The second of two clicks finds it done; whoever chose otherwise takes the first back before. */
function sameAgain({ entry, number }: Held, { level }: ExamSession, input: ExamRegistration) {
  const subjects = subjectsChosen(level, input.subjects)
  const isSame = entry.siteId === input.siteId && subjects.ok && subjects.value.join(' ') === entry.subjects
  if (!isSame) throw refused(issue(null, 'exam-registered', { number: number ?? '' }))
  return { caseId: entry.caseId, number: number ?? '' }
}

interface Home {
  readonly record: OpenRecord
  readonly department: Department
  /** The node of the first level. */
  readonly province: string
}

/**
 * The record and where it is kept, locked: it is read whole, between two changes of it, and whoever moves it elsewhere finds what was
 * sent where it was. Null before there is one.
 */
async function homeOf({ store, keys }: Deps, q: Q, actor: Applicant): Promise<Home | null> {
  const { person } = store.t
  await lock(q, person, actor.id)
  const held = await openRecord(q, store.t, keys, actor.id)
  const department = held && (await departmentById(q, store.t, held.departmentId))
  return held && department ? { record: held, department, province: provinceOf(department.path) } : null
}

/** EXM-1: at `closesAt` it is closed, whenever the form was opened. */
function phaseIssues(terms: ExamWindow, now: Date): Issue[] {
  const phase = phaseOf(terms, now)
  if (phase === 'open') return []
  return phase === 'before'
    ? [issue(null, 'exam-not-open', { at: terms.opensAt.toISOString() })]
    : [issue(null, 'exam-closed', { at: terms.closesAt.toISOString() })]
}

/** EXM-2, by the record as it is now. */
async function judge(
  { store, clock }: Deps,
  q: Q,
  actor: Applicant,
  record: OpenRecord,
  session: ExamSession,
  { closesAt }: ExamWindow,
): Promise<Eligibility> {
  const conduct = await penaltiesOf(q, store.t, [actor.id])
  return eligibility(examFacts(record, conduct, dayOf(clock.now())), sessionClosing(session, closesAt))
}

/** Every condition that is in the way: each must, and of the ways all, where none is open. */
function unmetIssues({ level, verdict, lines }: Eligibility): Issue[] {
  if (verdict !== 'ineligible') return []
  const hasWay = lines.some(({ part, state }) => part === 'way' && state !== 'unmet')
  return lines
    .filter(({ part, state }) => state === 'unmet' && (part === 'must' || !hasWay))
    .map(({ condition, needs, has, why }) =>
      issue(null, 'exam-unmet', { level, condition, needs: needs ?? 0, has: has ?? 0, why: why.join(' ') }),
    )
}

/** The pages of the record; proofs only where somebody will look at them, the portrait always. */
async function recordAnswers(
  { store, clock }: Deps,
  q: Q,
  account: Parameters<typeof recordDraft>[0]['account'],
  { record: held, department }: Home,
  isAutomatic: boolean,
): Promise<AnswerSection[]> {
  const draft = recordDraft(
    { account, department: await departmentFacts(q, store.t, held.departmentId), ...held },
    dayOf(clock.now()),
  )
  return pagesRead.map((id) =>
    answersOf(
      sectionById(id),
      draft.rows(id),
      draft.context,
      draft.files(id).filter(({ slot }) => !isAutomatic || slot === 'portrait'),
      { department: department.fullName },
    ),
  )
}
