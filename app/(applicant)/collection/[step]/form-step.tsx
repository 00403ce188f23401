import { Actions, Button } from '#app/_ui/buttons.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import type { Echo } from '#lib/action/echo.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { valueOf } from '#lib/sections/define.ts'
import { accountingWorks } from '#lib/sections/options.ts'
import { materials, collectionWords as words } from '#lib/text/collection.ts'
import { optionWord } from '#lib/text/options.ts'
import { wordsFor } from '#lib/text/words-for.ts'
import type { Desk } from '#lib/views/collection.ts'
import { mainRowOf, rowView } from '#lib/views/collection-rows.ts'
import { materialsOf } from '#lib/views/materials.ts'
import { FormBody } from '../../_entry/form-body.tsx'
import { StepAside } from '../../_entry/parts.tsx'
import { typedOf } from '../../_kept.ts'
import { crumbsTo, StepButtons, StepList } from '../_desk.tsx'
import { MaterialsPanel } from '../_materials.tsx'
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
  const { title, lead } = wordsFor(section, desk.file.account.idType)
  return (
    <Page
      width="wide"
      crumbs={crumbsTo({ label: title })}
      title={title}
      lead={lead}
      side={<StepList desk={desk} current={section} />}
      aside={<Aside section={section} />}
    >
      <FormBody
        d={d}
        actor={actor}
        desk={desk}
        row={row}
        section={section}
        echo={echo}
        done={done}
        actions={
          <Actions
            primary={
              <Button name="intent" value="next">
                {words.saveNext}
              </Button>
            }
          >
            <StepButtons first={section === 'department'} />
          </Actions>
        }
      >
        {section === 'department' ? (
          <DepartmentFields d={d} desk={desk} row={row} chosen={valueOf(typed, 'departmentId')} echo={echo} />
        ) : (
          row.fields.map((field) => <FieldInput key={field.name} field={field} />)
        )}
        {section === 'scope' ? (
          <Button kind="secondary" name="intent" value="materials">
            {materials.refresh}
          </Button>
        ) : null}
      </FormBody>
      {section === 'scope' ? (
        <MaterialsPanel materials={materialsOf(desk.draft, d.registers !== null)} />
      ) : null}
    </Page>
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
