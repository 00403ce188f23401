/** What still keeps a person from registering for an exam, and by when to see to it (EXM-3). */
import { accountById } from '#db/queries/accounts.ts'
import { kindsUnderReview, latestCases, type ServiceCase } from '#db/queries/cases.ts'
import { departmentById } from '#db/queries/departments.ts'
import { entriesOf } from '#db/queries/exam-entries.ts'
import { penaltiesOf } from '#db/queries/exam-records.ts'
import { type ExamSession, nationalTerms, publishedSessions, termsOf } from '#db/queries/exams.ts'
import { type OpenRecord, openRecord } from '#db/queries/records.ts'
import { matterOf } from '#lib/cases/blocking.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { isUnderReview } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { eligibility } from '#lib/domain/eligibility.ts'
import { sessionClosing } from '#lib/domain/exam-conditions.ts'
import { type Block, isNear, lastWholeDay, submitBy, timingOf } from '#lib/domain/exam-readiness.ts'
import { type ExamWindow, holdsSeat, phaseOf } from '#lib/domain/exams.ts'
import { provinceOf } from '#lib/domain/province-rules.ts'
import { defaultReviewDays } from '#lib/domain/working-days.ts'
import { paths } from '#lib/paths.ts'
import { examFacts } from '#lib/readers/exam-facts.ts'
import { instantWords } from '#lib/text/dates.ts'
import { missingText } from '#lib/text/eligibility.ts'
import { readinessWords as words } from '#lib/text/exam-readiness.ts'
import { sessionTitle } from '#lib/text/exams.ts'

export interface ReadinessLine {
  readonly block: Block
  /** What is the matter, and by when to see to it. */
  readonly texts: readonly string[]
  readonly href: string
  readonly action: string
}

/** Facts about a person that every session asks. */
interface Standing {
  readonly verified: boolean
  readonly cases: ReadonlyMap<ServiceCase['kind'], ServiceCase>
  readonly underReview: readonly ServiceCase['kind'][]
  readonly record: OpenRecord | null
  /** The first-level node the record belongs to, or the one chosen for the collection under way; null where nothing was chosen. */
  readonly provinceId: string | null
  /** Working days the department takes. */
  readonly reviewDays: number
}

async function standingOf({ store, keys }: Deps, actor: Applicant): Promise<Standing> {
  const { read, t } = store
  const account = await accountById(read, t, keys, actor.id)
  const cases = await latestCases(read, t, actor.id)
  const record = await openRecord(read, t, keys, actor.id)
  const home = record?.departmentId ?? cases.get('collection')?.departmentId ?? null
  const node = home === null ? null : await departmentById(read, t, home)
  return {
    verified: account?.identityState === 'verified',
    cases,
    underReview: await kindsUnderReview(read, t, actor.id, null),
    record,
    provinceId: node ? provinceOf(node.path) : null,
    reviewDays: node?.reviewDays ?? defaultReviewDays,
  }
}

/** Everything in the way of this person for a session whose window in their province is `window`; nothing once registration is over. */
export async function readinessOf(
  deps: Deps,
  actor: Applicant,
  session: ExamSession,
  window: ExamWindow,
): Promise<readonly ReadinessLine[]> {
  return linesOf(deps, actor, await standingOf(deps, actor), session, window)
}

async function linesOf(
  deps: Deps,
  actor: Applicant,
  standing: Standing,
  session: ExamSession,
  window: ExamWindow,
): Promise<readonly ReadinessLine[]> {
  const now = deps.clock.now()
  const phase = phaseOf(window, now)
  if (phase === 'paying' || phase === 'over') return []
  const { record, underReview } = standing
  const clock = await deadlines(deps, standing, window)
  if (record === null) return firstSteps(standing, clock, window)
  return [
    ...(underReview.includes('transfer')
      ? [waiting('transfer', standing.cases.get('transfer'), window)]
      : []),
    ...(await mendable(deps, actor, standing, session, window, clock.change)),
  ]
}

/** By when to submit, in words: a collection by its own deadline, a change so that it is approved before registration ends. */
async function deadlines(deps: Deps, { reviewDays }: Standing, { collectBy, closesAt }: ExamWindow) {
  const calendar = await deps.calendar()
  const now = deps.clock.now()
  const said = (until: Date) => {
    const by = submitBy(until, reviewDays, calendar)
    return words.submit[timingOf(now, until, by)](by, instantWords(until))
  }
  return { collection: said(collectBy), change: said(closesAt) }
}
type Deadlines = Awaited<ReturnType<typeof deadlines>>

