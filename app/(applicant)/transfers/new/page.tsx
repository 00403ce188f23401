import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { applicationWords } from '#lib/text/applications.ts'
import { transferWords as words } from '#lib/text/transfers.ts'
import { applicationDesk } from '#lib/views/application.ts'
import { Application } from '../../_application/application.tsx'
import { Who } from '../_parts.tsx'

interface Props {
  searchParams: Search
}

export const generateMetadata = async ({ searchParams }: Props) =>
  titled(applicationWords.transfer.title, await ownEcho(searchParams, paths.transferNew))

/** 调转申请 (TRF-2), with everything that is in the way said before anything is typed (TRF-1). */
export default async function NewTransferPage({ searchParams }: Props) {
  const { actor } = await applicantPage()
  const d = await deps()
  return (
    <Application
      d={d}
      actor={actor}
      view={await applicationDesk(d, actor, 'transfer')}
      echo={await ownEcho(searchParams, paths.transferNew)}
      done={(await searchParams).done}
      parents={[{ href: paths.transfers, label: words.title }]}
      aside={<Who />}
    />
  )
}
