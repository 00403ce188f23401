import { examPhaseWords } from '#lib/text/exams.ts'
import { Badge, type Tone } from './badge.tsx'

type Phase = keyof typeof examPhaseWords
const tones: Readonly<Record<Phase, Tone>> = { before: 'info', open: 'good', paying: 'warn', over: 'quiet' }

/** 未开始 · 报名中 · 缴费中 · 已截止 (EXM-1). */
export const ExamPhaseBadge = ({ phase }: { phase: Phase }) => (
  <Badge tone={tones[phase]}>{examPhaseWords[phase]}</Badge>
)
