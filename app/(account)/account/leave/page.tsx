import { LeaveParts } from '#app/_form/leave-form.tsx'
import { ownEcho } from '#app/_form/own-echo.ts'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { myAccountWords } from '#lib/text/my-account.ts'
import { staffWords, leaveWords as words } from '#lib/text/staff.ts'
import { actingFor, ownLeaveView } from '#lib/views/leave.ts'
import { staffForm } from '#lib/views/staff-form.ts'
import { type AccountPageProps, accountTitle } from '../_parts.tsx'
import { end, take } from './actions.ts'

export const generateMetadata = ({ searchParams }: AccountPageProps) =>
  accountTitle(searchParams, paths.accountLeave, words.title)

/** 请假 (ADM-1), of a member of staff who reviews. */
export default async function LeavePage({ searchParams }: AccountPageProps) {
  const { actor } = await staffPage()
  const d = await deps()
  const leave = await found(ownLeaveView(d, actor))
  const echo = await ownEcho(searchParams, paths.accountLeave)
  const acts = await actingFor(d, actor.id)
  const asked = (await searchParams).done
  const done = typeof asked === 'string' && !echo ? staffWords.done[asked] : undefined
  return (
    <Page
      crumbs={[{ href: paths.account, label: myAccountWords.title }, { label: words.title }]}
      title={words.title}
    >
      <ErrorList issues={staffForm(echo).issues} token={echo?.id} />
      {done ? <Notice kind="good">{done}</Notice> : null}
      {acts.length > 0 ? (
        <Notice kind="info" title={words.actsTitle}>
          {acts.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      ) : null}
      <LeaveParts key={echo?.id ?? 'fresh'} leave={leave} kept={echo} actions={{ take, end }} />
      <p className="mt-6">
        <a href={paths.account} className="inline-flex min-h-target items-center">
          {myAccountWords.back}
        </a>
      </p>
    </Page>
  )
}
