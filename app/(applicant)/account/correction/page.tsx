import { type Search, titled } from '#app/_form/own-echo.ts'
import { echoOf } from '#lib/action/echo.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { documentWords, mendWords } from '#lib/text/document-cases.ts'
import { documentDesk } from '#lib/views/document-case.ts'
import { ownIdentity } from '#lib/views/own-identity.ts'
import { DocumentCase } from '../../_document-case/document-case.tsx'
import { MendForm } from './mend-form.tsx'

interface Props {
  searchParams: Search
}

const { title } = mendWords
const parent = { href: paths.account, label: documentWords.account }

export async function generateMetadata({ searchParams }: Props) {
  const echo = await echoOf((await searchParams).echo)
  return titled(title, echo)
}

/** 身份信息更正: put right at once before 实名认证, by documents and two people afterwards. */
export default async function CorrectionPage({ searchParams }: Props) {
  const { actor, account } = await applicantPage()
  const [asked, d] = [await searchParams, await deps()]
  const echo = await echoOf(asked.echo)
  if (account.identityState === 'verified')
    return (
      <DocumentCase
        view={await documentDesk(d, actor, 'correction')}
        days={d.env.limits.identityPictureDays}
        echo={echo}
        parents={[parent]}
        done={asked.done}
      />
    )
  return (
    <MendForm
      own={await ownIdentity(d, actor)}
      echo={echo}
      crumbs={[parent, { label: title }]}
      done={asked.done === 'mended' && !echo}
    />
  )
}
