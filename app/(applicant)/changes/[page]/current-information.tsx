import { AnswersView } from '#app/_ui/answers.tsx'
import { Button } from '#app/_ui/buttons.tsx'
import { paths } from '#lib/paths.ts'
import type { AnswerRow } from '#lib/readers/answers.ts'
import { sectionById } from '#lib/sections/all.ts'
import { changeWords as words } from '#lib/text/changes.ts'
import { collectionWords } from '#lib/text/collection.ts'
import { answerWords } from '#lib/text/ui.ts'
import type { changePage } from '#lib/views/changes.ts'
import { Span } from '../../_entry/list-body.tsx'
import { begin } from '../actions.ts'

type View = NonNullable<Awaited<ReturnType<typeof changePage>>>

/** The page as the record has it, sensitive values masked (CHG-1); each row of a list with what can be done to it (CHG-2). */
export function CurrentInformation({ view }: { view: View }) {
  const { page, answers, mayChange } = view
  const isList = sectionById(page).shape === 'list'
  if (!isList) return <AnswersView section={answers} audience="reviewer" fileHref={paths.file} />
  return (
    <>
      {answers.rows.map((row) => (
        <section key={row.id} aria-labelledby={`row-${row.id}`} className="mb-4 rounded-md border p-4">
          <h2 id={`row-${row.id}`} className="text-h3">
            {row.title}
          </h2>
          <BriefLine row={row} brief={briefs[page]} />
          <details className="mb-2">
            <summary
              className="button button-quiet marker:content-none"
              aria-label={`${collectionWords.view1} ${row.title}`}
            >
              {collectionWords.view1}
            </summary>
            <AnswersView
              section={{
                ...answers,
                title: `${row.title} ${words.details}`,
                section: row.id,
                rows: [untitled(row)],
                shared: [],
              }}
              audience="reviewer"
              fileHref={paths.file}
            />
          </details>
          {mayChange ? <RowButtons page={page} row={row} /> : null}
        </section>
      ))}
      {answers.rows.length === 0 ? <p className="mb-4 text-ink-2">{answerWords.none}</p> : null}
      {answers.shared.length > 0 ? (
        <AnswersView
          section={{ ...answers, title: collectionWords.shared, rows: [] }}
          audience="reviewer"
          fileHref={paths.file}
        />
      ) : null}
      {mayChange ? (
        <form action={begin}>
          <input type="hidden" name="section" value={page} />
          <Button kind="secondary" name="intent" value="add">
            {words.add}
          </Button>
        </form>
      ) : null}
    </>
  )
}

/** What tells one row from another, and the months it ran from and to. */
interface Brief {
  readonly keys: readonly string[]
  readonly period?: readonly [string, string]
}
const briefs: Readonly<Partial<Record<View['page'], Brief>>> = {
  education: { keys: ['school', 'level'], period: ['enrolled', 'graduated'] },
  employment: { keys: ['employer'], period: ['start', 'end'] },
  qualifications: { keys: ['kind', 'level', 'obtained'] },
}
function BriefLine({ row, brief }: { row: AnswerRow; brief: Brief | undefined }) {
  const shown = (key: string) => row.answers.find((answer) => answer.key === key)?.shown ?? ''
  const said = (brief?.keys ?? []).map(shown).filter((one) => one !== '')
  const [start, end] = brief?.period ?? []
  return (
    <p className="mb-2">
      {said.join(' · ')}
      {start && end ? (
        <>
          {' · '}
          <Span from={shown(start)} to={shown(end)} />
        </>
      ) : null}
    </p>
  )
}

const untitled = (row: AnswerRow): AnswerRow => ({ ...row, title: '' })

function RowButtons({ page, row }: { page: View['page']; row: AnswerRow }) {
  const hidden = (
    <>
      <input type="hidden" name="section" value={page} />
      <input type="hidden" name="row" value={row.id} />
    </>
  )
  return (
    <div className="flex flex-wrap items-start gap-3 print:hidden">
      <form action={begin}>
        {hidden}
        <Button kind="secondary" name="intent" value="row" about={row.title}>
          {words.change}
        </Button>
      </form>
      <details>
        <summary
          className="button button-quiet text-bad marker:content-none"
          aria-label={`${words.remove} ${row.title}`}
        >
          {words.remove}
        </summary>
        <form action={begin} className="mt-2 rounded-md border bg-paper p-3">
          {hidden}
          <p className="mb-2 text-hint text-ink-2">{words.removeAsk}</p>
          <Button kind="danger" name="intent" value="remove" about={row.title}>
            {words.removeConfirm}
          </Button>
        </form>
      </details>
    </div>
  )
}