const places: Readonly<Record<Block, string>> = {
  identity: paths.identity,
  'identity-waiting': paths.identityPictures,
  collection: paths.collection,
  'collection-draft': paths.collection,
  'collection-returned': paths.collectionStep('outcome'),
  'collection-waiting': paths.collectionStep('outcome'),
  transfer: paths.transfers,
  record: paths.changes('education'),
  'change-waiting': paths.changes(),
}

const line = (block: Block, ...more: string[]): ReadinessLine => ({
  block,
  texts: [words.blocks[block].text, ...more],
  href: places[block],
  action: words.blocks[block].action,
})

/** What is being judged, and whether that ends before registration does. */
function waiting(block: Block, found: ServiceCase | undefined, { closesAt }: ExamWindow): ReadinessLine {
  const dueOn = found?.dueOn ?? ''
  if (dueOn === '') return line(block)
  return line(
    block,
    dueOn <= lastWholeDay(closesAt) ? words.due(dueOn) : words.dueLate(dueOn, instantWords(closesAt)),
  )
}

/** Before there is a record: 实名认证, then the collection. */
function firstSteps({ verified, cases }: Standing, clock: Deadlines, window: ExamWindow): ReadinessLine[] {
  const [identity, collection] = [cases.get('identity'), cases.get('collection')]
  const state = collection?.state
  const identityLine = identity && isUnderReview(identity.state) ? 'identity-waiting' : 'identity'
  return [
    ...(verified ? [] : [line(identityLine)]),
    state !== undefined && isUnderReview(state)
      ? waiting('collection-waiting', collection, window)
      : state === 'returned'
        ? line('collection-returned', clock.collection)
        : state === 'draft' || state === 'withdrawn'
          ? line('collection-draft', clock.collection)
          : line('collection', clock.collection),
  ]
}

/** What no change of the record mends. */
const fixed: ReadonlySet<string> = new Set(['no-ban', 'level-free'])

async function mendable(
  { store, clock }: Deps,
  actor: Applicant,
  { record, cases, underReview }: Standing,
  session: ExamSession,
  window: ExamWindow,
  by: string,
): Promise<ReadinessLine[]> {
  if (record === null) return []
  const conduct = await penaltiesOf(store.read, store.t, [actor.id])
  const facts = examFacts(record, conduct, dayOf(clock.now()))
  const found = eligibility(facts, sessionClosing(session, window.closesAt))
  if (found.verdict !== 'ineligible') return []
  if (found.lines.some(({ condition, state }) => state === 'unmet' && fixed.has(condition))) return []
  const missing = words.missing(missingText(found))
  const change = underReview.find((kind) => matterOf(kind) === 'change')
  if (change) {
    const { texts, ...rest } = waiting('change-waiting', cases.get(change), window)
    return [{ ...rest, texts: [words.blocks.record.text, ...texts] }]
  }
  return [line('record', missing, by)]
}

/**
 * For the home page, where registration is near or open: what keeps this person from it, of the first session it is true of that they
 * have not registered for. Conditions of an exam are not told here: not everybody on record means to sit one.
 */
export async function homeReadiness(deps: Deps, actor: Applicant) {
  const { read, t } = deps.store
  const now = deps.clock.now()
  // A province's window lies inside the national one: where that is not near, none is.
  const sessions = (await publishedSessions(read, t, dayOf(now))).filter((session) => isNear(session, now))
  if (sessions.length === 0) return null
  const standing = await standingOf(deps, actor)
  const terms = await termsOf(read, t, sessions, standing.provinceId)
  const held = new Set(
    (await entriesOf(read, t, actor.id))
      .filter(({ entry }) => holdsSeat(entry.state))
      .map(({ entry }) => entry.sessionId),
  )
  for (const session of sessions) {
    const window = terms.get(session.id) ?? nationalTerms(session)
    if (held.has(session.id) || !isNear(window, now)) continue
    const lines = (await linesOf(deps, actor, standing, session, window)).filter(
      ({ block }) => block !== 'record' && block !== 'change-waiting',
    )
    if (lines.length > 0)
      return { sessionId: session.id, title: words.homeTitle(sessionTitle(session)), lines }
  }
  return null
}
