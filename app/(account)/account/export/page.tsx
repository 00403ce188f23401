import { Actions, Button } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { SecretInput } from '#app/_ui/secret-input.tsx'
import { holderPage } from '#lib/auth/pages.ts'
import { env } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { exportWords as words } from '#lib/text/my-account.ts'
import { AccountPage, type AccountPageProps, accountTitle, BackToAccount, keptForm } from '../_parts.tsx'

export const generateMetadata = ({ searchParams }: AccountPageProps) =>
  accountTitle(searchParams, paths.accountExport, words.title)

/** 导出本人信息 (ACC-8): a plain form, because its answer is a file. */
export default async function ExportPage({ searchParams }: AccountPageProps) {
  await holderPage()
  const kept = await keptForm(searchParams, paths.accountExport)
  const { echo, form } = kept
  return (
    <AccountPage title={words.title} lead={words.lead} kept={kept}>
      <h2 className="mb-2 text-h2">{words.contains}</h2>
      <ul className="mb-6 list-disc space-y-2 pl-5 text-ink-2">
        {words.containsList.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Notice kind="warn">{words.care}</Notice>
      <form key={echo?.id ?? 'fresh'} method="post" action={paths.accountExportFile} noValidate>
        <SecretInput field={form.shown('currentPassword')} autoComplete="current-password" />
        <p className="text-hint text-ink-2">{words.limit(env().limits.exportsPerDay)}</p>
        <Actions primary={<Button>{words.submit}</Button>}>
          <BackToAccount />
        </Actions>
      </form>
    </AccountPage>
  )
}
