import { Badge } from '#app/_ui/badge.tsx'
import { Table } from '#app/_ui/table.tsx'
import { paths } from '#lib/paths.ts'
import { caseStateWords } from '#lib/text/collection.ts'
import { instantDay } from '#lib/text/dates.ts'
import { transferWords as words } from '#lib/text/transfers.ts'
import type { TransferLine } from '#lib/views/transfers.ts'

/** Who agrees, and what a transfer keeps from being sent. */
export const Who = () => (
  <div className="space-y-2">
    <p>{words.who.text}</p>
    <p>{words.who.again}</p>
    <p>{words.who.kept}</p>
  </div>
)

const toneOf = ({ state }: TransferLine) =>
  state === 'approved' ? 'good' : state === 'returned' || state === 'refused' ? 'bad' : 'quiet'

/** Whose turn it is, or who has said no. */
function turnOf({ state, side }: TransferLine): string {
  if (state === 'waiting' || state === 'in_review') return words.turn[side]
  if (state === 'returned') return words.returnedBy[side]
  if (state === 'refused') return words.refusedBy[side]
  return state === 'approved' ? words.completed : ''
}

export const TransferState = ({ line }: { line: TransferLine }) => (
  <div>
    <Badge tone={toneOf(line)}>{caseStateWords[line.state]}</Badge>
    {turnOf(line) === '' ? null : <span className="block text-hint text-ink-2">{turnOf(line)}</span>}
  </div>
)

/** 调出时间 of one that is under way or done; where nobody left, it says so. */
export function leftOf({ leftAt, state }: TransferLine): string {
  if (leftAt) return instantDay(leftAt)
  return state === 'waiting' || state === 'in_review' ? words.notLeft : words.notMoved
}

/** The six columns of TRF-4, and the way to each one's 详情. */
export function TransferTable({ rows }: { rows: readonly TransferLine[] }) {
  return (
    <Table
      caption={words.list}
      captionHidden
      rowHeader="kind"
      empty={words.empty}
      columns={(['kind', 'from', 'to', 'left', 'state', 'proofs', 'details'] as const).map((key) => ({
        key,
        label: words.columns[key],
      }))}
      rows={rows.map((line) => ({
        id: line.caseId,
        cells: {
          kind: line.kind ? words.kinds[line.kind] : '',
          from: line.from,
          to: line.to,
          left: leftOf(line),
          state: <TransferState line={line} />,
          proofs: <Proofs proofs={line.proofs} />,
          details: (
            <a
              href={paths.transfer(line.caseId)}
              className="inline-flex min-h-target items-center"
              aria-label={`${words.details} ${line.number}`}
            >
              {words.details}
            </a>
          ),
        },
      }))}
    />
  )
}

const Proofs = ({ proofs }: Pick<TransferLine, 'proofs'>) => (
  <ul className="flex flex-wrap gap-2">
    {proofs.map(({ fileId, label, index, count }) => (
      <li key={fileId}>
        <a href={paths.file(fileId)} className="block min-h-target min-w-target">
          <img
            src={paths.thumbnail(fileId)}
            alt={words.proof(label, index, count)}
            className="h-16 w-auto min-w-11 max-w-24 rounded-sm border bg-panel object-contain"
          />
        </a>
      </li>
    ))}
  </ul>
)
