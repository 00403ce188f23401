import { Actions, Button } from '#app/_ui/buttons.tsx'
import { Page } from '#app/_ui/page.tsx'
import type { Echo } from '#lib/action/echo.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { collectionWords as words } from '#lib/text/collection.ts'
import { sectionWords } from '#lib/text/sections.ts'
import type { Desk } from '#lib/views/collection.ts'
import { ListBody } from '../../_entry/list-body.tsx'
import { StepAside } from '../../_entry/parts.tsx'
import { crumbsTo, StepButtons, StepList } from '../_desk.tsx'
import { passList } from '../actions.ts'

interface Props {
  desk: Desk
  section: SectionId
  echo: Echo | null
  done: string | string[] | undefined
}

/** A page of many rows: 教育经历, 工作经历, 专业技术资格. */
export function ListStep({ desk, section, echo, done }: Props) {
  const { title, lead } = sectionWords[section]
  return (
    <Page
      width="wide"
      crumbs={crumbsTo({ label: title })}
      title={title}
      lead={lead}
      side={<StepList desk={desk} current={section} />}
      aside={<StepAside section={section} />}
    >
      <ListBody desk={desk} section={section} echo={echo} done={done}>
        <form action={passList}>
          <input type="hidden" name="section" value={section} />
          <Actions
            primary={
              <Button name="intent" value="next">
                {words.saveNext}
              </Button>
            }
          >
            <StepButtons />
          </Actions>
        </form>
      </ListBody>
    </Page>
  )
}
