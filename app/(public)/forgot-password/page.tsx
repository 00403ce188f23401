import { redirect } from 'next/navigation'
import { CodeStatus } from '#app/_form/code-status.tsx'
import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Actions, Button, DefaultButton } from '#app/_ui/buttons.tsx'
import { Captcha } from '#app/_ui/captcha.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { FocusControl } from '#app/_ui/live/focus-control.tsx'
import { NameField } from '#app/_ui/name-field.tsx'
import { Page } from '#app/_ui/page.tsx'
import { AsidePanel } from '#app/_ui/panel.tsx'
import { SecretInput } from '#app/_ui/secret-input.tsx'
import { knownBrowser } from '#lib/action/echo.ts'
import { issueCaptcha } from '#lib/auth/captcha-token.ts'
import { viewer } from '#lib/auth/session.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { nameLimits } from '#lib/schemas/name.ts'
import { accountWords, loginWords, recoveryWords as words } from '#lib/text/account.ts'
import { accountForm } from '#lib/views/account-form.ts'
import { codeWait } from '#lib/views/code-wait.ts'
import { submitRecovery } from './actions.ts'

interface Props {
  searchParams: Search
}

export async function generateMetadata({ searchParams }: Props) {
  const echo = await ownEcho(searchParams, paths.forgotPassword)
  return titled(words.title, echo)
}

/** 找回密码 (ACC-7). The code is asked for before the passwords are typed, because asking brings the page back without them. */
export default async function ForgotPasswordPage({ searchParams }: Props) {
  if (await viewer()) redirect(paths.home)
  const d = await deps()
  const echo = await ownEcho(searchParams, paths.forgotPassword)
  const wait = await codeWait(d, await knownBrowser(), 'recover')
  const form = accountForm(echo)
  const phone = form.text('phone', { max: 20, input: 'tel', autocomplete: 'tel-national' })
  return (
    <Page
      crumbs={[{ href: paths.login(), label: loginWords.title }, { label: words.title }]}
      title={words.title}
      lead={words.lead}
      aside={
        <AsidePanel title={words.lostTitle}>
          <p>{words.lost}</p>
          <p>{words.staff}</p>
        </AsidePanel>
      }
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {echo?.issues.length ? <Notice kind="info">{accountWords.retype}</Notice> : null}
      <form key={echo?.id ?? 'fresh'} action={submitRecovery} noValidate>
        <DefaultButton intent="recover" />
        <FieldInput field={form.text('idNumber', { max: 40 })} />
        <NameField field={form.text('name', { max: nameLimits.maxCharacters, autocomplete: 'name' })} />
        <FieldInput field={phone} />
        <Captcha
          token={issueCaptcha(d)}
          errors={form.shown('captcha').errors}
          hint={accountWords.captchaForCode}
        />
        <CodeStatus wait={wait} phone={phone.value} asked={echo?.issues.length === 0} />
        <SecretInput field={form.shown('code')} autoComplete="one-time-code" />
        <SecretInput field={form.shown('newPassword')} autoComplete="new-password" />
        <SecretInput field={form.shown('newPasswordAgain')} autoComplete="new-password" />
        <Actions
          primary={
            <Button name="intent" value="recover">
              {words.submit}
            </Button>
          }
        >
          <a href={paths.login()} className="inline-flex min-h-target items-center">
            {words.back}
          </a>
        </Actions>
      </form>
      {echo && wait && echo.issues.length === 0 ? <FocusControl id="code" token={echo.id} /> : null}
    </Page>
  )
}
