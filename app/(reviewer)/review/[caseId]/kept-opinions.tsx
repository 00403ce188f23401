import { Notice } from '#app/_ui/errors.tsx'
import type { PostedOpinions } from '#lib/schemas/findings.ts'
import { reviewWords as words } from '#lib/text/review.ts'
import { keptOpinions } from '#lib/views/opinion-form.ts'
import type { ReviewCase } from '#lib/views/review-case.ts'

interface Props {
  view: ReviewCase
  typed: PostedOpinions
  /** 不予通过的理由, as typed. */
  refusal: string
}

const own = words.keptAside

/** Where it stands, for what leads to it. */
const place = 'kept-opinions'

/** Told at the top of the page, in place of what is told to who might claim it. */
export const asideIssue = (view: ReviewCase) => ({
  at: null,
  text: `${whyAside(view)}${own.unsaved}`,
  href: `#${place}`,
})

/** Why there is no form for it any more. */
function whyAside({ lease, open }: ReviewCase): string {
  if (!open || lease.state !== 'other' || !lease.held) return own.closed
  return lease.assignedBy === '' ? own.claimed(lease.by) : own.assigned(lease.assignedBy, lease.by)
}

/** What was typed while the case went into other hands: to be read and copied, for there is no form to put it back into (REV-2). */
export function KeptOpinions({ view, typed, refusal }: Props) {
  const kept = keptOpinions(view.sections, typed)
  if (kept.length === 0 && refusal.trim() === '') return null
  return (
    <section id={place} aria-label={own.title}>
      <Notice kind="warn" title={own.title}>
        <p>{own.copy}</p>
        <dl className="mt-3 space-y-3">
          {kept.map(({ section, title, verdict, findings }) => (
            <div key={section}>
              <dt className="font-medium">{title}</dt>
              <dd>
                <p>{verdict === '' ? own.noVerdict : verdict}</p>
                {findings.length === 0 ? null : (
                  <ol className="list-decimal pl-5">
                    {findings.map(({ at, reason, place, note }) => (
                      <li key={at}>
                        <p>{[place, reason].filter((part) => part !== '').join('：')}</p>
                        {note === '' ? null : <p className="break-words whitespace-pre-line">{note}</p>}
                      </li>
                    ))}
                  </ol>
                )}
              </dd>
            </div>
          ))}
          {refusal.trim() === '' ? null : (
            <div>
              <dt className="font-medium">{own.refusal}</dt>
              <dd className="break-words whitespace-pre-line">{refusal}</dd>
            </div>
          )}
        </dl>
      </Notice>
    </section>
  )
}
