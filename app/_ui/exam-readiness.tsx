import { readinessWords as words } from '#lib/text/exam-readiness.ts'
import type { ReadinessLine } from '#lib/views/exam-readiness.ts'
import { Notice } from './errors.tsx'

/** What still has to be done before somebody can register, each with the way to it; nothing where nothing is in the way. */
export function ExamReadiness({
  lines,
  title = words.title,
  told = [],
}: {
  lines: readonly ReadinessLine[]
  title?: string
  /** Where the page leads already, above: the same way is not offered twice. */
  told?: readonly string[]
}) {
  if (lines.length === 0) return null
  return (
    <Notice kind="warn" title={title}>
      <ul className="space-y-2">
        {lines.map(({ block, texts, href, action }) => (
          <li key={block}>
            {texts.join('')}
            {told.includes(href) ? null : (
              <a href={href} className="ml-2 inline-flex min-h-target items-center">
                {action}
              </a>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
