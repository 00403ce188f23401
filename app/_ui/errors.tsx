import type { ReactNode } from 'react'
import { anchorOf } from '#lib/paths.ts'
import { errorWords, noticeWords } from '#lib/text/ui.ts'
import { Icon, type IconName } from './icons.tsx'
import { FocusErrors } from './live/focus-errors.tsx'

interface ListedIssue {
  /** The control it belongs to, as `Issue.at`; null for the form as a whole. */
  at: string | null
  text: string
  /** Where it is mended, if not on this page. */
  href?: string
}
interface ErrorListProps {
  issues: readonly ListedIssue[]
  title?: string
  /** Changes with every refusal (the echo's id), so that the list is focused anew after a soft navigation. */
  token?: string
}

const addressOf = ({ at, href }: ListedIssue) => href ?? (at === null ? undefined : `#${anchorOf(at)}`)

/** Everything that is to be mended, at the top, each linked to its control. Nothing when there is nothing. */
export function ErrorList({ issues, title, token }: ErrorListProps) {
  if (issues.length === 0) return null
  const heading = title ?? errorWords.summary(issues.length)
  return (
    <>
      <div
        id="errors"
        role="alert"
        tabIndex={-1}
        className="mb-6 rounded-md border-2 border-bad bg-bad-soft p-4"
      >
        <h2 className="flex items-center gap-2 text-h3 text-bad">
          <Icon name="cross" />
          {heading}
        </h2>
        <ul className="mt-2">
          {issues.map((issue) => {
            const address = addressOf(issue)
            return (
              <li key={`${issue.at}/${issue.text}`} className="flex py-1 text-bad">
                <span aria-hidden="true" className="w-6 flex-none text-center">
                  ·
                </span>
                {address ? (
                  <a href={address} className="font-medium text-bad hover:text-bad">
                    {issue.text}
                  </a>
                ) : (
                  <span className="font-medium">{issue.text}</span>
                )}
              </li>
            )
          })}
        </ul>
      </div>
      <FocusErrors token={token ?? issues.map(({ text }) => text).join()} />
    </>
  )
}

type NoticeKind = keyof typeof noticeWords

const looks: Readonly<Record<NoticeKind, { icon: IconName; colours: string; mark: string }>> = {
  info: { icon: 'info', colours: 'border-brand bg-brand-soft', mark: 'text-brand' },
  good: { icon: 'check', colours: 'border-good bg-good-soft', mark: 'text-good' },
  warn: { icon: 'warning', colours: 'border-warn bg-warn-soft', mark: 'text-warn' },
  bad: { icon: 'cross', colours: 'border-bad bg-bad-soft', mark: 'text-bad' },
}

/** One message of the page; `good` tells what was just done and is read out at once. */
export function Notice({
  kind,
  title,
  children,
}: {
  kind: NoticeKind
  title?: string
  children?: ReactNode
}) {
  const { icon, colours, mark } = looks[kind]
  return (
    <div
      role={kind === 'good' ? 'status' : undefined}
      className={`mb-6 flex gap-3 rounded-md border border-l-4 p-4 ${colours}`}
    >
      <Icon name={icon} className={`mt-[0.35em] ${mark}`} />
      <div className="min-w-0 space-y-1">
        {title ? (
          <p className="font-semibold">{title}</p>
        ) : (
          <span className="sr-only">{noticeWords[kind]}：</span>
        )}
        {children}
      </div>
    </div>
  )
}
