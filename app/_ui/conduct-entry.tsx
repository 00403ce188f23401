import type { ReactNode } from 'react'
import type { EntryTold } from '#lib/readers/conduct-entry.ts'
import { entryWords as words } from '#lib/text/conduct.ts'
import { Badge } from './badge.tsx'
import { FactList, type FactsProps } from './facts.tsx'

interface Props {
  entry: EntryTold
  /** What else is known of it, below its own facts. */
  more?: FactsProps['facts']
  children?: ReactNode
}

/** An entry of 奖惩, whole: on one's own page, above a 异议 and beside it for who judges that (AWD-1). */
export function ConductEntry({ entry, more = [], children }: Props) {
  return (
    <>
      <h3 className="mb-3 flex flex-wrap items-center gap-x-3 text-h3">
        {words.kinds[entry.kind]} · {entry.what}
        <Badge tone={entry.stands ? 'good' : 'quiet'}>{entry.state}</Badge>
      </h3>
      <FactList facts={[...entry.facts, ...more]} />
      {children}
    </>
  )
}
