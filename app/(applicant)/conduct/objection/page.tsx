import { redirect } from 'next/navigation'
import type { Search } from '#app/_form/own-echo.ts'
import { ConductEntry } from '#app/_ui/conduct-entry.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { echoOf } from '#lib/action/echo.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { applicationWords } from '#lib/text/applications.ts'
import { conductWords as words } from '#lib/text/conduct.ts'
import { applicationDesk } from '#lib/views/application.ts'
import { entryAbout } from '#lib/views/conduct.ts'
import { Application } from '../../_application/application.tsx'

export const metadata = { title: applicationWords.objection.title }

/** 提出异议 (AWD-1): the entry it is about stands above the form. It begins at an entry, so without one there is nothing here. */
export default async function ObjectionPage({ searchParams }: { searchParams: Search }) {
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
      echo={await echoOf(asked.echo)}
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
