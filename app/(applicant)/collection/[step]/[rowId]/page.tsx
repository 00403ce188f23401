import { notFound, redirect } from 'next/navigation'
import { type Search, titled } from '#app/_form/own-echo.ts'
import { AnswersView } from '#app/_ui/answers.tsx'
import { Actions, LinkButton } from '#app/_ui/buttons.tsx'
import { Page } from '#app/_ui/page.tsx'
import { anchorOf, paths } from '#lib/paths.ts'
import { answersOf } from '#lib/readers/answers.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'
import { collectionWords as words } from '#lib/text/collection.ts'
import { type SectionWords, sectionWords } from '#lib/text/sections.ts'
import { type Desk, isCollectionStep } from '#lib/views/collection.ts'
import { listRowOf } from '#lib/views/collection-rows.ts'
import { rowChecks } from '#lib/views/row-checks.ts'
import { warningsOf } from '#lib/views/warnings.ts'
import { StepAside } from '../../../_entry/parts.tsx'
import { RowBody, rowHeading } from '../../../_entry/row-body.tsx'
import { RowWarnings } from '../../../_entry/warnings.tsx'
import { crumbsTo, echoFor, openDesk, outcomeWith, StepList } from '../../_desk.tsx'

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
  const checks = rowChecks(desk, section, stored)
  const text: SectionWords = sectionWords[section]
  const title = rowHeading(desk, section, rowId)
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
      <RowBody desk={desk} section={section} rowId={rowId} echo={echo} done={done} />
    </Page>
  )
}

/** EDU-3: nobody knows yet whether a new row is one that 学信网 holds. */
const isForRegister = ({ draft }: Desk, row: Row) =>
  row.rev === 0 || sectionById('education').claims(row, draft.context).length > 0

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
      <RowWarnings warnings={warningsOf(draft, section, listRowOf(desk, section, rowId))} />
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
