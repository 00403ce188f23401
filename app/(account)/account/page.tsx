import type { ReactNode } from 'react'
import { Badge } from '#app/_ui/badge.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Chevron } from '#app/_ui/panel.tsx'
import { signedInPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { myAccountWords as words } from '#lib/text/my-account.ts'
import { accountOverview } from '#lib/views/my-account.ts'

export const metadata = { title: words.title }

/** 我的账户 (ACC-8). Who only claims a number has devices and a claim, and nothing else here (ACC-9). */
export default async function AccountOverviewPage() {
  const { actor } = await signedInPage()
  const shown = await accountOverview(await deps(), actor)
  const isApplicant = actor.kind === 'applicant'
  const isHolder = actor.kind !== 'claimant'
  return (
    <Page crumbs={[{ label: words.title }]} title={words.title} lead={words.lead}>
      <div className="rounded-md border bg-panel p-4 sm:p-6">
        <FactList facts={shown.facts} />
      </div>
      <h2 className="mt-10 mb-4 text-h2">{words.tasks}</h2>
      <ul className="divide-y rounded-md border">
        {isApplicant && shown.identity ? (
          <Task
            href={paths.identity}
            {...words.links.identity}
            state={<Badge tone={shown.identity.tone}>{shown.identity.text}</Badge>}
          />
        ) : null}
        {isHolder ? <Task href={paths.accountPassword} {...words.links.password} /> : null}
        {isApplicant ? (
          <Task
            href={paths.accountPhone}
            {...words.links.phone}
            state={shown.hasPhone ? shown.phone : <Badge tone="warn">{shown.phone}</Badge>}
          />
        ) : null}
        {isApplicant ? <Task href={paths.accountCorrection} {...words.links.correction} /> : null}
        {actor.kind === 'staff' ? null : <Task href={paths.accountAppeal} {...words.links.appeal} />}
        {actor.kind === 'staff' ? <Task href={paths.accountFactor} {...words.links.factor} /> : null}
        {shown.leave ? (
          <Task
            href={paths.accountLeave}
            {...words.links.leave}
            state={
              shown.leave.until === '' ? null : <Badge tone="warn">{words.away(shown.leave.until)}</Badge>
            }
          />
        ) : null}
        <Task href={paths.accountSessions} {...words.links.sessions} state={words.devices(shown.devices)} />
        {isHolder ? <Task href={paths.accountExport} {...words.links.export} /> : null}
        {isApplicant ? <Task href={paths.accountClose} {...words.links.close} /> : null}
      </ul>
    </Page>
  )
}

function Task({
  href,
  title,
  text,
  state,
}: {
  href: string
  title: string
  text: string
  state?: ReactNode
}) {
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-1 p-4 hover:bg-brand-soft sm:px-6">
      <div className="min-w-0 flex-1 basis-60">
        <h3 className="text-h3">
          {/* The whole row is the link's target. */}
          <a href={href} className="no-underline after:absolute after:inset-0">
            {title}
          </a>
        </h3>
        <p className="text-hint text-ink-2">{text}</p>
      </div>
      {state ? <span className="text-hint text-ink-2 tabular-nums">{state}</span> : null}
      <Chevron />
    </li>
  )
}
