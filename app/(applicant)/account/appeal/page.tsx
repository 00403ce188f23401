import { type Search, titled } from '#app/_form/own-echo.ts'
import { echoOf, knownBrowser } from '#lib/action/echo.ts'
import { issueCaptcha } from '#lib/auth/captcha-token.ts'
import { personPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { appealWords, documentWords } from '#lib/text/document-cases.ts'
import { codeWait } from '#lib/views/code-wait.ts'
import { documentDesk } from '#lib/views/document-case.ts'
import { ownClaim } from '#lib/views/own-identity.ts'
import { DocumentCase } from '../../_document-case/document-case.tsx'
import { NewPhone } from './new-phone.tsx'
import { ClaimedNumber, ClaimedPhone, Drop } from './parts.tsx'

interface Props {
  searchParams: Search
}

const { title } = appealWords
const account = { href: paths.account, label: documentWords.account }

export async function generateMetadata({ searchParams }: Props) {
  const echo = await echoOf((await searchParams).echo)
  return titled(title, echo)
}

/** 账户申诉: a lost phone (ACC-8) after the new one is proven; a number held by another account (ACC-9) at once. */
export default async function AppealPage({ searchParams }: Props) {
  const { actor } = await personPage()
  const [asked, d] = [await searchParams, await deps()]
  const echo = await echoOf(asked.echo)
  const [view, claim] = [await documentDesk(d, actor, 'appeal'), await ownClaim(d, actor)]
  const isClaimant = actor.kind === 'claimant'
  if (!isClaimant && claim.nextPhone === '' && !view.review)
    return (
      <NewPhone
        present={claim.phone}
        captcha={issueCaptcha(d)}
        wait={await codeWait(d, await knownBrowser(), 'phone-lost')}
        echo={echo}
        crumbs={[account, { label: title }]}
        granted={view.last?.state === 'approved'}
      />
    )
  return (
    <DocumentCase
      view={view}
      days={d.env.limits.identityPictureDays}
      echo={echo}
      parents={isClaimant ? [] : [account]}
      done={asked.done}
      before={isClaimant ? <ClaimedNumber number={claim.number} /> : <ClaimedPhone phone={claim.nextPhone} />}
      after={<Drop of={isClaimant ? 'number' : 'phone'} underReview={view.review !== null} />}
    />
  )
}
