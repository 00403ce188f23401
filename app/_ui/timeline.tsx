import type { ReactNode } from 'react'
import { timelineWords } from '#lib/text/ui.ts'
import { Icon, type IconName } from './icons.tsx'

export interface Moment {
  /** When it happened or is due, in words. */
  when: string
  title: ReactNode
  /** Who, and what was said. */
  detail?: ReactNode
  state: 'done' | 'now' | 'next'
}

const looks: Readonly<Record<Moment['state'], { icon: IconName; colour: string; line: string }>> = {
  done: { icon: 'check', colour: 'text-good', line: 'bg-good' },
  now: { icon: 'half', colour: 'text-brand', line: 'bg-line' },
  next: { icon: 'empty', colour: 'text-ink-3', line: 'bg-line' },
}

/** Done, now, next: what happened to a case and what will. */
export function Timeline({ items }: { items: readonly Moment[] }) {
  return (
    <ol>
      {items.map(({ when, title, detail, state }, index) => (
        <li
          key={`${when}${state}${index.toString()}`}
          aria-current={state === 'now' ? 'step' : undefined}
          className="relative flex gap-3 pb-5 last:pb-0"
        >
          {index < items.length - 1 ? (
            <span
              aria-hidden="true"
              className={`absolute top-7 bottom-0 left-[0.5625rem] w-0.5 ${looks[state].line}`}
            />
          ) : null}
          <Icon name={looks[state].icon} className={`mt-[0.25em] text-h3 ${looks[state].colour}`} />
          <div className={`min-w-0 ${state === 'next' ? 'text-ink-2' : ''}`}>
            <p className={state === 'now' ? 'font-semibold' : 'font-medium'}>
              {title}
              <span className="ml-2 text-hint font-normal text-ink-3">{timelineWords[state]}</span>
            </p>
            <p className="text-hint text-ink-2 tabular-nums">{when}</p>
            {detail ? <div className="mt-1 text-hint text-ink-2">{detail}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
