import { CodeStatus } from '#app/_form/code-status.tsx'
import { Actions, Button, DefaultButton, LinkButton } from '#app/_ui/buttons.tsx'
import { Captcha } from '#app/_ui/captcha.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { FocusControl } from '#app/_ui/live/focus-control.tsx'
import { AsidePanel } from '#app/_ui/panel.tsx'
import { SecretInput } from '#app/_ui/secret-input.tsx'
import { knownBrowser } from '#lib/action/echo.ts'
import { issueCaptcha } from '#lib/auth/captcha-token.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { accountWords } from '#lib/text/account.ts'
import { phoneWords as words } from '#lib/text/my-account.ts'
import { codeWait } from '#lib/views/code-wait.ts'
import { ownPhone } from '#lib/views/my-account.ts'
import { AccountPage, type AccountPageProps, accountTitle, BackToAccount, keptForm } from '../_parts.tsx'
import { submitPhone } from './actions.ts'

export const generateMetadata = ({ searchParams }: AccountPageProps) =>
  accountTitle(searchParams, paths.accountPhone, words.title)

/** 更换手机号 (ACC-8): a code to the new phone and one to the old, on one page; by the password where there is no old one. */
export default async function PhonePage({ searchParams }: AccountPageProps) {
  const { actor } = await applicantPage()
  const d = await deps()
  const kept = await keptForm(searchParams, paths.accountPhone)
  const { echo, form } = kept
  const [browser, present, { done }] = [await knownBrowser(), await ownPhone(d, actor), await searchParams]
  const [waitNew, waitOld] = await Promise.all([
    codeWait(d, browser, 'phone-new'),
    codeWait(d, browser, 'phone-old'),
  ])
  const hasOld = present.phone !== ''
  const newPhone = form.text('newPhone', { max: 20, input: 'tel', autocomplete: 'tel-national' })
  const asked = echo && echo.issues.length === 0 ? (echo.values.intent?.[0] ?? '') : ''
  // Offered only to who was told that somebody holds it (ACC-9).
  const isHeld =
    echo?.values.release?.[0] === '1' || echo?.issues.some(({ code }) => code === 'phone-held') === true
  return (
    <AccountPage
      title={words.title}
      lead={hasOld ? words.lead : words.leadWithout}
      kept={kept}
      done={done && !echo ? words.done : ''}
      aside={hasOld ? <LostPhone /> : undefined}
    >
      {echo?.issues.length ? <Notice kind="info">{accountWords.retype}</Notice> : null}
      <p className="mb-6">{words.present(present.shown)}</p>
      <form key={echo?.id ?? 'fresh'} action={submitPhone} noValidate>
        <DefaultButton intent="change" />
        <FieldInput field={newPhone} />
        <Captcha
          token={issueCaptcha(d)}
          errors={form.shown('captcha').errors}
          hint={accountWords.captchaForCode}
        />
        <h2 className="mb-4 text-h2">{words.partNew}</h2>
        <CodeStatus
          wait={waitNew}
          phone={newPhone.value}
          asked={asked === 'code-new'}
          intent="code-new"
          about={words.forNew}
        />
        <SecretInput field={form.shown('codeNew')} autoComplete="one-time-code" />
        {hasOld ? (
          <>
            <h2 className="mb-4 text-h2">{words.partOld}</h2>
            <CodeStatus
              wait={waitOld}
              phone={present.phone}
              asked={asked === 'code-old'}
              intent="code-old"
              about={words.forOld}
            />
            <SecretInput field={form.shown('codeOld')} autoComplete="one-time-code" />
          </>
        ) : (
          <SecretInput field={form.shown('currentPassword')} autoComplete="current-password" />
        )}
        {isHeld ? <FieldInput field={form.tick('release')} /> : null}
        <Actions
          primary={
            <Button name="intent" value="change">
              {words.submit}
            </Button>
          }
        >
          <BackToAccount />
        </Actions>
      </form>
      {echo && asked === 'code-new' && waitNew ? <FocusControl id="codeNew" token={echo.id} /> : null}
      {echo && asked === 'code-old' && waitOld ? <FocusControl id="codeOld" token={echo.id} /> : null}
    </AccountPage>
  )
}

const LostPhone = () => (
  <AsidePanel title={words.lostTitle}>
    <p>{words.lost}</p>
    <p>
      <LinkButton href={paths.accountAppeal}>{words.appeal}</LinkButton>
    </p>
  </AsidePanel>
)
