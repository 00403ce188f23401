import { notFound, redirect } from 'next/navigation'
import { Tabs } from '#app/_ui/tabs.tsx'
import { TaskStateBadge } from '#app/_ui/task-state.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { changeWords as words } from '#lib/text/changes.ts'
import { type changeMarks, changeSections, isChangePage } from '#lib/views/changes.ts'

export type PageId = keyof typeof words.pages

/** The page of the record that the address names; 404 for any other. */
export async function pageOf(params: Promise<{ page: string }>): Promise<PageId> {
  const { page } = await params
  return isChangePage(page) ? page : notFound()
}

/** Who has not proven who they are is led there first (IDV-1). */
export async function changesPage() {
  const { actor, account } = await applicantPage()
  if (account.identityState !== 'verified') redirect(paths.identity)
  return { d: await deps(), actor }
}

export const crumbsTo = (...labels: { href?: string; label: string }[]) => [
  { href: paths.changes(), label: words.title },
  ...labels,
]

interface PageListProps {
  current: PageId
  marks: Awaited<ReturnType<typeof changeMarks>>
}

/** The pages of the record, on the left, each with how far a change of it is; a row of links on phones. */
export function PageList({ current, marks }: PageListProps) {
  return (
    <nav aria-label={words.menu} className="lg:sticky lg:top-4">
      <ul className="flex flex-wrap gap-x-2 lg:block">
        {changeSections.map((page) => {
          const state = marks.get(page)
          return (
            <li key={page}>
              <a
                href={paths.changes(page)}
                aria-current={page === current ? 'page' : undefined}
                className={`flex min-h-target flex-wrap items-center gap-x-2 border-l-4 px-3 no-underline hover:bg-panel ${page === current ? 'border-brand font-semibold text-ink' : 'border-transparent text-ink-2'}`}
              >
                {words.pages[page]}
                {state ? <TaskStateBadge state={state} /> : null}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** 当前信息 beside 变更记录 (CHG-1). */
export function RecordTabs({ page, current }: { page: PageId; current: 'current' | 'records' }) {
  return (
    <Tabs
      label={words.tabs}
      tabs={[
        { href: paths.changes(page), label: words.current, isCurrent: current === 'current' },
        {
          href: paths.changes(page, { tab: 'records' }),
          label: words.records,
          isCurrent: current === 'records',
        },
      ]}
    />
  )
}
