import { redirect } from 'next/navigation'
import { CodeStatus } from '#app/_form/code-status.tsx'
import { IdentityFields } from '#app/_form/identity-fields.tsx'
import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Actions, Button, DefaultButton } from '#app/_ui/buttons.tsx'
import { Captcha } from '#app/_ui/captcha.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { ConditionalFields } from '#app/_ui/live/conditional-fields.tsx'
import { FocusControl } from '#app/_ui/live/focus-control.tsx'
import { Page } from '#app/_ui/page.tsx'
import { SecretInput } from '#app/_ui/secret-input.tsx'
import { knownBrowser } from '#lib/action/echo.ts'
import { issueCaptcha } from '#lib/auth/captcha-token.ts'
import { viewer } from '#lib/auth/session.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { accountWords, registerWords as words } from '#lib/text/account.ts'
import { accountForm } from '#lib/views/account-form.ts'
import { codeWait } from '#lib/views/code-wait.ts'
import { Cautions } from '../_parts/cautions.tsx'
import { submitRegistration } from './actions.ts'

interface Props {
  searchParams: Search
}

export async function generateMetadata({ searchParams }: Props) {
  const echo = await ownEcho(searchParams, paths.register)
  return titled(words.title, echo)
}

/** 注册 (ACC-1). The code is asked for before the passwords are typed, because asking brings the page back without them. */
export default async function RegisterPage({ searchParams }: Props) {
  if (await viewer()) redirect(paths.home)
  const d = await deps()
  const echo = await ownEcho(searchParams, paths.register)
  const wait = await codeWait(d, await knownBrowser(), 'register')
  const form = accountForm(echo)
  // Asked only of who was told that something is taken (ACC-9).
  const taken = takenTicks(echo)
  const phone = form.text('phone', { max: 20, input: 'tel', autocomplete: 'tel-national' })
  return (
    <Page
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      aside={<Cautions of="register" />}
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {echo?.issues.length ? <Notice kind="info">{accountWords.retype}</Notice> : null}
      <form key={echo?.id ?? 'fresh'} action={submitRegistration} noValidate>
        <DefaultButton intent="register" />
        <IdentityFields form={form} />
        <FieldInput field={phone} />
        <Captcha
          token={issueCaptcha(d)}
          errors={form.shown('captcha').errors}
          hint={accountWords.captchaForCode}
        />
        <CodeStatus wait={wait} phone={phone.value} asked={echo?.issues.length === 0} />
        <SecretInput field={form.shown('code')} autoComplete="one-time-code" />
        <SecretInput field={form.shown('password')} autoComplete="new-password" />
        <SecretInput field={form.shown('passwordAgain')} autoComplete="new-password" />
        {taken.map((name) => (
          <FieldInput key={name} field={form.tick(name)} />
        ))}
        <ConditionalFields />
        <Actions
          primary={
            <Button name="intent" value="register">
              {words.submit}
            </Button>
          }
        >
          <a href={paths.login()} className="inline-flex min-h-target items-center">
            {words.hasAccount}
          </a>
        </Actions>
      </form>
      {echo && wait && echo.issues.length === 0 ? <FocusControl id="code" token={echo.id} /> : null}
    </Page>
  )
}

/** Which ticks a refusal calls for, and those already set. */
function takenTicks(echo: Awaited<ReturnType<typeof ownEcho>>) {
  const asked = { claim: 'id-taken', release: 'phone-taken' } as const
  return (['claim', 'release'] as const).filter(
    (name) =>
      echo?.values[name]?.[0] === '1' || echo?.issues.some(({ code }) => code === asked[name]) === true,
  )
}
