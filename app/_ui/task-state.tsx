import { recordWords } from '#lib/text/record.ts'
import type { TaskState } from '#lib/views/task-state.ts'
import { Badge, type Tone } from './badge.tsx'

const tones: Readonly<Record<TaskState, Tone>> = {
  free: 'good',
  draft: 'info',
  returned: 'bad',
  underReview: 'info',
  blocked: 'quiet',
}

/** 可以办理 · 有未提交的申请 · 被退回，请修改 · 审核中 · 暂不能办理. */
export const TaskStateBadge = ({ state }: { state: TaskState }) => (
  <Badge tone={tones[state]}>{recordWords.states[state]}</Badge>
)
