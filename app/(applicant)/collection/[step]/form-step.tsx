import { Actions, Button } from '#app/_ui/buttons.tsx'
import { ErrorList } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Autosave, Autosaved } from '#app/_ui/live/autosave.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { SaveFirst, SlotPanel } from '#app/_ui/slot.tsx'
import type { Echo } from '#lib/action/echo.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { valueOf } from '#lib/sections/define.ts'
import { accountingWorks } from '#lib/sections/options.ts'
import { materials, collectionWords as words } from '#lib/text/collection.ts'
import { optionWord } from '#lib/text/options.ts'
import { registrationAnswers } from '#lib/text/registration.ts'
import { sectionWords } from '#lib/text/sections.ts'
import { collectionConsent, type Desk } from '#lib/views/collection.ts'
import { mainRowOf, type RowView, rowView } from '#lib/views/collection-rows.ts'
import { shownIssues } from '#lib/views/issues-shown.ts'
import { materialsOf } from '#lib/views/materials.ts'
import { keptOf, revOf, typedOf } from '../../_kept.ts'
import { crumbsTo, Done, StepList } from '../_desk.tsx'
import { MaterialsPanel } from '../_materials.tsx'
import { EntryFields, ReturnNotice, StaleNotice, StepAside, StepButtons } from '../_parts.tsx'
import { agree, removePicture, saveStep } from '../actions.ts'
import { DepartmentFields } from './department-fields.tsx'

interface Props {
  d: Deps
  actor: Applicant
  desk: Desk
  section: SectionId
  echo: Echo | null
  done: string | string[] | undefined
}

/** A page of one form: 会计管理部门, 采集须知, 基本信息. */
export async function FormStep({ d, actor, desk, section, echo, done }: Props) {
  const stored = mainRowOf(desk, section)
  const typed = typedOf(echo, section, stored)
  const row = rowView(desk, section, stored, typed, echo?.issues ?? [])
  const { title, lead } = sectionWords[section]
  return (
    <Page
      width="wide"
      crumbs={crumbsTo({ label: title })}
      title={title}
      lead={lead}
      side={<StepList desk={desk} current={section} />}
      aside={<Aside section={section} />}
    >
      <ErrorList issues={echo ? shownIssues(row.fields, row.slots, row.others) : []} token={echo?.id} />
      <Done done={done} />
      <StaleNotice desk={desk} section={section} stored={stored} typed={typed} echo={echo} />
      <ReturnNotice desk={desk} section={section} />
      {section === 'basic' ? <Pictures d={d} actor={actor} desk={desk} row={row} /> : null}
      <Autosaved key={`${section}/${row.rowId}`} kept={keptOf(echo, stored)} rev={revOf(echo, stored)}>
        <form action={saveStep} noValidate>
          <EntryFields desk={desk} section={section} rowId={row.rowId} intent="next" />
          {section === 'department' ? (
            <DepartmentFields
              d={d}
              desk={desk}
              row={row}
              chosen={valueOf(typed, 'departmentId')}
              echo={echo}
            />
          ) : (
            row.fields.map((field) => <FieldInput key={field.name} field={field} />)
          )}
          {section === 'scope' ? (
            <Button kind="secondary" name="intent" value="materials">
              {materials.refresh}
            </Button>
          ) : null}
          <Autosave />
          <Actions
            primary={
              <Button name="intent" value="next">
                {words.saveNext}
              </Button>
            }
          >
            <StepButtons first={section === 'department'} />
          </Actions>
        </form>
      </Autosaved>
      {section === 'scope' ? (
        <MaterialsPanel materials={materialsOf(desk.draft, d.registers !== null)} />
      ) : null}
    </Page>
  )
}

async function Pictures({ d, actor, desk, row }: { d: Deps; actor: Applicant; desk: Desk; row: RowView }) {
  const consented = await collectionConsent(d, actor)
  const [registered] = registrationAnswers(desk.file.account).rows
  return (
    <>
      <Panel title={words.registered} tone="panel">
        <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
          {registered?.answers.map(({ key, label, shown }) => (
            <div key={key} className="flex flex-wrap gap-x-3">
              <dt className="text-ink-2">{label}</dt>
              <dd className="break-all">{shown}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <div className="mt-6">
        <SaveFirst />
        {consented ? (
          row.slots.map((slot) => (
            <SlotPanel
              key={slot.at}
              slot={slot}
              remove={removePicture}
              hidden={{ case: desk.file.case.id, section: 'basic', page: '' }}
            />
          ))
        ) : (
          <form action={agree} id="consent" tabIndex={-1} className="mb-6">
            <Panel title={words.consent.title}>
              <p className="max-w-measure">{words.consent.text}</p>
              <p className="mt-2 mb-4 text-hint text-ink-2">{words.consent.first}</p>
              <Button>{words.consent.go}</Button>
            </Panel>
          </form>
        )}
      </div>
    </>
  )
}

function Aside({ section }: { section: SectionId }) {
  if (section === 'department')
    return (
      <StepAside section={section}>
        <p className="font-medium text-ink">{words.departmentRuleTitle}</p>
        <ul className="list-disc space-y-1 pl-5">
          {words.departmentRule.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </StepAside>
    )
  if (section === 'scope')
    return (
      <StepAside section={section}>
        <details>
          <summary className="flex min-h-target items-center font-medium text-brand">
            {words.worksTitle}
          </summary>
          <ul className="list-disc space-y-1 pl-5">
            {accountingWorks.map((work) => (
              <li key={work}>{optionWord('accountingWork', work)}</li>
            ))}
          </ul>
        </details>
      </StepAside>
    )
  return <StepAside section={section} />
}
