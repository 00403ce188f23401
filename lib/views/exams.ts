/** 会计专业技术资格考试 of a person (EXM-2, EXM-3): what is open, whether they may sit it, and their registrations. */
import { accountById } from '#db/queries/accounts.ts'
import { departmentFacts } from '#db/queries/case-file.ts'
import { roundAt, roundNoteContext } from '#db/queries/cases.ts'
import { departmentById } from '#db/queries/departments.ts'
import { entriesOf, type FoundEntry, latestEntry } from '#db/queries/exam-entries.ts'
import { penaltiesOf } from '#db/queries/exam-records.ts'
import {
  type ExamSession,
  nationalTerms,
  type ProvinceTerms,
  publishedSession,
  publishedSessions,
  sitesOf,
  termsOf,
} from '#db/queries/exams.ts'
import { type OpenRecord, openRecord } from '#db/queries/records.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { eligibility } from '#lib/domain/eligibility.ts'
import { notFound } from '#lib/domain/errors.ts'
import { sessionClosing } from '#lib/domain/exam-conditions.ts'
import {
  type ExamState,
  type ExamSubject,
  holdsSeat,
  isExamSubject,
  levelRules,
  phaseOf,
} from '#lib/domain/exams.ts'
import { provinceOf } from '#lib/domain/province-rules.ts'
import { type AnswerSection, answersOf } from '#lib/readers/answers.ts'
import { recordDraft } from '#lib/readers/draft.ts'
import { type ExamChoice, siteIssues, subjectsChosen } from '#lib/readers/exam-choice.ts'
import { examFacts } from '#lib/readers/exam-facts.ts'
import { sectionById } from '#lib/sections/all.ts'
import { dayWords, instantWords } from '#lib/text/dates.ts'
import { examWords, siteWords } from '#lib/text/exam-registration.ts'
import { examStateWords, examSubjectWords, moneyWords, sessionTitle, subjectsWords } from '#lib/text/exams.ts'
import { regionFullName } from '#lib/text/regions.ts'
import { registrationAnswers } from '#lib/text/registration.ts'
import { ownEligibility } from './eligibility.ts'
import { daysOfExam, windowWords } from './exam-notices.ts'
import { readinessOf } from './exam-readiness.ts'

/** One registration, in words. */
export interface OwnEntry {
  readonly caseId: string
  readonly sessionId: string
  readonly title: string
  readonly state: ExamState
  readonly stateWord: string
  /** What follows, and by when. */
  readonly next: string
  /** What the office gave as its reason, of one that was not let pass. */
  readonly note: string
  readonly holds: boolean
  /** It may be taken back. */
  readonly withdrawable: boolean
  readonly caseNumber: string
  /** 报名序号; '' before it is paid. */
  readonly number: string
  readonly site: string
  readonly subjects: string
  readonly fee: string
  readonly sentAt: string
  readonly payBy: string
}

async function entryView(deps: Deps, { entry, session, site, case: file }: FoundEntry): Promise<OwnEntry> {
  const { state } = entry
  const payBy = instantWords(entry.payBy)
  const due = file.dueOn === '' ? '' : dayWords(file.dueOn)
  const words = examWords.next
  const next =
    state === 'reviewing'
      ? words.reviewing(due)
      : state === 'awaiting-payment'
        ? words['awaiting-payment'](payBy)
        : words[state]
  return {
    caseId: entry.caseId,
    sessionId: session.id,
    title: sessionTitle(session),
    state,
    stateWord: examStateWords[state],
    next,
    note: state === 'closed' ? await refusalOf(deps, file.id, file.round) : '',
    holds: holdsSeat(state),
    withdrawable: state === 'reviewing' || state === 'awaiting-payment',
    caseNumber: file.number ?? '',
    number: entry.number ?? '',
    site: siteWords(site),
    subjects: subjectsWords(entry.subjects.split(' ').filter(isExamSubject)),
    fee: moneyWords(entry.fee),
    sentAt: instantWords(entry.createdAt),
    payBy,
  }
}

