import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { AsidePanel } from '#app/_ui/panel.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { moreHelp } from '#lib/text/help/all.ts'
import { issueText } from '#lib/text/issues.ts'
import { transferWords as words } from '#lib/text/transfers.ts'
import { transferList } from '#lib/views/transfers.ts'
import { beginApplication } from '../_application/actions.ts'
import { Obstacles } from '../_application/application.tsx'
import { TransferTable, Who } from './_parts.tsx'

interface Props {
  searchParams: Search
}

export const generateMetadata = async ({ searchParams }: Props) =>
  titled(words.title, await ownEcho(searchParams, paths.transfers))

/** 属地关系调转 (TRF-4): what was applied for, whose the person is now, and what keeps them from applying (TRF-1). */
export default async function TransfersPage({ searchParams }: Props) {
  const { actor } = await applicantPage()
  const { after } = await searchParams
  const echo = await ownEcho(searchParams, paths.transfers)
  const view = await transferList(await deps(), actor, typeof after === 'string' ? after : '')
  return (
    <Page
      width="wide"
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      aside={
        <AsidePanel
          title={words.who.title}
          more={{ href: paths.helpTopic('changes', 'why-not-transfer'), label: moreHelp('changes') }}
        >
          <Who />
        </AsidePanel>
      }
    >
      <ErrorList
        issues={(echo?.issues ?? []).map((one) => ({ at: one.at, text: issueText(one) }))}
        token={echo?.id}
      />
      {view.moved ? <Moved reason={view.moved} home={view.home} /> : null}
      <Obstacles obstacles={view.obstacles} />
      <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <p className="text-ink-2">{view.home === '' ? words.nobodys : words.belongs(view.home)}</p>
        <Apply draft={view.draft} isBlocked={view.obstacles.length > 0} />
      </div>
      <TransferTable rows={view.rows} />
      <Pager
        first={view.continued ? paths.transfers : null}
        next={view.next ? paths.transfersAfter(view.next) : null}
        words={words.pager}
      />
    </Page>
  )
}

type View = Awaited<ReturnType<typeof transferList>>

/** 调转申请: nothing is begun that could not be sent; what is in the way stands above. */
function Apply({ draft, isBlocked }: { draft: View['draft']; isBlocked: boolean }) {
  if (draft)
    return (
      <LinkButton kind="primary" href={paths.transferNew}>
        {draft === 'returned' ? words.mend : words.goOn}
      </LinkButton>
    )
  if (isBlocked) return null
  return (
    <form action={beginApplication}>
      <input type="hidden" name="kind" value="transfer" />
      <Button>{words.apply}</Button>
    </form>
  )
}

const pageAfter = { workplace: 'employment', school: 'education', residence: 'basic' } as const

/** TRF-3: the new job is no part of the transfer. */
const Moved = ({ reason, home }: { reason: NonNullable<View['moved']>; home: string }) => (
  <Notice kind="good" title={words.moved.title}>
    <p>{words.moved.text(home)}</p>
    <p>{words.moved.next[reason]}</p>
    <LinkButton href={paths.changes(pageAfter[reason])}>{words.moved.change[reason]}</LinkButton>
  </Notice>
)
