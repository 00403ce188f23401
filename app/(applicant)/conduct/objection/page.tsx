import { redirect } from 'next/navigation'
import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { ConductEntry } from '#app/_ui/conduct-entry.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { applicationWords } from '#lib/text/applications.ts'
import { conductWords as words } from '#lib/text/conduct.ts'
import { applicationDesk } from '#lib/views/application.ts'
import { entryAbout } from '#lib/views/conduct.ts'
import { Application } from '../../_application/application.tsx'

interface Props {
  searchParams: Search
}

const page = paths.conductObjection

export const generateMetadata = async ({ searchParams }: Props) =>
  titled(applicationWords.objection.title, await ownEcho(searchParams, page))

/** 提出异议 (AWD-1): the entry it is about stands above the form. It begins at an entry, so without one there is nothing here. */
export default async function ObjectionPage({ searchParams }: Props) {
  const { actor } = await applicantPage()
  const asked = await searchParams
  const d = await deps()
  const view = await applicationDesk(d, actor, 'objection')
  if (view.desk === null) redirect(`${paths.conduct}${asked.done === 'dropped' ? '?done=dropped' : ''}`)
  const entry = await entryAbout(d, view.desk.file.case.about)
  return (
    <Application
      d={d}
      actor={actor}
      view={view}
      echo={await ownEcho(searchParams, page)}
      done={asked.done}
      parents={[{ href: paths.conduct, label: words.title }]}
      before={
        entry ? (
          <div className="mb-6">
            <Panel title={words.objected} tone="panel">
              <ConductEntry entry={entry} />
            </Panel>
          </div>
        ) : null
      }
    />
  )
}
