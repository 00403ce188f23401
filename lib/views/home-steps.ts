/** What waits for a person, and what they wait for: one step of each open case, each with who acts next and by when (MSG-1). */
import type { ServiceCase } from '#db/queries/cases.ts'
import type { FoundEntry } from '#db/queries/exam-entries.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import { isApplicationKind } from '#lib/domain/applications.ts'
import { type CaseState, isUnderReview } from '#lib/domain/case-states.ts'
import { changedSection } from '#lib/domain/changes.ts'
import { paths } from '#lib/paths.ts'
import { applicationText } from '#lib/text/applications.ts'
import { changeWords } from '#lib/text/changes.ts'
import { outcomeWords } from '#lib/text/collection.ts'
import { dayWords, instantWords } from '#lib/text/dates.ts'
import { paymentWords } from '#lib/text/exam-payments.ts'
import { examWords } from '#lib/text/exam-registration.ts'
import { sessionTitle } from '#lib/text/exams.ts'
import { homeWords } from '#lib/text/home.ts'
import { caseKindWords } from '#lib/text/review.ts'
import { pageOfCase } from './case-pages.ts'
import { applicationPages } from './desk-places.ts'
import type { PaymentView } from './exam-payments.ts'

const words = homeWords.pending
export type Card = keyof typeof homeWords.cards

/** Most urgent first: returned, to be paid, to be begun or gone on with, under review, and nothing left to do. */
const ranks = ['mend', 'pay', 'begin', 'wait', 'done'] as const

export interface Step {
  readonly id: string
  readonly rank: (typeof ranks)[number]
  /** Sooner first among those of one rank. */
  readonly by: string
  readonly title: string
  readonly texts: readonly string[]
  readonly href: string
  readonly action: string
  /** What the action is about, where others stand beside it. */
  readonly about: string
}

export const inOrder = (steps: readonly Step[]): Step[] =>
  steps.toSorted(
    (a, b) => ranks.indexOf(a.rank) - ranks.indexOf(b.rank) || (a.by < b.by ? -1 : a.by > b.by ? 1 : 0),
  )

/** Whether it is the person's turn. */
export const isYours = ({ rank }: Step): boolean => rank !== 'wait' && rank !== 'done'

/** Sorts behind every day. */
const noDay = '~'

const cardPlaces: Readonly<Record<Card, string>> = {
  identity: paths.identity,
  identityWaiting: paths.identityPictures,
  identityReturned: paths.identityPictures,
  identityRefused: paths.identityPictures,
  start: paths.collection,
  draft: paths.collection,
  returned: paths.collectionStep('outcome'),
  waiting: paths.collectionStep('outcome'),
  approved: paths.record,
}
const cardRanks: Readonly<Record<Card, Step['rank']>> = {
  identity: 'begin',
  identityWaiting: 'wait',
  identityReturned: 'mend',
  identityRefused: 'mend',
  start: 'begin',
  draft: 'begin',
  returned: 'mend',
  waiting: 'wait',
  approved: 'done',
}

/** Of 实名认证 and 信息采集: before there is a record, there is always one of these. */
export function stepOfCard(card: Card, found: Sent | undefined, department: string): Step {
  const { title, text, action } = homeWords.cards[card]
  const rank = cardRanks[card]
  return {
    id: card,
    rank,
    by: found?.dueOn || noDay,
    title,
    texts: rank === 'wait' && found ? reviewTexts(found, department) : [text],
    href: cardPlaces[card],
    action,
    about: words.about(title),
  }
}

type Sent = Pick<ServiceCase, 'id' | 'kind' | 'state' | 'dueOn' | 'stage' | 'stages'>

/** Who has it, which of how many steps, and by when; a register that does not answer pauses it (CHK-1). */
function reviewTexts({ state, stage, stages, dueOn }: Sent, department: string): string[] {
  return [
    state === 'checking' ? (outcomeWords.next.checking ?? '') : words.by(department),
    ...(stages > 1 ? [applicationText.stage(stage, stages)] : []),
    ...(dueOn !== ''
      ? [`${outcomeWords.due(dayWords(dueOn))}。`]
      : state === 'checking'
        ? [changeWords.paused]
        : []),
  ]
}

/** The page on which it is mended. */
function mendingPage(kind: CaseKindId): string {
  const page = changedSection(kind)
  if (page !== null) return paths.changeEdit(page)
  return isApplicationKind(kind) ? applicationPages[kind] : pageOfCase[kind]
}

/** The page that says how far it is. */
function waitingPage({ id, kind }: Sent): string {
  if (kind === 'transfer') return paths.transfer(id)
  return isApplicationKind(kind) ? applicationPages[kind] : pageOfCase[kind]
}

/** Whether a case of this state is told here at all: a draft is told by its module. */
export const isTold = (state: CaseState): boolean => state === 'returned' || isUnderReview(state)

/** Of a case beside 实名认证 and 信息采集; `blocked` is what keeps a returned one from being sent again (TRF-1). */
export function stepOfCase(found: Sent, department: string, blocked: readonly string[]): Step {
  const { name } = caseKindWords[found.kind]
  const common = { id: found.id, about: words.about(name) }
  if (isUnderReview(found.state))
    return {
      ...common,
      rank: 'wait',
      by: found.dueOn || noDay,
      title: words.underReview(name),
      texts: reviewTexts(found, department),
      href: waitingPage(found),
      action: words.see,
    }
  return {
    ...common,
    rank: 'mend',
    by: '',
    title: words.returned(name),
    texts: [words.returnedText, ...blocked.map((reason) => `${reason}。`)],
    href: mendingPage(found.kind),
    action: words.mend,
  }
}

type Payment = Pick<PaymentView, 'standing' | 'isLate' | 'isOnline' | 'payBy'>

/** Of a registration for an exam that is not settled: to be paid (domain.md §9, 14), or looked at by a person. */
export function stepOfEntry(
  { entry, session, case: file }: Pick<FoundEntry, 'entry' | 'session' | 'case'>,
  payment: Payment | null,
  department: string,
): Step {
  const exam = sessionTitle(session)
  const common = { id: file.id, href: paths.exam(session.id), about: words.about(words.exam.name(exam)) }
  if (payment === null)
    return {
      ...common,
      rank: 'wait',
      by: file.dueOn || noDay,
      title: words.underReview(words.exam.name(exam)),
      texts: [...reviewTexts(file, department), ...(entry.fee > 0 ? [words.exam.payLater] : [])],
      action: words.see,
    }
  const isBegun = payment.standing === 'confirming'
  return {
    ...common,
    rank: 'pay',
    by: entry.payBy.toISOString(),
    title: isBegun ? words.exam.confirming(exam) : words.exam.unpaid(exam),
    ...payTold(payment, isBegun),
  }
}

/** What is to be done by when, as the page of the registration says it. */
function payTold({ payBy, isLate, isOnline }: Payment, isBegun: boolean) {
  const asked = examWords.next['awaiting-payment'](instantWords(payBy))
  const { look, pay } = words.exam
  if (isLate) return { texts: [paymentWords.lateText(payBy)], action: look }
  if (isBegun) return { texts: [paymentWords.confirmingText, asked], action: paymentWords.check }
  return isOnline ? { texts: [asked], action: pay } : { texts: [asked, paymentWords.off], action: look }
}
