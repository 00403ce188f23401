import type { Step } from '#lib/views/home-steps.ts'
import { LinkButton } from './buttons.tsx'

interface Props {
  id: string
  /** What all of them have in common. */
  label: string
  steps: readonly Step[]
  /** The first of them is what the page is about. */
  isFirst?: boolean
}

/** What waits for somebody, or what they wait for, most urgent first: each with who acts, by when, and the way there. */
export function HomeSteps({ id, label, steps, isFirst = true }: Props) {
  if (steps.length === 0) return null
  return (
    <section
      aria-labelledby={id}
      className={`mb-4 rounded-md p-4 sm:p-6 ${isFirst ? 'border-2 border-brand' : 'border'}`}
    >
      <p id={id} className="text-hint font-medium text-brand">
        {label}
      </p>
      <ul>
        {steps.map((step, index) => (
          <li
            key={step.id}
            className="mt-4 border-t pt-4 first:mt-1 first:border-t-0 first:pt-0 sm:flex sm:items-center sm:justify-between sm:gap-6"
          >
            <div className="min-w-0">
              <h2 className={isFirst && index === 0 ? 'text-h2' : 'text-h3'}>{step.title}</h2>
              {step.texts.map((text) => (
                <p key={text} className="mt-1 max-w-measure text-ink-2 first-of-type:mt-2">
                  {text}
                </p>
              ))}
            </div>
            <p className="mt-3 flex-none sm:mt-0">
              <LinkButton
                kind={isFirst && index === 0 ? 'primary' : 'secondary'}
                href={step.href}
                about={steps.length > 1 ? step.about : undefined}
              >
                {step.action}
              </LinkButton>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
