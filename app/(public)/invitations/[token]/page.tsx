import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Actions, Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Facts } from '#app/_ui/facts.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { SecretInput } from '#app/_ui/secret-input.tsx'
import { EnrolmentSteps } from '#app/(account)/account/factor/_enrolment.tsx'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { accountWords } from '#lib/text/account.ts'
import { acceptWords as words } from '#lib/text/staff.ts'
import { openLink } from '#lib/views/invitation.ts'
import { staffForm } from '#lib/views/staff-form.ts'
import { accept } from './actions.ts'

interface Props {
  params: Promise<{ token: string }>
  searchParams: Search
}

const kept = (searchParams: Search) => ownEcho(searchParams, paths.invitation(''))

export async function generateMetadata({ searchParams }: Props) {
  const echo = await kept(searchParams)
  return titled(words.title, echo)
}

/** 开通人员账户 (ACC-10). Every link that lets nobody in reads the same. */
export default async function InvitationPage({ params, searchParams }: Props) {
  const { token } = await params
  const echo = await kept(searchParams)
  const link = await openLink(await deps(), token, echo?.values.ticket?.[0])
  if (!link)
    return (
      <Page crumbs={[{ label: words.title }]} title={words.over}>
        <p>{words.overText}</p>
        <p className="mt-2 mb-6">{words.overUsed}</p>
        <LinkButton href={paths.login()}>{words.login}</LinkButton>
      </Page>
    )
  const form = staffForm(echo)
  const isNew = link.login === null
  const title = isNew ? words.title : words.renewTitle
  return (
    <Page crumbs={[{ label: title }]} title={title} lead={words.lead(link.name)}>
      <ErrorList issues={form.issues} token={echo?.id} />
      {echo?.issues.length ? <Notice kind="info">{accountWords.retype}</Notice> : null}
      <Facts
        facts={[
          [words.office, link.office],
          [words.accountLogin, link.login],
        ]}
      />
      <form key={echo?.id ?? 'fresh'} action={accept} noValidate>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="ticket" value={link.ticket} />
        <h2 className="mb-4 text-h2">{isNew ? words.step1 : words.step1Renew}</h2>
        {isNew ? <FieldInput field={form.text('login', { max: 32, autocomplete: 'username' })} /> : null}
        <SecretInput field={form.shown('password')} autoComplete="new-password" />
        <SecretInput field={form.shown('passwordAgain')} autoComplete="new-password" />
        <h2 className="mt-8 mb-4 text-h2">{words.step2}</h2>
        <EnrolmentSteps enrolment={link.enrolment} />
        <SecretInput field={form.shown('totp')} autoComplete="one-time-code" />
        <Actions primary={<Button>{words.submit}</Button>} />
      </form>
    </Page>
  )
}
