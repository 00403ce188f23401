import { redirect } from 'next/navigation'
import { type Search, titled } from '#app/_form/own-echo.ts'
import { echoOf } from '#lib/action/echo.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { documentCaseWords, documentWords } from '#lib/text/document-cases.ts'
import { documentDesk } from '#lib/views/document-case.ts'
import { DocumentCase } from '../../_document-case/document-case.tsx'

const { title } = documentCaseWords.identity

export async function generateMetadata({ searchParams }: { searchParams: Search }) {
  const echo = await echoOf((await searchParams).echo)
  return titled(title, echo)
}

/** 线上实名认证 (IDV-3): consent, three pictures, the city; then what its department says. */
export default async function IdentityPicturesPage({ searchParams }: { searchParams: Search }) {
  const { actor, account } = await applicantPage()
  if (account.identityState === 'verified') redirect(paths.identity)
  const [asked, d] = [await searchParams, await deps()]
  return (
    <DocumentCase
      view={await documentDesk(d, actor, 'identity')}
      days={d.env.limits.identityPictureDays}
      echo={await echoOf(asked.echo)}
      parents={[{ href: paths.identity, label: documentWords.identity }]}
      done={asked.done}
    />
  )
}
