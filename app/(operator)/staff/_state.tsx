import { Badge } from '#app/_ui/badge.tsx'
import { staffWords as words } from '#lib/text/staff.ts'

/** 在岗, 请假中 or 已停用. */
export function StateBadge({
  status,
  awayUntil,
}: {
  status: keyof typeof words.states
  awayUntil: string | null
}) {
  if (status === 'active' && awayUntil !== null)
    return (
      <span className="inline-flex flex-wrap items-center gap-x-2">
        <Badge tone="warn">{words.presences.away}</Badge>
        <span className="text-hint">{words.awayTo(awayUntil)}</span>
      </span>
    )
  return <Badge tone={status === 'active' ? 'good' : 'quiet'}>{words.states[status]}</Badge>
}
