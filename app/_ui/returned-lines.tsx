import type { ReturnedLine } from '#lib/readers/returned-lines.ts'
import { outcomeWords } from '#lib/text/collection.ts'
import { Badge } from './badge.tsx'
import { LinkButton } from './buttons.tsx'
import { Panel } from './panel.tsx'

/** What a return says: to its applicant, and to the reviewer who is about to make it (SUB-4, REV-4). */
export function ReturnedLines({ lines }: { lines: readonly ReturnedLine[] }) {
  const isOnePage = lines.every(({ place }) => place === '')
  return (
    <ul className={isOnePage ? 'list-disc pl-5' : 'grid gap-3'}>
      {lines.map((line) => (
        <li key={`${line.place}/${line.text}`}>
          {isOnePage ? <Said line={line} /> : <Placed line={line} />}
        </li>
      ))}
    </ul>
  )
}

const Said = ({ line }: { line: ReturnedLine }) => (
  <p className="whitespace-pre-line">
    {line.text}
    {line.mended ? (
      <>
        {' '}
        <Badge tone="info">{outcomeWords.mended}</Badge>
      </>
    ) : null}
  </p>
)

const Placed = ({ line }: { line: ReturnedLine }) => (
  <Panel
    tone="panel"
    level={3}
    title={line.place}
    beside={line.href ? <LinkButton href={line.href}>{outcomeWords.change}</LinkButton> : undefined}
  >
    <Said line={line} />
  </Panel>
)
