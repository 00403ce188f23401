/** 帮助中心 (HLP-1): a question and its answer are values; their limits are handed in, so that no number is written twice. */
import type { PictureLimits } from '#lib/schemas/picture.ts'

/** The limits and settings that answers name. */
export interface HelpFacts {
  readonly smsDigits: number
  readonly smsMinutes: number
  readonly smsTries: number
  readonly smsPerPhonePerDay: number
  readonly signInFailures: number
  readonly sessionIdleMinutes: number
  /** How long a form sent after that is kept. */
  readonly keptMinutes: number
  readonly passwordMin: number
  readonly passwordMax: number
  readonly nameMax: number
  readonly draftDays: number
  readonly leaseMinutes: number
  /** 线上实名认证: days from the decision to the end of its pictures. */
  readonly identityPictureDays: number
  /** Working days, where a department has set no others. */
  readonly reviewDays: number
  readonly portrait: PictureLimits
  readonly proof: PictureLimits
  /** Files in one slot for proofs. */
  readonly proofFiles: number
  /** How long a register that does not answer is tried (CHK-1). */
  readonly registerRetryHours: number
  /** Names of the proofs of accounting work that departments may take beside 简历表 (WRK-4). */
  readonly otherWorkProofs: readonly string[]
}

export const helpTopicIds = [
  'registration',
  'sign-in',
  'identity',
  'department-and-scope',
  'pictures',
  'education',
  'employment',
  'qualifications',
  'review',
  'changes',
  'learning-and-exams',
] as const
export type HelpTopicId = (typeof helpTopicIds)[number]

/** Where something is done; `lib/views/help.ts` knows the address of each. */
export type HelpPlace =
  | 'register'
  | 'login'
  | 'forgotPassword'
  | 'characters'
  | 'account'
  | 'accountPhone'
  | 'accountSessions'
  | 'accountExport'
  | 'accountClose'
  | 'accountCorrection'
  | 'accountAppeal'
  | 'messages'
  | 'identity'
  | 'identityPictures'
  | 'collection'
  | 'department'
  | 'scope'
  | 'materials'
  | 'basic'
  | 'education'
  | 'employment'
  | 'qualifications'
  | 'outcome'
  | 'changes'
  | 'transfers'
  | 'credits'
  | 'conduct'
  | 'awards'
  | 'exams'
  | 'templates'
  | 'resume'
  | 'filledResume'

/** Running text, a link to where it is done, or a link to another question. */
export type Piece =
  | string
  | { readonly to: HelpPlace; readonly label: string }
  | { readonly see: string; readonly label: string }
export type Line = readonly Piece[]
/** A paragraph, or a list of lines. */
export type Block =
  | { readonly kind: 'text'; readonly line: Line }
  | { readonly kind: 'list'; readonly lines: readonly Line[] }

export interface HelpQuestion {
  /** Its anchor, and what other answers name it by. */
  readonly id: string
  readonly question: string
  /** What people type who mean this question and use none of its words. */
  readonly keywords: readonly string[]
  readonly answer: (facts: HelpFacts) => readonly Block[]
}
export interface HelpTopic {
  readonly id: HelpTopicId
  readonly title: string
  /** One sentence of what it is about. */
  readonly lead: string
  readonly questions: readonly HelpQuestion[]
}

export const say = (...line: readonly Piece[]): Block => ({ kind: 'text', line })
export const list = (...lines: readonly (string | Line)[]): Block => ({
  kind: 'list',
  lines: lines.map((line) => (typeof line === 'string' ? [line] : line)),
})
export const go = (to: HelpPlace, label: string): Piece => ({ to, label })
export const see = (id: string, label: string): Piece => ({ see: id, label })

const textOf = (line: Line) => line.map((piece) => (typeof piece === 'string' ? piece : piece.label)).join('')

/** An answer as running text, for searching and for snippets. */
export const plainAnswer = (answer: readonly Block[]): string =>
  answer
    .flatMap((block) => (block.kind === 'text' ? [textOf(block.line)] : block.lines.map(textOf)))
    .join(' ')
