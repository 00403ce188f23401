import { redirect } from 'next/navigation'
import { Actions, Button, DefaultButton } from '#app/_ui/buttons.tsx'
import { Captcha } from '#app/_ui/captcha.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { ConditionalFields } from '#app/_ui/live/conditional-fields.tsx'
import { Countdown } from '#app/_ui/live/countdown.tsx'
import { FocusControl } from '#app/_ui/live/focus-control.tsx'
import { Page } from '#app/_ui/page.tsx'
import { SecretInput } from '#app/_ui/secret-input.tsx'
import { knownBrowser } from '#lib/action/echo.ts'
import { issueCaptcha } from '#lib/auth/captcha-token.ts'
import { viewer } from '#lib/auth/session.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { accountWords, codeWaitWords, registerWords as words } from '#lib/text/account.ts'
import { errorWords } from '#lib/text/ui.ts'
import { accountForm } from '#lib/views/account-form.ts'
import { type CodeWait, codeWait, shownPhone } from '#lib/views/code-wait.ts'
import { Cautions } from '../_parts/cautions.tsx'
import { ownEcho, type Search } from '../_parts/own-echo.ts'
import { submitRegistration } from './actions.ts'

interface Props {
  searchParams: Search
}

export async function generateMetadata({ searchParams }: Props) {
  const echo = await ownEcho(searchParams, paths.register)
  return { title: `${echo?.issues.length ? errorWords.prefix : ''}${words.title}` }
}

/** 注册 (ACC-1). The code is asked for before the passwords are typed, because asking brings the page back without them. */
export default async function RegisterPage({ searchParams }: Props) {
  if (await viewer()) redirect(paths.home)
  const d = await deps()
  const echo = await ownEcho(searchParams, paths.register)
  const wait = await codeWait(d, await knownBrowser(), 'register')
  const form = accountForm(echo)
  const phone = form.text('phone', { max: 20, input: 'tel', autocomplete: 'tel-national' })
  return (
    <Page
      crumbs={[{ href: paths.home, label: accountWords.home }, { label: words.title }]}
      title={words.title}
      lead={words.lead}
      aside={<Cautions of="register" />}
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {echo?.issues.length ? <Notice kind="info">{accountWords.retype}</Notice> : null}
      <form key={echo?.id ?? 'fresh'} action={submitRegistration} noValidate>
        <DefaultButton intent="register" />
        <FieldInput field={form.idType()} />
        <FieldInput field={form.text('idNumber', { max: 40 })} />
        <FieldInput field={form.nationality()} />
        <FieldInput field={form.text('name', { max: 60, autocomplete: 'name' })} />
        <FieldInput field={form.sex()} />
        <FieldInput field={form.text('birth', { max: 20, optional: true, autocomplete: 'bday' })} />
        <FieldInput field={phone} />
        <Captcha token={issueCaptcha(d)} errors={form.shown('captcha').errors} hint={words.captchaHint} />
        <CodeStatus wait={wait} phone={phone.value} sent={echo?.issues.length === 0} />
        <SecretInput field={form.shown('code')} autoComplete="one-time-code" />
        <SecretInput field={form.shown('password')} autoComplete="new-password" />
        <SecretInput field={form.shown('passwordAgain')} autoComplete="new-password" />
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

/** 免费获取验证码, and from when on it may be asked for again. */
function CodeStatus({ wait, phone, sent }: { wait: CodeWait | null; phone: string; sent: boolean }) {
  return (
    <div className="mb-6">
      {wait && sent ? <Notice kind="good">{words.sent(phone === '' ? '' : shownPhone(phone))}</Notice> : null}
      <Button kind="secondary" name="intent" value="code">
        {accountWords.sendCode}
      </Button>
      {wait ? (
        <p className="mt-1.5 text-hint text-ink-2">
          {codeWaitWords.sent(wait.sentAt, wait.nextAt)}
          <Countdown until={wait.nextAt.toISOString()} />
        </p>
      ) : null}
    </div>
  )
}
