import type { ReactNode } from 'react'

export interface FactsProps {
  facts: readonly (readonly [label: string, value: ReactNode])[]
}

const isGiven = ([, value]: FactsProps['facts'][number]) => value !== '' && value !== null

/** A few facts side by side; one without a value is left out. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl className="mb-6 flex flex-wrap gap-x-8 gap-y-1">
      {facts.filter(isGiven).map(([label, value]) => (
        <div key={label} className="flex gap-2">
          <dt className="text-ink-2">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Facts one below the other, labels in a column of their own. */
export function FactList({ facts }: FactsProps) {
  return (
    <dl className="grid gap-x-6 sm:grid-cols-[auto_1fr] sm:gap-y-2">
      {facts.filter(isGiven).map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-ink-2 max-sm:text-hint">{label}</dt>
          <dd className="break-words whitespace-pre-line max-sm:mb-2">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
