/** 帮助中心 (HLP-1) as its pages show it: answers with the limits of this very installation, links with addresses. */
import type { Deps } from '#lib/deps.ts'
import { keptMinutes } from '#lib/domain/lifetimes.ts'
import { defaultReviewDays } from '#lib/domain/working-days.ts'
import { paths } from '#lib/paths.ts'
import { type Marked, searchHelp, tidyQuery } from '#lib/readers/help-search.ts'
import { proofLimits } from '#lib/schemas/attachment.ts'
import { nameLimits } from '#lib/schemas/name.ts'
import { passwordLimits } from '#lib/schemas/password.ts'
import { portraitLimits } from '#lib/schemas/photo.ts'
import { smsCodeLimits } from '#lib/schemas/sms-code.ts'
import { sectionById } from '#lib/sections/all.ts'
import { workProofKinds } from '#lib/sections/options.ts'
import { workProofSlots } from '#lib/sections/work-proofs.ts'
import { helpTopics } from '#lib/text/help/all.ts'
import type { HelpFacts, HelpPlace, HelpTopic, HelpTopicId, Piece } from '#lib/text/help/define.ts'
import { sectionWords } from '#lib/text/sections.ts'

/** A piece of running text, with the address it leads to if it is a link. */
export interface ShownPiece {
  readonly text: string
  readonly href?: string
}
export type ShownBlock =
  | { readonly kind: 'text'; readonly line: readonly ShownPiece[] }
  | { readonly kind: 'list'; readonly lines: readonly (readonly ShownPiece[])[] }

interface ShownLink {
  readonly href: string
  readonly label: string
}
interface ShownQuestion {
  readonly id: string
  readonly question: string
  readonly answer: readonly ShownBlock[]
}
export interface ShownTopic {
  readonly title: string
  readonly lead: string
  readonly questions: readonly ShownQuestion[]
  readonly others: readonly ShownLink[]
}
export interface ShownHit {
  readonly href: string
  readonly topic: string
  readonly question: Marked
  readonly snippet: Marked
}

/** The address of every place an answer leads to. */
export const helpPlaces: Readonly<Record<HelpPlace, string>> = {
  register: paths.register,
  login: paths.login(),
  forgotPassword: paths.forgotPassword,
  characters: paths.characters(),
  account: paths.account,
  accountPhone: paths.accountPhone,
  accountSessions: paths.accountSessions,
  accountExport: paths.accountExport,
  accountClose: paths.accountClose,
  accountCorrection: paths.accountCorrection,
  accountAppeal: paths.accountAppeal,
  messages: paths.messages(),
  identity: paths.identity,
  identityPictures: paths.identityPictures,
  collection: paths.collection,
  department: paths.collectionStep('department'),
  scope: paths.collectionStep('scope'),
  materials: paths.collectionMaterials,
  basic: paths.collectionStep('basic'),
  education: paths.collectionStep('education'),
  employment: paths.collectionStep('employment'),
  qualifications: paths.collectionStep('qualifications'),
  outcome: paths.collectionStep('outcome'),
  templates: paths.templates,
  resume: paths.template('resume'),
  filledResume: paths.collectionResume,
  changes: paths.changes(),
  credits: paths.credits(),
  conduct: paths.conduct,
  awards: paths.awards(),
  exams: paths.exams,
  transfers: paths.transfers,
}

/** The limits as they are in force here. */
export const helpFacts = ({ limits }: Pick<Deps['env'], 'limits'>): HelpFacts => ({
  smsDigits: smsCodeLimits.digits,
  smsMinutes: smsCodeLimits.minutes,
  smsTries: limits.smsTries,
  smsPerPhonePerDay: limits.smsPerPhonePerDay,
  signInFailures: limits.signInFailuresPerAddress,
  sessionIdleMinutes: limits.sessionIdleMinutes,
  keptMinutes,
  passwordMin: passwordLimits.minCharacters,
  passwordMax: passwordLimits.maxCharacters,
  nameMax: nameLimits.maxCharacters,
  draftDays: limits.draftDays,
  leaseMinutes: limits.leaseMinutes,
  registerRetryHours: limits.registerRetryHours,
  identityPictureDays: limits.identityPictureDays,
  reviewDays: defaultReviewDays,
  portrait: portraitLimits,
  proof: proofLimits,
  proofFiles: sectionById('education').slots.diploma?.max ?? 1,
  otherWorkProofs: workProofKinds
    .filter((kind) => kind !== 'resume')
    .map((kind) => sectionWords.employment.slots[workProofSlots[kind]].label),
})

const topicOfQuestion = (id: string) =>
  helpTopics.find(({ questions }) => questions.some((one) => one.id === id))

function shown(piece: Piece): ShownPiece {
  if (typeof piece === 'string') return { text: piece }
  if ('to' in piece) return { text: piece.label, href: helpPlaces[piece.to] }
  const topic = topicOfQuestion(piece.see)
  return topic ? { text: piece.label, href: paths.helpTopic(topic.id, piece.see) } : { text: piece.label }
}

const linkTo = ({ id, title }: HelpTopic): ShownLink => ({ href: paths.helpTopic(id), label: title })

/** A topic with its answers; null where there is none of this name. */
export function helpTopicView({ env }: Pick<Deps, 'env'>, id: string): ShownTopic | null {
  const topic = helpTopics.find((one) => one.id === id)
  if (!topic) return null
  const facts = helpFacts(env)
  return {
    title: topic.title,
    lead: topic.lead,
    questions: topic.questions.map(({ answer, ...rest }) => ({
      id: rest.id,
      question: rest.question,
      answer: answer(facts).map((block) =>
        block.kind === 'text'
          ? { kind: block.kind, line: block.line.map(shown) }
          : { kind: block.kind, lines: block.lines.map((line) => line.map(shown)) },
      ),
    })),
    others: helpTopics.filter((one) => one !== topic).map(linkTo),
  }
}

const questionLinks = ({ id, questions }: HelpTopic): ShownLink[] =>
  questions.map((one) => ({ href: paths.helpTopic(id, one.id), label: one.question }))

/** The questions of one topic as links, for the page where they arise. */
export function helpLinks(id: HelpTopicId): readonly ShownLink[] {
  const topic = helpTopics.find((one) => one.id === id)
  return topic ? questionLinks(topic) : []
}

/** Every topic with its questions as links. */
export const helpIndex = () =>
  helpTopics.map((topic) => ({ ...linkTo(topic), questions: questionLinks(topic) }))

/** What a search finds; null where nothing was searched for. */
export function helpSearchView(
  { env }: Pick<Deps, 'env'>,
  typed: string | string[] | undefined,
): { query: string; hits: readonly ShownHit[] } | null {
  const query = tidyQuery(typeof typed === 'string' ? typed : '')
  if (query === '') return null
  const titles = new Map(helpTopics.map(({ id, title }) => [id, title]))
  const hits = searchHelp(helpTopics, helpFacts(env), query).map(({ topic, id, ...rest }) => ({
    href: paths.helpTopic(topic, id),
    topic: titles.get(topic) ?? '',
    ...rest,
  }))
  return { query, hits }
}
