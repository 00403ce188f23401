import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { applicationWords } from '#lib/text/applications.ts'
import { conductWords } from '#lib/text/conduct.ts'
import { applicationDesk } from '#lib/views/application.ts'
import { Application } from '../../_application/application.tsx'

interface Props {
  searchParams: Search
}

const page = paths.conductAward

export const generateMetadata = async ({ searchParams }: Props) =>
  titled(applicationWords.award.title, await ownEcho(searchParams, page))

/** 申报奖励 (AWD-1). */
export default async function AwardPage({ searchParams }: Props) {
  const { actor } = await applicantPage()
  const d = await deps()
  return (
    <Application
      d={d}
      actor={actor}
      view={await applicationDesk(d, actor, 'award')}
      echo={await ownEcho(searchParams, page)}
      done={(await searchParams).done}
      parents={[{ href: paths.conduct, label: conductWords.title }]}
    />
  )
}
