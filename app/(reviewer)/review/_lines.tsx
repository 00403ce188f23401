import type { ReactNode } from 'react'
import { Badge } from '#app/_ui/badge.tsx'
import { paths } from '#lib/paths.ts'
import { caseStateWords } from '#lib/text/collection.ts'
import { dayWords, instantNear, instantWords } from '#lib/text/dates.ts'
import { caseKindWords, reviewWords, queueWords as words } from '#lib/text/review.ts'
import type { QueueRow } from '#lib/views/review-queue.ts'

type Key = keyof typeof words.columns
const keys: readonly Key[] = ['number', 'applicant', 'kind', 'department', 'submitted', 'due', 'state']
export const columns = keys.map((key) => ({ key: key as Key | 'pick', label: words.columns[key] as string }))
/** Before the others where cases can be passed together. */
export const pick = { key: 'pick', label: words.batch.pick } as const

/** A case as it stands there: what is ticked is decided at no other version (REV-2). */
export const seenOf = ({ id, version }: QueueRow) => `${id}.${version}`

/** A line of the queue. */
export function cellsOf(
  row: QueueRow,
  { isPicked, now }: { isPicked: boolean; now: Date },
): Record<Key | 'pick', ReactNode> {
  return {
    pick: (
      <input
        type="checkbox"
        name="case"
        value={seenOf(row)}
        defaultChecked={isPicked}
        aria-label={words.batch.pickOne(row.number)}
        className="tick"
      />
    ),
    number: <a href={paths.reviewCase(row.id)}>{row.number}</a>,
    applicant: row.applicant,
    kind: (
      <>
        {caseKindWords[row.kind].name}
        {row.round > 1 ? <span className="block text-hint text-ink-3">{words.round(row.round)}</span> : null}
        {row.stage > 1 ? (
          <span className="block text-hint text-ink-3">{words.secondStage(row.kind)}</span>
        ) : null}
      </>
    ),
    department: row.department,
    submitted: instantWords(row.submittedAt),
    due: (
      <>
        <span className="mr-2">{row.paused ? reviewWords.checks.clockStopped : dayWords(row.dueOn)}</span>
        {row.lateness === 'overdue' ? <Badge tone="bad">{words.overdue}</Badge> : null}
        {row.lateness === 'soon' ? <Badge tone="warn">{words.soon}</Badge> : null}
      </>
    ),
    state: (
      <>
        {caseStateWords[row.state]} {row.secondLook ? <Badge tone="warn">{words.secondLook}</Badge> : null}
        {row.late ? <Badge tone="warn">{words.late}</Badge> : null}
        {row.rush ? <Badge tone="info">{words.rush}</Badge> : null}
        {row.claim ? (
          <span className="block text-hint text-ink-3">
            {row.claim.lapsed
              ? words.lapsed
              : words.claimedBy(row.claim.by, instantNear(row.claim.since, now))}
          </span>
        ) : null}
      </>
    ),
  }
}
