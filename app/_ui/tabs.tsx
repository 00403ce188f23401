interface Tab {
  readonly href: string
  readonly label: string
  readonly isCurrent: boolean
  /** How many there are, where that is told. */
  readonly count?: string
}

/** The views of one list, as links. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="mb-4 border-b print:hidden">
      <ul className="flex flex-wrap gap-x-2">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <a
              href={tab.href}
              aria-current={tab.isCurrent ? 'page' : undefined}
              className={`flex min-h-target items-center gap-2 border-b-4 px-3 no-underline hover:bg-panel ${tab.isCurrent ? 'border-brand font-semibold text-ink' : 'border-transparent text-ink-2'}`}
            >
              {tab.label}
              {tab.count === undefined ? null : (
                <span className="rounded-full bg-panel px-2 text-hint tabular-nums">{tab.count}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