async function refusalOf({ store, keys }: Deps, caseId: string, round: number): Promise<string> {
  const row = await roundAt(store.read, store.t, caseId, round)
  return row && row.noteSealed !== '' ? keys.unseal(row.noteSealed, roundNoteContext(caseId, round)) : ''
}

interface Home {
  readonly record: OpenRecord
  readonly provinceId: string
  readonly province: string
}

/** The record and the province it is kept in; null before there is one. */
async function homeOf({ store, keys }: Deps, actor: Applicant): Promise<Home | null> {
  const { read, t } = store
  const record = await openRecord(read, t, keys, actor.id)
  const department = record && (await departmentById(read, t, record.departmentId))
  if (!record || !department) return null
  const provinceId = provinceOf(department.path)
  const province = (await departmentById(read, t, provinceId))?.fullName ?? ''
  return { record, provinceId, province }
}

const sessionView = (session: ExamSession, terms: ProvinceTerms, now: Date) => ({
  id: session.id,
  title: sessionTitle(session),
  level: session.level,
  phase: phaseOf(terms, now),
  ...windowWords(terms),
  days: daysOfExam(session),
  fee: moneyWords(terms.fee),
  notice: session.notice,
})

/** Every exam that is published, as it stands for this person, and all they ever registered for. */
export async function ownExams(deps: Deps, actor: Applicant) {
  const { read, t } = deps.store
  const now = deps.clock.now()
  const home = await homeOf(deps, actor)
  const sessions = await publishedSessions(read, t, dayOf(now))
  const terms = await termsOf(read, t, sessions, home?.provinceId ?? null)
  const conduct = home ? await penaltiesOf(read, t, [actor.id]) : []
  const facts = home && examFacts(home.record, conduct, dayOf(now))
  const entries: OwnEntry[] = []
  for (const found of await entriesOf(read, t, actor.id)) entries.push(await entryView(deps, found))
  const next = sessions.find(({ id, ...session }) => {
    const phase = phaseOf(terms.get(id) ?? session, now)
    return phase === 'before' || phase === 'open'
  })
  return {
    province: home?.province ?? null,
    entries,
    /** Before there is a record: what comes first, for the next exam one may register for. */
    readiness:
      next && home === null
        ? await readinessOf(deps, actor, next, terms.get(next.id) ?? nationalTerms(next))
        : [],
    sessions: sessions.map((session) => {
      const here = terms.get(session.id) ?? nationalTerms(session)
      return {
        ...sessionView(session, here, now),
        /** null before there is a record. */
        verdict: facts && eligibility(facts, sessionClosing(session, here.closesAt)).verdict,
        entry: entries.find(({ sessionId, holds }) => holds && sessionId === session.id) ?? null,
      }
    }),
  }
}

/** One exam, the newest registration of this person for it, and what their province has set. */
async function load(deps: Deps, actor: Applicant, sessionId: string) {
  const { read, t } = deps.store
  const latest = await latestEntry(read, t, actor.id, sessionId)
  const session = latest ? latest.session : await publishedSession(read, t, sessionId)
  if (!session) throw notFound()
  const home = await homeOf(deps, actor)
  const terms =
    (await termsOf(read, t, [session], home?.provinceId ?? null)).get(session.id) ?? nationalTerms(session)
  const sites = home ? await sitesOf(read, t, session.id, home.provinceId) : []
  const own = await ownEligibility(deps, actor, sessionClosing(session, terms.closesAt))
  const holds = latest !== null && holdsSeat(latest.entry.state)
  const readiness = holds ? [] : await readinessOf(deps, actor, session, terms)
  return { session, latest, home, terms, sites, eligibility: own, readiness }
}

type Loaded = Awaited<ReturnType<typeof load>>

