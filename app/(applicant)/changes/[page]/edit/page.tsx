import { redirect } from 'next/navigation'
import { type Search, titled } from '#app/_form/own-echo.ts'
import { Actions, Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { Table } from '#app/_ui/table.tsx'
import { echoOf } from '#lib/action/echo.ts'
import { paths } from '#lib/paths.ts'
import { sectionById } from '#lib/sections/all.ts'
import { changeWords } from '#lib/text/changes.ts'
import { issueText } from '#lib/text/issues.ts'
import { changeDesk, changeMarks } from '#lib/views/changes.ts'
import { mainRowOf, rowView } from '#lib/views/collection-rows.ts'
import type { WarnedRow } from '#lib/views/warnings.ts'
import { Obstacles } from '../../../_application/application.tsx'
import { FormBody } from '../../../_entry/form-body.tsx'
import { ListBody } from '../../../_entry/list-body.tsx'
import { DeclarationTick, StepAside } from '../../../_entry/parts.tsx'
import { WarnedRows } from '../../../_entry/warnings.tsx'
import { typedOf } from '../../../_kept.ts'
import { changesPage, crumbsTo, type PageId, PageList, pageOf } from '../../_frame.tsx'
import { submitChange } from '../../actions.ts'

const words = changeWords.edit

interface Props {
  params: Promise<{ page: string }>
  searchParams: Search
}

export async function generateMetadata({ params, searchParams }: Props) {
  const page = await pageOf(params)
  const title = `${words.title(changeWords.pages[page])} · ${changeWords.title}`
  return titled(title, await echoOf((await searchParams).echo))
}

/** The draft of a change (CHG-2): the page of the wizard it is, then what would change, then 提交. */
export default async function EditPage({ params, searchParams }: Props) {
  const page = await pageOf(params)
  const { d, actor } = await changesPage()
  const open = await changeDesk(d, actor, page)
  if (!open) redirect(paths.changes(page))
  const { desk, lines, waitsFor, obstacles, automatic, warned } = open
  const asked = await searchParams
  const echo = await echoOf(asked.echo)
  const isSubmission = echo?.values.declared !== undefined || echo?.values.submit !== undefined
  const title = words.title(changeWords.pages[page])
  const foot = (
    <Submit
      caseId={desk.file.case.id}
      page={page}
      lines={lines}
      obstacles={obstacles.map((one) => issueText(one))}
      warned={warned}
      declared={echo?.values.declared?.[0] === '1'}
      automatic={automatic}
    />
  )
  const shown = isSubmission ? null : echo
  return (
    <Page
      width="wide"
      crumbs={crumbsTo({ href: paths.changes(page), label: changeWords.pages[page] }, { label: title })}
      title={title}
      lead={words.lead}
      side={<PageList current={page} marks={await changeMarks(d, actor)} />}
      aside={<StepAside section={page} />}
    >
      {isSubmission ? (
        <ErrorList
          issues={(echo?.issues ?? []).map((one) => ({
            at: one.at?.startsWith('section:') ? 'submit' : (one.at ?? 'submit'),
            text: issueText(one),
          }))}
          token={echo?.id}
        />
      ) : null}
      <Obstacles obstacles={waitsFor} />
      {sectionById(page).shape === 'form' ? (
        <>
          <MainForm d={d} actor={actor} desk={desk} page={page} echo={shown} done={asked.done} />
          {foot}
        </>
      ) : (
        <ListBody desk={desk} section={page} echo={shown} done={asked.done}>
          {foot}
        </ListBody>
      )}
    </Page>
  )
}

function MainForm({
  d,
  actor,
  desk,
  page,
  echo,
  done,
}: Omit<Parameters<typeof FormBody>[0], 'row' | 'section' | 'children' | 'actions'> & {
  page: PageId
}) {
  const stored = mainRowOf(desk, page)
  const row = rowView(desk, page, stored, typedOf(echo, page, stored), echo?.issues ?? [])
  return (
    <FormBody
      d={d}
      actor={actor}
      desk={desk}
      row={row}
      section={page}
      echo={echo}
      done={done}
      actions={
        <Actions
          primary={
            <Button name="intent" value="next">
              {words.save}
            </Button>
          }
        >
          <LinkButton kind="quiet" href={paths.changes(page)}>
            {words.back}
          </LinkButton>
        </Actions>
      }
    >
      {row.fields.map((field) => (
        <FieldInput key={field.name} field={field} />
      ))}
    </FormBody>
  )
}

interface SubmitProps {
  caseId: string
  page: PageId
  lines: NonNullable<Awaited<ReturnType<typeof changeDesk>>>['lines']
  obstacles: readonly string[]
  warned: readonly WarnedRow[]
  declared: boolean
  automatic: boolean
}

/** What would change, before and after, and 提交变更. */
function Submit({ caseId, page, lines, obstacles, warned, declared, automatic }: SubmitProps) {
  return (
    <section aria-labelledby="submit" className="mt-10 border-t pt-6">
      <h2 id="submit" tabIndex={-1} className="mb-3 text-h2">
        {words.summary}
      </h2>
      {lines.length === 0 ? (
        <p className="text-ink-2">{words.nothing}</p>
      ) : (
        <>
          <Table
            caption={words.summary}
            captionHidden
            rowHeader="field"
            empty=""
            columns={[
              { key: 'field', label: words.field },
              { key: 'before', label: words.before },
              { key: 'after', label: words.after },
            ]}
            rows={lines.map((line) => ({
              id: line.key,
              cells: {
                field: [line.row, line.label].filter((part) => part !== '').join(' · '),
                before: line.before === '' ? '' : <del className="text-ink-2">{line.before}</del>,
                after: line.after === '' ? '' : <ins className="text-bad">{line.after}</ins>,
              },
            }))}
          />
          {obstacles.length > 0 ? (
            <Panel tone="panel" title={words.blocked}>
              <ul className="list-disc pl-5">
                {obstacles.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </Panel>
          ) : null}
          <div className="mt-6">
            <WarnedRows rows={warned} />
          </div>
          <form action={submitChange} noValidate>
            <input type="hidden" name="section" value={page} />
            <input type="hidden" name="case" value={caseId} />
            <input type="hidden" name="submit" value="1" />
            <DeclarationTick checked={declared} />
            {automatic ? <p className="text-hint text-ink-2">{words.automatic}</p> : null}
            <div className="mt-4">
              <Button>{words.submit}</Button>
            </div>
          </form>
        </>
      )}
    </section>
  )
}
