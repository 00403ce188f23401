import { Notice } from '#app/_ui/errors.tsx'
import { paths } from '#lib/paths.ts'
import { escalatedWords, leaveWords } from '#lib/text/staff.ts'
import type { escalatedTo } from '#lib/views/escalated.ts'

interface Props {
  /** The last day of one's own leave, in words; null for none. */
  away: string | null
  /** For whom one reviews meanwhile. */
  acts: readonly string[]
  escalated: Awaited<ReturnType<typeof escalatedTo>>
}

/** What stands over the queue: one's own leave, whom one stands in for, and departments nobody of their own reviews. */
export function QueueNotices({ away, acts, escalated }: Props) {
  return (
    <>
      {away === null ? null : (
        <Notice kind="warn">
          <p>{leaveWords.queueAway(away)}</p>
          <p>
            <a href={paths.accountLeave} className="inline-flex min-h-target items-center">
              {leaveWords.end}
            </a>
          </p>
        </Notice>
      )}
      {acts.length === 0 ? null : (
        <Notice kind="info" title={leaveWords.actsTitle}>
          {acts.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      )}
      {escalated.rows.length === 0 ? null : (
        <Notice kind="warn" title={escalatedWords.title}>
          <ul>
            {escalated.rows.map(({ id, fullName, cases, mayInvite }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-4">
                <span>{escalatedWords.line(fullName, cases)}</span>
                {mayInvite ? (
                  <a href={paths.staffInviteTo(id)} className="inline-flex min-h-target items-center">
                    {escalatedWords.invite}
                    <span className="sr-only">{fullName}</span>
                  </a>
                ) : null}
              </li>
            ))}
          </ul>
          {escalated.more > 0 ? <p>{escalatedWords.more(escalated.more)}</p> : null}
        </Notice>
      )}
    </>
  )
}
