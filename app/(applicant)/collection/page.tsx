import { redirect } from 'next/navigation'
import type { Search } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Actions, Button, LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { Tabs } from '#app/_ui/tabs.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { caseStateWords, collectionWords as words } from '#lib/text/collection.ts'
import { frameWords } from '#lib/text/ui.ts'
import { collectionDesk } from '#lib/views/collection.ts'
import { StepList } from './_desk.tsx'
import { startCollection } from './actions.ts'

export const metadata = { title: words.title }

/** 会计人员信息采集: what to prepare before it is begun, how far it is afterwards (COL-2, COL-5). */
export default async function CollectionPage({ searchParams }: { searchParams: Search }) {
  const { actor, account } = await applicantPage()
  if (account.identityState !== 'verified') redirect(paths.identity)
  const d = await deps()
  const desk = await collectionDesk(d, actor)
  const { saved } = await searchParams
  const next =
    desk?.steps.find(({ standing, optional }) => standing !== 'complete' && !optional)?.step ?? 'outcome'
  return (
    <Page
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      beside={
        desk ? (
          <Badge tone={desk.file.case.state === 'approved' ? 'good' : 'info'}>
            {caseStateWords[desk.file.case.state]}
          </Badge>
        ) : null
      }
      side={desk ? <StepList desk={desk} current={next} /> : null}
    >
      {/* CHG-1: 信息变更 stands to the right of 信息采集. */}
      <Tabs
        label={frameWords.information}
        tabs={[
          { href: paths.collection, label: frameWords.collection, isCurrent: true },
          { href: paths.changes(), label: frameWords.changes, isCurrent: false },
        ]}
      />
      {saved ? <Notice kind="good">{words.saved}</Notice> : null}
      {desk && !desk.editable ? null : (
        <Panel title={words.prepareTitle}>
          <ul className="list-disc space-y-2 pl-5">
            {words.prepare.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p className="mt-4 text-hint text-ink-3">{words.draftKept(d.env.limits.draftDays)}</p>
        </Panel>
      )}
      {desk ? (
        <Actions
          primary={
            <LinkButton kind="primary" href={paths.collectionStep(desk.editable ? next : 'outcome')}>
              {desk.editable ? words.resume : words.view}
            </LinkButton>
          }
        />
      ) : (
        <form action={startCollection}>
          <Actions primary={<Button>{words.start}</Button>} />
        </form>
      )}
    </Page>
  )
}
