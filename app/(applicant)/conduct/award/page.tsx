import type { Search } from '#app/_form/own-echo.ts'
import { echoOf } from '#lib/action/echo.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { applicationWords } from '#lib/text/applications.ts'
import { conductWords } from '#lib/text/conduct.ts'
import { applicationDesk } from '#lib/views/application.ts'
import { Application } from '../../_application/application.tsx'

export const metadata = { title: applicationWords.award.title }

/** 申报奖励 (AWD-1). */
export default async function AwardPage({ searchParams }: { searchParams: Search }) {
  const { actor } = await applicantPage()
  const asked = await searchParams
  const d = await deps()
  return (
    <Application
      d={d}
      actor={actor}
      view={await applicationDesk(d, actor, 'award')}
      echo={await echoOf(asked.echo)}
      done={asked.done}
      parents={[{ href: paths.conduct, label: conductWords.title }]}
    />
  )
}
