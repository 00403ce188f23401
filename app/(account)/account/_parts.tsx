import type { ReactNode } from 'react'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { echoOf } from '#lib/action/echo.ts'
import { paths } from '#lib/paths.ts'
import { myAccountWords } from '#lib/text/my-account.ts'
import { errorWords } from '#lib/text/ui.ts'
import { accountForm } from '#lib/views/account-form.ts'

export interface AccountPageProps {
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}
type Search = AccountPageProps['searchParams']

/** What an echo of this very page kept, and the form made of it. */
export async function keptForm(search: Search, page: string) {
  const found = await echoOf((await search).echo, page)
  const echo = found?.page === page ? found : null
  return { echo, form: accountForm(echo) }
}
export type KeptForm = Awaited<ReturnType<typeof keptForm>>

/** The page's title, which says so where something is to be mended. */
export async function titled(search: Search, page: string, title: string) {
  const { echo } = await keptForm(search, page)
  return { title: `${echo?.issues.length ? errorWords.prefix : ''}${title}` }
}

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
      crumbs={[
        { href: paths.home, label: myAccountWords.home },
        { href: paths.account, label: myAccountWords.title },
        { label: title },
      ]}
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
