import { Actions, Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList } from '#app/_ui/errors.tsx'
import { FieldInput, ShownWhen } from '#app/_ui/fields.tsx'
import { Autosave, Autosaved } from '#app/_ui/live/autosave.tsx'
import { ConditionalFields } from '#app/_ui/live/conditional-fields.tsx'
import { SaveFirst, Slots } from '#app/_ui/slot.tsx'
import type { Echo } from '#lib/action/echo.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { collectionWords as words } from '#lib/text/collection.ts'
import { rowTitle, type SectionWords, sectionWords } from '#lib/text/sections.ts'
import type { Desk } from '#lib/views/collection.ts'
import { listRowOf, type NestedView, rowView } from '#lib/views/collection-rows.ts'
import { shownIssues } from '#lib/views/issues-shown.ts'
import { rowChecks } from '#lib/views/row-checks.ts'
import { keptOf, revOf, typedOf } from '../_kept.ts'
import { removePicture, saveRow } from '../collection/actions.ts'
import { CheckNotice } from './checks.tsx'
import { Done, EntryFields, ReturnNotice, StaleNotice } from './parts.tsx'
import { RowWarnings } from './warnings.tsx'

interface Props {
  desk: Desk
  section: SectionId
  rowId: string
  echo: Echo | null
  done: string | string[] | undefined
}

/** What the page of a row is called: its place in the list, or that it is new. */
export function rowHeading(desk: Desk, section: SectionId, rowId: string): string {
  const text: SectionWords = sectionWords[section]
  const position = desk.draft.rows(section).findIndex(({ id }) => id === rowId)
  return position < 0 ? `${words.add}${text.row ?? ''}` : rowTitle(section, position + 1)
}

/** One row of a list as a form, with its proofs. */
export function RowBody({ desk, section, rowId, echo, done }: Props) {
  const stored = listRowOf(desk, section, rowId)
  const typed = typedOf(echo, section, stored)
  const kept = keptOf(echo, stored)
  const row = rowView(desk, section, stored, typed, echo?.issues ?? [])
  const checks = rowChecks(desk, section, stored)
  const text: SectionWords = sectionWords[section]
  const slots = [...row.slots, ...row.nested.flatMap((nested) => nested.slots)]
  const fields = [...row.fields, ...row.nested.flatMap((nested) => nested.fields)]
  return (
    <>
      <ErrorList issues={echo ? shownIssues(fields, slots, row.others) : []} token={echo?.id} />
      <Done done={done} />
      <StaleNotice desk={desk} section={section} stored={stored} typed={typed} echo={echo} />
      <ReturnNotice
        desk={desk}
        section={section}
        rowIds={[rowId, ...(stored.children ?? []).map(({ id }) => id)]}
      />
      <CheckNotice checks={checks} />
      <RowWarnings warnings={row.warnings} />
      <Autosaved key={`${section}/${row.rowId}`} kept={kept} rev={revOf(echo, stored)}>
        <form action={saveRow} noValidate>
          <EntryFields desk={desk} section={section} rowId={row.rowId} kept={kept} intent="save" />
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
            <LinkButton kind="secondary" href={desk.places.step(section)}>
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
          <Slots
            slots={slots}
            remove={removePicture}
            hidden={{ case: desk.file.case.id, section, page: rowId, desk: desk.places.kind }}
          />
        ) : (
          <p className="text-ink-2">{row.provable ? words.noProofs : words.proofsAfterSave}</p>
        )}
      </section>
    </>
  )
}

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
