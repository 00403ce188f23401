import type { ReactNode } from 'react'
import { paths } from '#lib/paths.ts'
import type { Answer, AnswerRow, AnswerSection, AnswerSlot } from '#lib/readers/answers.ts'
import { type Audience, maskedFor, shownTo } from '#lib/readers/mask.ts'
import { answerWords } from '#lib/text/ui.ts'
import { Badge } from './badge.tsx'

interface Shared {
  audience: Audience
  /** `rowId/key` of what changed since the last round, and what it was; null where it was nothing. */
  changed?: ReadonlyMap<string, string | null>
  /** What stands beside an answer: a reason, a machine fact. `key` of a slot is `slot:<slot>`. */
  notes?: (rowId: string, key: string) => ReactNode
  /** Address of a whole picture. */
  fileHref?: (fileId: string) => string
  /** Instead of small pictures: what leads to those of a slot. */
  pictures?: (rowId: string, slot: string) => ReactNode
}
interface AnswersViewProps extends Shared {
  section: AnswerSection
  /** At the right of the heading: 修改, a mark. */
  beside?: ReactNode
}

/** A section as it is read: by its owner before submission, by a reviewer, on paper. */
export function AnswersView({ section, beside, ...shared }: AnswersViewProps) {
  const empty = section.rows.length === 0 && section.shared.length === 0
  return (
    <section aria-labelledby={`answers-${section.section}`} className="mb-8">
      <div className="flex flex-wrap items-center justify-between gap-x-4 border-b-2 border-ink pb-1.5">
        <h2 id={`answers-${section.section}`} className="text-h2">
          {section.title}
        </h2>
        {beside ? <div className="print:hidden">{beside}</div> : null}
      </div>
      {empty ? <p className="py-3 text-ink-2">{answerWords.none}</p> : null}
      {section.rows.map((row) => (
        <RowAnswers key={row.id} row={row} {...shared} />
      ))}
      {section.shared.length > 0 ? (
        <Answers rowId="all" answers={[]} slots={section.shared} {...shared} />
      ) : null}
    </section>
  )
}

function RowAnswers({ row, nested = false, ...shared }: Shared & { row: AnswerRow; nested?: boolean }) {
  const Heading = nested ? 'h4' : 'h3'
  return (
    <div className={nested ? 'my-3 border-l-4 pl-4' : row.title ? 'mt-4' : ''}>
      {row.title ? <Heading className={nested ? 'font-semibold' : 'text-h3'}>{row.title}</Heading> : null}
      <Answers rowId={row.id} answers={row.answers} slots={row.slots} {...shared} />
      {row.children.map((child) => (
        <RowAnswers key={child.id} row={child} nested {...shared} />
      ))}
    </div>
  )
}

interface AnswersProps extends Shared {
  rowId: string
  answers: readonly Answer[]
  slots: readonly AnswerSlot[]
}

function Answers({
  rowId,
  answers,
  slots,
  audience,
  changed,
  notes,
  fileHref = paths.file,
  pictures,
}: AnswersProps) {
  return (
    <dl>
      {answers.map((answer) => (
        <Line key={answer.key} label={answer.label} note={notes?.(rowId, answer.key)}>
          <Value answer={answer} audience={audience} before={changed?.get(`${rowId}/${answer.key}`)} />
        </Line>
      ))}
      {slots.map(({ slot, label, files }) => (
        <Line key={slot} label={label} note={notes?.(rowId, `slot:${slot}`)}>
          {pictures ? (
            <div className="flex flex-wrap items-center gap-3">
              {changed?.has(`${rowId}/slot:${slot}`) ? <ChangedMark /> : null}
              {pictures(rowId, slot)}
            </div>
          ) : (
            <>
              {changed?.has(`${rowId}/slot:${slot}`) ? <ChangedMark /> : null}
              <ul className="flex flex-wrap gap-3">
                {files.map((file, index) => (
                  <li key={file}>
                    <a href={fileHref(file)} className="block">
                      <img
                        src={paths.thumbnail(file)}
                        alt={answerWords.picture(label, index + 1, files.length)}
                        className={`h-28 w-auto min-w-16 max-w-44 rounded-sm border bg-panel object-contain ${slot === 'portrait' ? 'print:h-[35mm] print:w-[25mm] print:min-w-0 print:object-cover' : ''}`}
                      />
                    </a>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Line>
      ))}
    </dl>
  )
}

function Line({ label, note, children }: { label: string; note: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 border-b py-2 sm:grid-cols-[11em_minmax(0,1fr)]">
      <dt className="text-ink-2 max-sm:text-hint">{label}</dt>
      <dd className="min-w-0 break-words">
        {children}
        {note ? <div className="mt-1">{note}</div> : null}
      </dd>
    </div>
  )
}

interface ValueProps {
  answer: Answer
  audience: Audience
  /** Undefined when it did not change. */
  before: string | null | undefined
}

function Value({ answer, audience, before }: ValueProps) {
  const shown = shownTo(answer, audience)
  if (before === undefined)
    return shown.includes('\n') ? <span className="whitespace-pre-line">{shown}</span> : shown
  return (
    <>
      {before === null ? null : (
        <del className="mr-3 whitespace-pre-line text-ink-2">
          <span className="sr-only">{answerWords.before}</span>
          {maskedFor(audience, answer.mask, before)}
        </del>
      )}
      <ins className="mr-3 font-medium whitespace-pre-line text-bad underline underline-offset-4">
        {shown}
      </ins>
      <ChangedMark />
    </>
  )
}

const ChangedMark = () => (
  <Badge tone="bad" icon="half">
    {answerWords.changed}
  </Badge>
)
