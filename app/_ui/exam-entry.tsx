import type { ExamState } from '#lib/domain/exams.ts'
import { examStateWords } from '#lib/text/exams.ts'
import { Badge, type Tone } from './badge.tsx'

const tones: Readonly<Record<ExamState, Tone>> = {
  reviewing: 'info',
  'awaiting-payment': 'warn',
  paid: 'good',
  expired: 'quiet',
  withdrawn: 'quiet',
  closed: 'bad',
}

/** 待缴费 · 报名成功 · … (EXM-3). */
export const EntryStateBadge = ({ state }: { state: ExamState }) => (
  <Badge tone={tones[state]}>{examStateWords[state]}</Badge>
)
