import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ConductEntry } from '#app/_ui/conduct-entry.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { AsidePanel } from '#app/_ui/panel.tsx'
import { Table } from '#app/_ui/table.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { entryWords, conductWords as words } from '#lib/text/conduct.ts'
import { instantDay, instantWords } from '#lib/text/dates.ts'
import { moreHelp } from '#lib/text/help/all.ts'
import { issueText } from '#lib/text/issues.ts'
import { caseKindWords } from '#lib/text/review.ts'
import { conductPage, type OwnEntry } from '#lib/views/conduct.ts'
import { Obstacles } from '../_application/application.tsx'
import { object } from './actions.ts'

interface Props {
  searchParams: Search
}

export const generateMetadata = async ({ searchParams }: Props) =>
  titled(words.title, await ownEcho(searchParams, paths.conduct))

/** 奖惩信息 (AWD-1): what stands in one's name, and what was sent about it. */
export default async function ConductPage({ searchParams }: Props) {
  const { actor } = await applicantPage()
  const asked = await searchParams
  const { entries, sent, objected, isSent, obstacles } = await conductPage(await deps(), actor)
  const echo = await ownEcho(searchParams, paths.conduct)
  return (
    <Page
      width="wide"
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      beside={
        obstacles.length === 0 ? (
          <LinkButton kind="primary" href={paths.conductAward}>
            {words.declare}
          </LinkButton>
        ) : null
      }
      aside={
        <AsidePanel more={{ href: paths.helpTopic('changes', 'conduct'), label: moreHelp('changes') }}>
          <p>{words.publicNote}</p>
          <p>
            <a href={paths.awards()} className="inline-flex min-h-target items-center">
              {words.publicLink}
            </a>
          </p>
        </AsidePanel>
      }
    >
      <ErrorList
        issues={(echo?.issues ?? []).map((one) => ({ at: one.at, text: issueText(one) }))}
        token={echo?.id}
      />
      {asked.done === 'dropped' ? <Notice kind="good">{words.dropped}</Notice> : null}
      <Obstacles obstacles={obstacles} />
      <h2 className="mb-3 text-h2">{words.entries}</h2>
      {entries.length === 0 ? (
        <p className="rounded-md border bg-panel p-6 text-ink-2">
          {obstacles.length === 0 ? words.emptyFree : words.empty}
        </p>
      ) : (
        <ul className="grid gap-4">
          {entries.map((entry) => (
            <li key={entry.id} className="rounded-md border p-4">
              <Entry entry={entry} objected={objected} isSent={isSent} />
            </li>
          ))}
        </ul>
      )}
      <h2 className="mt-10 mb-3 text-h2">{words.sent}</h2>
      <Table
        caption={words.sent}
        captionHidden
        rowHeader="number"
        columns={columns}
        empty={words.sentEmpty}
        rows={sent.map((one) => ({
          id: one.id,
          cells: {
            number: one.href ? <a href={one.href}>{one.number}</a> : one.number,
            kind: caseKindWords[one.kind].name,
            at: one.at ? instantWords(one.at) : '',
            state: one.state,
            reason: one.reason === '' ? '' : <span className="whitespace-pre-line">{one.reason}</span>,
          },
        }))}
      />
    </Page>
  )
}

const columns = (['number', 'kind', 'at', 'state', 'reason'] as const).map((key) => ({
  key,
  label: words.columns[key],
}))

interface EntryProps {
  entry: OwnEntry
  objected: string | null
  isSent: boolean
}

function Entry({ entry, objected, isSent }: EntryProps) {
  const { fields } = entryWords
  return (
    <ConductEntry
      entry={entry}
      more={[
        [fields.department, entry.department],
        [fields.at, instantDay(entry.at)],
        [fields.state, entry.published ? entryWords.published : ''],
      ]}
    >
      {objected === entry.id ? (
        <p className="mt-4">
          <LinkButton href={paths.conductObjection} about={words.about(entry.what)}>
            {isSent ? words.see : words.goOn}
          </LinkButton>
        </p>
      ) : entry.stands && objected === null ? (
        <form action={object} className="mt-4">
          <input type="hidden" name="entry" value={entry.id} />
          <Button kind="secondary" about={words.about(entry.what)}>
            {words.object}
          </Button>
        </form>
      ) : null}
    </ConductEntry>
  )
}
