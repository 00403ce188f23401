import { redirect } from 'next/navigation'
import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Actions, Button, DefaultButton } from '#app/_ui/buttons.tsx'
import { Captcha } from '#app/_ui/captcha.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { SecretInput } from '#app/_ui/secret-input.tsx'
import { pageOfEcho } from '#lib/action/echo.ts'
import { issueCaptcha } from '#lib/auth/captcha-token.ts'
import { viewer } from '#lib/auth/session.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { loginWords as words } from '#lib/text/account.ts'
import { accountForm } from '#lib/views/account-form.ts'
import { Cautions } from '../_parts/cautions.tsx'
import { nextPath } from './_next.ts'
import { submitSignIn } from './actions.ts'

interface Props {
  searchParams: Search
}

export async function generateMetadata({ searchParams }: Props) {
  const echo = await ownEcho(searchParams, paths.login())
  return titled(words.title, echo)
}

/** 会计人员登录 (ACC-6), for applicants and staff alike. `?echo=` of another page is a POST kept for afterwards (SEC-5). */
export default async function LoginPage({ searchParams }: Props) {
  const { echo: asked, done: after, next: wanted } = await searchParams
  // Signed in meanwhile, perhaps in another window: what was kept of the late POST is still wanted.
  if (await viewer())
    redirect((typeof asked === 'string' ? await pageOfEcho(asked) : null) ?? (nextPath(wanted) || paths.home))
  const d = await deps()
  const echo = await ownEcho(searchParams, paths.login())
  const kept = echo ? (echo.values.echo?.[0] ?? '') : typeof asked === 'string' ? asked : ''
  const isKept = kept !== '' && (await pageOfEcho(kept)) !== null
  const next = nextPath(echo ? echo.values.next?.[0] : wanted)
  const form = accountForm(echo)
  const done = after === 'reset' || after === 'closed' || after === 'left' ? words.done[after] : null
  return (
    <Page
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      aside={<Cautions of="login" />}
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {done ? (
        <Notice kind={after === 'left' ? 'warn' : 'good'} title={done.title}>
          <p>{done.text}</p>
        </Notice>
      ) : null}
      {isKept ? (
        <Notice kind="warn" title={words.expired}>
          <p>{words.expiredText}</p>
        </Notice>
      ) : null}
      {next === '' ? null : (
        <Notice kind="info">
          <p>{words.first}</p>
        </Notice>
      )}
      <form key={echo?.id ?? 'fresh'} action={submitSignIn} noValidate>
        <DefaultButton intent="sign-in" />
        {isKept ? <input type="hidden" name="echo" value={kept} /> : null}
        {next === '' ? null : <input type="hidden" name="next" value={next} />}
        <FieldInput field={form.text('login', { max: 40, autocomplete: 'username' })} />
        <SecretInput field={{ ...form.shown('password'), hint: undefined }} autoComplete="current-password" />
        <Captcha token={issueCaptcha(d)} errors={form.shown('captcha').errors} />
        <SecretInput field={form.shown('totp')} autoComplete="one-time-code" letters />
        <Actions
          primary={
            <Button name="intent" value="sign-in">
              {words.submit}
            </Button>
          }
        >
          <a href={paths.forgotPassword} className="inline-flex min-h-target items-center">
            {words.forgot}
          </a>
          <a href={paths.register} className="inline-flex min-h-target items-center">
            {words.noAccount}
          </a>
        </Actions>
      </form>
    </Page>
  )
}
