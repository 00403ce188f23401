import type { Search } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Button } from '#app/_ui/buttons.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { signedInPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { instantWords } from '#lib/text/dates.ts'
import { inboxWords as words } from '#lib/text/messages.ts'
import { inbox } from '#lib/views/messages.ts'
import { markAll, markRead, open } from './actions.ts'

interface Props {
  searchParams: Search
}

export const metadata = { title: words.title }

/** 消息 (MSG-1): newest first; opening one marks it as read, which a link must not do (SEC-4). */
export default async function MessagesPage({ searchParams }: Props) {
  const { actor } = await signedInPage()
  const { after } = await searchParams
  const shown = await inbox(await deps(), actor, typeof after === 'string' ? after : '')
  return (
    <Page
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={actor.kind === 'staff' ? words.staffLead : words.lead}
      beside={
        shown.rows.some(({ isRead }) => !isRead) ? (
          <form action={markAll}>
            <Button kind="quiet">{words.markAll}</Button>
          </form>
        ) : null
      }
    >
      {shown.rows.length === 0 ? (
        <p className="rounded-md border bg-panel p-6 text-ink-2">
          {actor.kind === 'staff' ? words.staffEmpty : words.empty}
        </p>
      ) : (
        <ul aria-label={words.list} className="divide-y rounded-md border">
          {shown.rows.map((row) => (
            <li key={row.id} className={`p-4 sm:p-6 ${row.isRead ? '' : 'bg-brand-soft'}`}>
              <Message row={row} />
            </li>
          ))}
        </ul>
      )}
      <Pager
        first={shown.continued ? paths.messages() : null}
        next={shown.next ? paths.messages(shown.next) : null}
        words={words.pager}
      />
    </Page>
  )
}

type Row = Awaited<ReturnType<typeof inbox>>['rows'][number]

function Message({ row }: { row: Row }) {
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-h3">{row.title}</h2>
        <time dateTime={row.at.toISOString()} className="text-hint text-ink-2">
          {instantWords(row.at)}
        </time>
      </div>
      <p className="mt-1 max-w-measure text-ink-2">{row.text}</p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <form action={open}>
          <input type="hidden" name="message" value={row.id} />
          <Button kind="secondary" about={row.title}>
            {words.open}
          </Button>
        </form>
        {row.isRead ? null : (
          <>
            <form action={markRead}>
              <input type="hidden" name="message" value={row.id} />
              <Button kind="quiet" about={row.title}>
                {words.markRead}
              </Button>
            </form>
            <Badge tone="info">{words.unreadMark}</Badge>
          </>
        )}
      </div>
    </>
  )
}
