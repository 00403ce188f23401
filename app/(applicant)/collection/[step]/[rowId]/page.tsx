import { notFound, redirect } from 'next/navigation'
import { type Search, titled } from '#app/_form/own-echo.ts'
import { AnswersView } from '#app/_ui/answers.tsx'
import { Actions, Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FieldInput, ShownWhen } from '#app/_ui/fields.tsx'
import { Autosave, Autosaved } from '#app/_ui/live/autosave.tsx'
import { ConditionalFields } from '#app/_ui/live/conditional-fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { SaveFirst, SlotPanel } from '#app/_ui/slot.tsx'
import { anchorOf, paths } from '#lib/paths.ts'
import { answersOf } from '#lib/readers/answers.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'
import { collectionWords as words } from '#lib/text/collection.ts'
import { rowTitle, type SectionWords, sectionWords } from '#lib/text/sections.ts'
import { type Desk, isCollectionStep } from '#lib/views/collection.ts'
import { listRowOf, type NestedView, rowView } from '#lib/views/collection-rows.ts'
import { shownIssues } from '#lib/views/issues-shown.ts'
import { rowChecks } from '#lib/views/row-checks.ts'
import { keptOf, revOf, typedOf } from '../../../_kept.ts'
import { CheckNotice } from '../../_checks.tsx'
import { crumbsTo, Done, echoFor, openDesk, outcomeWith, StepList } from '../../_desk.tsx'
import { EntryFields, ReturnNotice, StaleNotice, StepAside } from '../../_parts.tsx'
import { removePicture, saveRow } from '../../actions.ts'

interface Props {
  params: Promise<{ step: string; rowId: string }>
  searchParams: Search
}

const sectionOf = async (params: Props['params']): Promise<SectionId> => {
  const { step } = await params
  if (!isCollectionStep(step) || step === 'outcome' || sectionById(step).shape !== 'list') notFound()
  return step
}

export async function generateMetadata({ params, searchParams }: Props) {
  const echo = await echoFor(searchParams)
  const title = `${sectionWords[await sectionOf(params)].title} · ${words.title}`
  return titled(title, echo)
}

