import type { ReactNode } from 'react'
import { type StepState, stepWords } from '#lib/text/ui.ts'
import { Icon, type IconName } from './icons.tsx'

export type Tone = 'info' | 'good' | 'warn' | 'bad' | 'quiet'

const looks: Readonly<Record<Tone, { icon: IconName; colours: string }>> = {
  info: { icon: 'info', colours: 'bg-brand-soft text-brand-strong' },
  good: { icon: 'check', colours: 'bg-good-soft text-good' },
  warn: { icon: 'warning', colours: 'bg-warn-soft text-warn' },
  bad: { icon: 'cross', colours: 'bg-bad-soft text-bad' },
  quiet: { icon: 'empty', colours: 'bg-panel text-ink-2' },
}

interface BadgeProps {
  tone: Tone
  children: ReactNode
  icon?: IconName
}

/** A state: its word, a shape and a colour. */
export function Badge({ tone, icon = looks[tone].icon, children }: BadgeProps) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full border border-current/20 px-2.5 py-0.5 align-middle text-hint font-medium whitespace-nowrap ${looks[tone].colours}`}
    >
      <Icon name={icon} />
      {children}
    </span>
  )
}

export const stepLooks: Readonly<Record<StepState, { tone: Tone; icon: IconName; colour: string }>> = {
  empty: { tone: 'quiet', icon: 'empty', colour: 'text-ink-3' },
  partial: { tone: 'info', icon: 'half', colour: 'text-brand' },
  complete: { tone: 'good', icon: 'check', colour: 'text-good' },
  returned: { tone: 'bad', icon: 'warning', colour: 'text-bad' },
  locked: { tone: 'quiet', icon: 'lock', colour: 'text-ink-3' },
}

/** 未填 · 填写中 · 已完成 · 需修改. */
export function StandingBadge({ standing }: { standing: StepState }) {
  const { tone, icon } = stepLooks[standing]
  return (
    <Badge tone={tone} icon={icon}>
      {stepWords.states[standing]}
    </Badge>
  )
}
