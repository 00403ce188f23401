import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { RefreshWhile } from '#app/_ui/live/refresh-while.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { Table } from '#app/_ui/table.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { dayWords, instantWords } from '#lib/text/dates.ts'
import { rosterColumnWord, rosterFaultWord, rosterWords as words } from '#lib/text/rosters.ts'
import { rosterView, uploadIssues } from '#lib/views/rosters.ts'
import { RosterBadge } from '../_standing.tsx'
import { confirm, drop } from '../actions.ts'

interface Props {
  params: Promise<{ rosterId: string }>
  searchParams: Search
}

export async function generateMetadata({ params, searchParams }: Props) {
  return titled(words.one, await ownEcho(searchParams, paths.roster((await params).rosterId)))
}

/** One list (CRE-1): what its check found, line by line, and what becomes of it. */
export default async function RosterPage({ params, searchParams }: Props) {
  const { actor } = await staffPage()
  const { rosterId } = await params
  const view = await found(rosterView(await deps(), actor, rosterId))
  const echo = await ownEcho(searchParams, paths.roster(rosterId))
  const { done } = await searchParams
  const told = typeof done === 'string' && Object.hasOwn(words.told, done) ? words.told[done] : undefined
  return (
    <Page
      crumbs={[{ href: paths.rosters(), label: words.title }, { label: words.one }]}
      title={words.one}
      beside={<RosterBadge standing={view.standing} />}
    >
      <ErrorList issues={uploadIssues(echo?.issues ?? [])} token={echo?.id} />
      {told ? <Notice kind="good">{told}</Notice> : null}
      <div className="mb-6">
        <FactList
          facts={[
            [words.facts.department, view.department],
            [words.facts.by, view.by],
            [words.facts.at, instantWords(view.at)],
            [words.facts.lines, words.lines(view.lines)],
            ...numbersOf(view),
          ]}
        />
      </div>
      <Standing view={view} />
    </Page>
  )
}

type View = Awaited<ReturnType<typeof rosterView>>

function numbersOf({ standing, good, entered, faults }: View): (readonly [string, string])[] {
  if (standing === 'checked')
    return [
      [words.facts.good, words.lines(good)],
      [words.facts.bad, words.lines(faults.length)],
    ]
  if (standing === 'dropped') return []
  return [
    [words.facts.entered, words.lines(entered)],
    ...(standing === 'entering' ? [[words.facts.left, words.lines(good)] as const] : []),
  ]
}

function Standing({ view }: { view: View }) {
  switch (view.standing) {
    case 'checked':
      return <Checked view={view} />
    case 'entering':
      return (
        <div className="flex flex-wrap items-center gap-3">
          <p role="status" className="text-ink-2">
            {words.running}
          </p>
          <LinkButton kind="quiet" href={paths.roster(view.id)}>
            {words.refresh}
          </LinkButton>
          <RefreshWhile />
        </div>
      )
    case 'entered':
      return <p className="max-w-measure">{words.ended.entered(view.entered, view.lines)}</p>
    case 'dropped':
      return <p className="max-w-measure">{words.ended.dropped}</p>
  }
}

function Checked({ view }: { view: View }) {
  const which = <input type="hidden" name="roster" value={view.id} />
  return (
    <div className="space-y-6">
      {view.faults.length === 0 ? (
        <Notice kind="info">{words.noFaults}</Notice>
      ) : (
        <Panel title={words.faults}>
          <p className="mb-4 max-w-measure text-ink-2">{words.faultsText}</p>
          <Table
            caption={words.faults}
            captionHidden
            rowHeader="line"
            columns={columns}
            rows={view.faults.map((fault) => ({
              id: `${fault.line}`,
              cells: {
                line: fault.line,
                column: rosterColumnWord(fault.column),
                why: rosterFaultWord(fault),
              },
            }))}
          />
        </Panel>
      )}
      <Panel title={words.confirmTitle}>
        <p className="mb-4 max-w-measure text-ink-2">
          {view.good > 0 ? words.confirmText(view.good) : words.nothingGood}
        </p>
        <div className="flex flex-wrap items-center gap-3">
          {view.good > 0 ? (
            <form action={confirm}>
              {which}
              <Button>{words.confirm}</Button>
            </form>
          ) : null}
          <form action={drop}>
            {which}
            <Button kind="danger">{words.drop}</Button>
          </form>
        </div>
        <p className="mt-4 text-hint text-ink-2">
          {words.dropText}
          {words.until(dayWords(view.until))}
        </p>
      </Panel>
    </div>
  )
}

const columns = (['line', 'column', 'why'] as const).map((key) => ({ key, label: words.faultColumns[key] }))