/** One row of a list: 编辑, and 查看详情 with `?view=1`. */
export default async function RowPage({ params, searchParams }: Props) {
  const section = await sectionOf(params)
  const { rowId } = await params
  const { desk } = await openDesk()
  if (!desk.editable) redirect(outcomeWith((await searchParams).echo))
  if (!/^[a-z0-9]{6,24}$/.test(rowId)) notFound()
  const { view, done } = await searchParams
  const stored = listRowOf(desk, section, rowId)
  if (view && stored.rev > 0) return <RowDetails desk={desk} section={section} rowId={rowId} />
  const echo = await echoFor(searchParams)
  const typed = typedOf(echo, section, stored)
  const row = rowView(desk, section, stored, typed, echo?.issues ?? [])
  const checks = rowChecks(desk, section, stored)
  const text: SectionWords = sectionWords[section]
  const position = desk.draft.rows(section).findIndex(({ id }) => id === rowId)
  const title = position < 0 ? `${words.add}${text.row ?? ''}` : rowTitle(section, position + 1)
  const slots = [...row.slots, ...row.nested.flatMap((nested) => nested.slots)]
  const fields = [...row.fields, ...row.nested.flatMap((nested) => nested.fields)]
  return (
    <Page
      width="wide"
      crumbs={crumbsTo({ href: paths.collectionStep(section), label: text.title }, { label: title })}
      title={title}
      lead={
        section === 'education' && !checks && isForRegister(desk, stored) ? words.registerHint : undefined
      }
      side={<StepList desk={desk} current={section} />}
      aside={<StepAside section={section} />}
    >
      <ErrorList issues={echo ? shownIssues(fields, slots, row.others) : []} token={echo?.id} />
      <Done done={done} />
      <StaleNotice desk={desk} section={section} stored={stored} typed={typed} echo={echo} />
      <ReturnNotice
        desk={desk}
        section={section}
        rowIds={[rowId, ...(stored.children ?? []).map(({ id }) => id)]}
      />
      <CheckNotice checks={checks} />
      {row.warnings.length > 0 ? (
        <Notice kind="warn" title={words.warnings}>
          <ul className="list-disc pl-5">
            {row.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <Autosaved key={`${section}/${row.rowId}`} kept={keptOf(echo, stored)} rev={revOf(echo, stored)}>
        <form action={saveRow} noValidate>
          <EntryFields desk={desk} section={section} rowId={row.rowId} intent="save" />
          {row.fields.map((field) => (
            <FieldInput key={field.name} field={field} />
          ))}
          {sectionById(section).nested ? (
            <ShownWhen condition={row.nestedWhen ?? undefined}>
              <Nested text={text} nested={row.nested} />
            </ShownWhen>
          ) : null}
          <ConditionalFields />
          <Autosave />
          <Actions
            primary={
              <Button name="intent" value="save">
                {words.save}
              </Button>
            }
          >
            <LinkButton kind="secondary" href={paths.collectionStep(section)}>
              {words.backToList}
            </LinkButton>
            <Button kind="quiet" name="intent" value="exit">
              {words.saveExit}
            </Button>
          </Actions>
        </form>
      </Autosaved>
      <section className="mt-10" aria-labelledby="proofs">
        <h2 id="proofs" className="mb-3 text-h2">
          {words.proofs}
        </h2>
        <SaveFirst />
        {slots.length > 0 ? (
          slots.map((slot) => (
            <SlotPanel
              key={slot.at}
              slot={slot}
              remove={removePicture}
              hidden={{ case: desk.file.case.id, section, page: rowId }}
            />
          ))
        ) : (
          <p className="text-ink-2">{row.stored ? words.noProofs : words.proofsAfterSave}</p>
        )}
      </section>
    </Page>
  )
}

/** EDU-3: nobody knows yet whether a new row is one that 学信网 holds. */
const isForRegister = ({ draft }: Desk, row: Row) =>
  row.rev === 0 || sectionById('education').claims(row, draft.context).length > 0

/** WRK-2: the nested rows of a job, inside its form so that one save keeps all of it. */
function Nested({ text, nested }: { text: SectionWords; nested: readonly NestedView[] }) {
  return (
    <section aria-labelledby="nested" className="mt-8 border-t pt-6">
      <h2 id="nested" className="text-h2">
        {text.nested?.title}
      </h2>
      <p id="posts" tabIndex={-1} className="mt-1 mb-4 text-ink-2">
        {words.childLead}
      </p>
      {nested.map((child, index) => (
        <fieldset key={child.id} className="mb-4 rounded-md border bg-panel p-4">
          <legend className="px-1 font-medium">{words.childTitle(index + 1)}</legend>
          {child.fields.map((field) => (
            <FieldInput key={field.name} field={field} />
          ))}
          {nested.length > 1 ? (
            <label className="flex min-h-target items-center gap-3 text-ink-2">
              <input type="checkbox" className="tick" name={`posts.${child.id}.remove`} value="1" />
              {words.removeChild}
            </label>
          ) : null}
        </fieldset>
      ))}
      <div id="nested-end" tabIndex={-1}>
        <Button kind="secondary" name="intent" value="add">
          {words.addChild}
        </Button>
      </div>
    </section>
  )
}

function RowDetails({ desk, section, rowId }: { desk: Desk; section: SectionId; rowId: string }) {
  const { draft } = desk
  const answers = answersOf(sectionById(section), draft.rows(section), draft.context, draft.files(section), {
    department: '',
  })
  const title = sectionWords[section].title
  const href = paths.collectionRow(section, rowId)
  return (
    <Page
      width="wide"
      crumbs={crumbsTo({ href: paths.collectionStep(section), label: title }, { label: words.view1 })}
      title={words.view1}
      side={<StepList desk={desk} current={section} />}
    >
      <div id={anchorOf(`row:${rowId}`)}>
        <AnswersView
          section={{ ...answers, rows: answers.rows.filter(({ id }) => id === rowId), shared: [] }}
          audience="owner"
          fileHref={paths.file}
        />
      </div>
      <Actions
        primary={
          <LinkButton kind="primary" href={href}>
            {words.edit}
          </LinkButton>
        }
      >
        <LinkButton href={paths.collectionStep(section)}>{words.backToList}</LinkButton>
      </Actions>
    </Page>
  )
}
