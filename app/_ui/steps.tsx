import type { ReactNode } from 'react'
import { type StepState, stepWords } from '#lib/text/ui.ts'
import { stepLooks } from './badge.tsx'
import { Icon } from './icons.tsx'
import { Chevron } from './panel.tsx'

export interface Step {
  href: string
  label: string
  /** Null for a step that has no state of its own (审核告知). */
  standing: StepState | null
  current: boolean
  /** May be left empty. */
  optional?: boolean
}

/** The steps of a wizard with their state in words, and what goes with all of them; on phones folded into `第 4 步，共 7 步 · 教育经历`. */
export function Steps({ steps, children }: { steps: readonly Step[]; children?: ReactNode }) {
  const position = steps.findIndex(({ current }) => current)
  const label = steps[position]?.label ?? ''
  return (
    <nav aria-label={stepWords.list} className="lg:sticky lg:top-4">
      <details className="fold-on-phone group rounded-md max-lg:border max-lg:bg-panel">
        <summary className="supports-[selector(::details-content)]:lg:hidden flex min-h-target items-center gap-2 px-4 py-1.5 font-medium marker:content-none">
          <Chevron />
          {position < 0 ? stepWords.all : stepWords.position(position + 1, steps.length, label)}
        </summary>
        <ol className="fold-body max-lg:border-t max-lg:px-2 max-lg:py-2">
          {steps.map((step, index) => (
            <li key={step.href}>
              <StepLine step={step} position={index + 1} />
            </li>
          ))}
        </ol>
      </details>
      {children}
    </nav>
  )
}

function StepLine({
  step: { href, label, standing, current, optional },
  position,
}: {
  step: Step
  position: number
}) {
  const look = standing ? stepLooks[standing] : stepLooks.empty
  const words = (
    <>
      <span aria-hidden="true" className="w-5 flex-none text-right text-ink-3 tabular-nums">
        {position}
      </span>
      <span className="min-w-0">
        <span className={`block leading-snug ${current ? 'font-semibold text-ink' : ''}`}>{label}</span>
        {standing ? (
          <span className={`flex items-center gap-1.5 text-hint ${look.colour}`}>
            <Icon name={look.icon} />
            {stepWords.states[standing]}
            {optional && standing === 'empty' ? `（${stepWords.optional}）` : null}
          </span>
        ) : null}
      </span>
    </>
  )
  const line = `flex min-h-target gap-2.5 border-l-4 py-2 pr-2 pl-1.5 ${current ? 'border-brand bg-brand-soft' : 'border-line'}`
  return standing === 'locked' ? (
    <span className={`${line} text-ink-3`}>{words}</span>
  ) : (
    <a
      href={href}
      aria-current={current ? 'step' : undefined}
      className={`${line} no-underline hover:bg-panel ${current ? '' : 'text-ink-2'}`}
    >
      {words}
    </a>
  )
}
