import type { ReactNode } from 'react'
import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { paths } from '#lib/paths.ts'
import { myAccountWords } from '#lib/text/my-account.ts'
import { accountForm } from '#lib/views/account-form.ts'

export interface AccountPageProps {
  searchParams: Search
}

/** What an echo of this very page kept, and the form made of it. */
export async function keptForm(search: Search, page: string) {
  const echo = await ownEcho(search, page)
  return { echo, form: accountForm(echo) }
}
export type KeptForm = Awaited<ReturnType<typeof keptForm>>

export const accountTitle = async (search: Search, page: string, title: string) =>
  titled(title, await ownEcho(search, page))

interface Props {
  title: string
  lead?: string
  kept: KeptForm
  /** What was done just now; '' for nothing. */
  done?: string
  aside?: ReactNode
  children: ReactNode
}

/** A page under 我的账户: the way back, what went wrong, what was done. */
export function AccountPage({ title, lead, kept: { echo, form }, done = '', aside, children }: Props) {
  return (
    <Page
      crumbs={[{ href: paths.account, label: myAccountWords.title }, { label: title }]}
      title={title}
      lead={lead}
      aside={aside}
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {done === '' ? null : <Notice kind="good">{done}</Notice>}
      {children}
    </Page>
  )
}

/** Back to the overview, beside a form's button. */
export const BackToAccount = () => (
  <a href={paths.account} className="inline-flex min-h-target items-center">
    {myAccountWords.back}
  </a>
)
