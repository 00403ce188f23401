import { Actions, Button } from '#app/_ui/buttons.tsx'
import { SecretInput } from '#app/_ui/secret-input.tsx'
import { holderPage } from '#lib/auth/pages.ts'
import { paths } from '#lib/paths.ts'
import { passwordWords as words } from '#lib/text/my-account.ts'
import { staffWords } from '#lib/text/staff.ts'
import { AccountPage, type AccountPageProps, accountTitle, BackToAccount, keptForm } from '../_parts.tsx'
import { submitPassword } from './actions.ts'

export const generateMetadata = ({ searchParams }: AccountPageProps) =>
  accountTitle(searchParams, paths.accountPassword, words.title)

/** 修改密码 (ACC-8), for applicants and, with their authenticator, staff. */
export default async function PasswordPage({ searchParams }: AccountPageProps) {
  const { actor } = await holderPage()
  const kept = await keptForm(searchParams, paths.accountPassword)
  const { echo, form } = kept
  const { done } = await searchParams
  return (
    <AccountPage title={words.title} lead={words.lead} kept={kept} done={done && !echo ? words.done : ''}>
      <form key={echo?.id ?? 'fresh'} action={submitPassword} noValidate>
        <SecretInput field={form.shown('currentPassword')} autoComplete="current-password" />
        <SecretInput field={form.shown('newPassword')} autoComplete="new-password" />
        <SecretInput field={form.shown('newPasswordAgain')} autoComplete="new-password" />
        {actor.kind === 'staff' ? (
          <SecretInput
            field={{ ...form.shown('totp'), ...staffWords.fields.factor }}
            autoComplete="one-time-code"
          />
        ) : null}
        <Actions primary={<Button>{words.submit}</Button>}>
          <BackToAccount />
        </Actions>
      </form>
    </AccountPage>
  )
}
