import type { ReactNode } from 'react'
import { frameWords } from '#lib/text/ui.ts'

interface PanelProps {
  title?: ReactNode
  /** At the right of the title: a badge, a link. */
  beside?: ReactNode
  tone?: 'paper' | 'panel'
  level?: 2 | 3
  id?: string
  children: ReactNode
}

/** A card. */
export function Panel({ title, beside, tone = 'paper', level = 2, id, children }: PanelProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section
      id={id}
      className={`rounded-md border p-4 sm:p-6 print:p-0 print:border-0 ${tone === 'panel' ? 'bg-panel' : 'bg-paper'}`}
    >
      {title ? (
        <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <Heading className={level === 2 ? 'text-h2' : 'text-h3'}>{title}</Heading>
          {beside}
        </div>
      ) : null}
      {children}
    </section>
  )
}

interface Question {
  question: string
  answer: ReactNode
}

/** 要求与常见问题 of this very page: what to know first, then what is often asked. */
export function AsidePanel({
  title = frameWords.aside,
  children,
  questions = [],
  more,
}: {
  title?: string
  children?: ReactNode
  questions?: readonly Question[]
  /** Where there is more to read. */
  more?: { href: string; label: string }
}) {
  return (
    <section className="rounded-md border bg-panel p-4">
      <h2 className="text-h3">{title}</h2>
      {children ? <div className="mt-2 space-y-2 text-hint text-ink-2">{children}</div> : null}
      {questions.length > 0 ? (
        <div className="mt-3 border-t">
          {questions.map(({ question, answer }) => (
            <details key={question} className="group border-b last:border-b-0">
              <summary className="flex min-h-target items-center gap-2 py-2 text-hint font-medium text-brand marker:content-none">
                <Chevron />
                {question}
              </summary>
              <div className="space-y-2 pb-3 pl-5 text-hint text-ink-2">{answer}</div>
            </details>
          ))}
        </div>
      ) : null}
      {more ? (
        <p className="mt-2 text-hint">
          <a href={more.href} className="inline-flex min-h-target items-center">
            {more.label}
          </a>
        </p>
      ) : null}
    </section>
  )
}

/** Points right, and down once the `details` around it (class `group`) is open. */
export function Chevron() {
  return (
    <svg
      viewBox="0 0 12 12"
      aria-hidden="true"
      className="size-3 flex-none transition-transform group-open:rotate-90"
    >
      <path d="m4 2 4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.6" />
    </svg>
  )
}