async function examView(deps: Deps, loaded: Loaded) {
  const { session, latest, home, terms, sites, eligibility: own, readiness } = loaded
  const { subjects, together } = levelRules[session.level]
  return {
    ...sessionView(session, terms, deps.clock.now()),
    province: home?.province ?? null,
    eligibility: own,
    /** What has to be done before one may register; nothing where nothing mends it. */
    readiness,
    entry: latest && (await entryView(deps, latest)),
    cities: citiesOf(sites),
    /** All subjects at once. */
    together,
    subjects: subjects.map((id) => ({ id, label: examSubjectWords[id] })),
  }
}

/** One exam for one person; `not-found` for a session nobody sees and they never registered for. */
export const ownExam = async (deps: Deps, actor: Applicant, sessionId: string) =>
  examView(deps, await load(deps, actor, sessionId))

export type OwnExam = Awaited<ReturnType<typeof ownExam>>

type Sites = Loaded['sites']

/** 报考点 by city, each with the seats that are left. */
const citiesOf = (sites: Sites) =>
  [...Map.groupBy(sites, ({ city }) => city)].map(([city, there]) => ({
    city,
    name: regionFullName(city),
    sites: there.map(({ id, name, capacity, taken }) => ({ id, name, left: Math.max(0, capacity - taken) })),
  }))

/** What is read again before it is sent. */
const pagesShown = ['basic', 'education', 'employment', 'qualifications'] as const

/**
 * 核对报名信息: what was chosen and what the record says. `issues` where the choice does not stand; the command judges it again. Null
 * for who cannot register now, or has.
 */
export async function examConfirmation(deps: Deps, actor: Applicant, sessionId: string, choice: ExamChoice) {
  const loaded = await load(deps, actor, sessionId)
  const { home, sites, terms } = loaded
  const view = await examView(deps, loaded)
  const isBarred = view.readiness.length > 0 || view.eligibility?.verdict === 'ineligible'
  if (!home || view.phase !== 'open' || view.entry?.holds || isBarred) return null
  const subjects = subjectsChosen(view.level, choice.subjects)
  const site = sites.find(({ id }) => id === choice.siteId)
  const issues = [...siteIssues(choice.siteId, sites), ...(subjects.ok ? [] : subjects.issues)]
  if (!subjects.ok || !site) return { view, issues, chosen: null }
  return {
    view,
    issues,
    chosen: {
      siteId: site.id,
      subjects: subjects.value,
      facts: chosenFacts(site, subjects.value, terms.fee),
      answers: await recordAnswers(deps, actor, home.record),
    },
  }
}

const chosenFacts = (site: Sites[number], subjects: readonly ExamSubject[], fee: number) => ({
  site: siteWords(site),
  subjects: subjectsWords(subjects),
  total: moneyWords(fee * subjects.length),
})

async function recordAnswers(deps: Deps, actor: Applicant, record: OpenRecord): Promise<AnswerSection[]> {
  const { store, keys, clock } = deps
  const account = await accountById(store.read, store.t, keys, actor.id)
  if (!account) throw notFound()
  const department = await departmentFacts(store.read, store.t, record.departmentId)
  const draft = recordDraft({ account, department, ...record }, dayOf(clock.now()))
  return [
    registrationAnswers(account),
    ...pagesShown.map((id) =>
      answersOf(
        sectionById(id),
        draft.rows(id),
        draft.context,
        // The portrait is printed; proofs were looked at when the record was approved.
        draft.files(id).filter(({ slot }) => slot === 'portrait'),
        { department: department?.fullName ?? '' },
      ),
    ),
  ]
}

/** Whether a choice stands as far as pages can say, for the step before it is confirmed. */
export async function choiceIssues(deps: Deps, actor: Applicant, sessionId: string, choice: ExamChoice) {
  const found = await examConfirmation(deps, actor, sessionId, choice)
  return found?.issues ?? []
}
