import { Actions, Button } from '#app/_ui/buttons.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { SecretInput } from '#app/_ui/secret-input.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { paths } from '#lib/paths.ts'
import { exportWords, closeWords as words } from '#lib/text/my-account.ts'
import { AccountPage, type AccountPageProps, accountTitle, BackToAccount, keptForm } from '../_parts.tsx'
import { submitClosing } from './actions.ts'

export const generateMetadata = ({ searchParams }: AccountPageProps) =>
  accountTitle(searchParams, paths.accountClose, words.title)

/** 注销账户 (ACC-8): what will happen, before it is asked for. */
export default async function ClosePage({ searchParams }: AccountPageProps) {
  await applicantPage()
  const kept = await keptForm(searchParams, paths.accountClose)
  const { echo, form } = kept
  return (
    <AccountPage title={words.title} lead={words.lead} kept={kept}>
      <section className="mb-6 rounded-md border border-warn bg-warn-soft p-4 sm:p-6">
        <h2 className="text-h2">{words.whatTitle}</h2>
        <ul className="mt-2 list-disc space-y-2 pl-5">
          {words.what.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p className="mt-4">
          {words.before} <a href={paths.accountExport}>{exportWords.title}</a>
        </p>
      </section>
      <form key={echo?.id ?? 'fresh'} action={submitClosing} noValidate>
        <SecretInput field={form.shown('currentPassword')} autoComplete="current-password" />
        <FieldInput field={form.tick('closing')} />
        <Actions primary={<Button kind="danger">{words.submit}</Button>}>
          <BackToAccount />
        </Actions>
      </form>
    </AccountPage>
  )
}
