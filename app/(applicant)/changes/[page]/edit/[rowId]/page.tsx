import { notFound, redirect } from 'next/navigation'
import { type Search, titled } from '#app/_form/own-echo.ts'
import { Page } from '#app/_ui/page.tsx'
import { echoOf } from '#lib/action/echo.ts'
import { paths } from '#lib/paths.ts'
import { sectionById } from '#lib/sections/all.ts'
import { changeWords as words } from '#lib/text/changes.ts'
import { changeDesk, changeMarks } from '#lib/views/changes.ts'
import { StepAside } from '../../../../_entry/parts.tsx'
import { RowBody, rowHeading } from '../../../../_entry/row-body.tsx'
import { changesPage, crumbsTo, PageList, pageOf } from '../../../_frame.tsx'

interface Props {
  params: Promise<{ page: string; rowId: string }>
  searchParams: Search
}

export async function generateMetadata({ params, searchParams }: Props) {
  const page = await pageOf(params)
  return titled(`${words.pages[page]} · ${words.title}`, await echoOf((await searchParams).echo))
}

/** One row of the draft of a change (CHG-2). */
export default async function RowPage({ params, searchParams }: Props) {
  const page = await pageOf(params)
  const { rowId } = await params
  if (sectionById(page).shape !== 'list' || !/^[a-z0-9]{6,24}$/.test(rowId)) notFound()
  const { d, actor } = await changesPage()
  const open = await changeDesk(d, actor, page)
  if (!open) redirect(paths.changes(page))
  const asked = await searchParams
  const title = rowHeading(open.desk, page, rowId)
  return (
    <Page
      width="wide"
      crumbs={crumbsTo(
        { href: paths.changes(page), label: words.pages[page] },
        { href: paths.changeEdit(page), label: words.edit.title(words.pages[page]) },
        { label: title },
      )}
      title={title}
      side={<PageList current={page} marks={await changeMarks(d, actor)} />}
      aside={<StepAside section={page} />}
    >
      <RowBody
        desk={open.desk}
        section={page}
        rowId={rowId}
        echo={await echoOf(asked.echo)}
        done={asked.done}
      />
    </Page>
  )
}
