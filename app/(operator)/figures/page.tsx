import type { Search } from '#app/_form/own-echo.ts'
import { LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { type Crumb, Page } from '#app/_ui/page.tsx'
import { Tabs } from '#app/_ui/tabs.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { instantWords } from '#lib/text/dates.ts'
import { exportLink } from '#lib/text/exports.ts'
import { figuresWords as words } from '#lib/text/figures.ts'
import { exportsKind } from '#lib/views/exports.ts'
import { type FiguresPage, figuresView, monthChoices } from '#lib/views/figures.ts'
import { type BeneathSort, beneathSorts } from '#lib/views/figures-beneath.ts'
import { Beneath } from './beneath.tsx'
import { CaseCharts, PeopleCharts } from './figure-charts.tsx'
import { TilesNow, TilesOfPeriod } from './number-tiles.tsx'
import { LateReturns, Workload } from './work.tsx'

export const metadata = { title: words.title }

/** 统计 (ADM-2): a department with everything beneath it. */
export default async function FiguresPageOfPlace({ searchParams }: { searchParams: Search }) {
  const { actor } = await staffPage()
  const asked = await searchParams
  const text = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' ? value : ''
  }
  const months = monthChoices.find((one) => String(one) === text('months')) ?? 12
  const sort = beneathSorts.find((one) => one === text('sort')) ?? 'waiting'
  const page = await found(figuresView(await deps(), actor, { department: text('department'), months, sort }))
  const { node, chain, shown } = page
  const name = node?.name ?? words.country
  const parent = chain.at(-2)
  return (
    <Page
      width="wide"
      crumbs={crumbsOf(page, sort)}
      title={node?.fullName ?? words.country}
      lead={words.lead(instantWords(page.at))}
      beside={
        <span className="flex flex-wrap items-center gap-3">
          {parent ? (
            <LinkButton href={addressOf(page, sort, parent.id)}>{words.up(parent.name)}</LinkButton>
          ) : null}
          {exportsKind(actor, 'figures') ? (
            <LinkButton kind="quiet" href={exportOf(page)}>
              {exportLink}
            </LinkButton>
          ) : null}
        </span>
      }
    >
      {page.roots.length > 0 ? (
        <Tabs
          label={words.places}
          tabs={page.roots.map((root) => ({
            href: addressOf(page, sort, root.id),
            label: root.name,
            isCurrent: chain[0]?.id === root.id,
          }))}
        />
      ) : null}
      {node && !node.isActive ? (
        <Notice kind="info">
          <p>{page.mergedInto ? words.closedInto(page.mergedInto) : words.closed}</p>
        </Notice>
      ) : null}
      {shown.isEmpty ? <Notice kind="info">{words.empty}</Notice> : null}
      <div className="space-y-10">
        <TilesNow now={shown.now} />
        <section aria-labelledby="period">
          <h2 id="period" className="text-h2">
            {words.inMonths(page.months)}
          </h2>
          <p className="mt-1 mb-3 text-hint text-ink-2">{words.period(page.from, page.to)}</p>
          <Tabs
            label={words.periods}
            tabs={monthChoices.map((choice) => ({
              href: `${addressOf({ ...page, months: choice }, sort)}#period`,
              label: words.inMonths(choice),
              isCurrent: choice === page.months,
            }))}
          />
          <TilesOfPeriod period={shown.period} />
        </section>
        <Beneath page={page} addressOf={(id, sorted) => addressOf(page, sorted ?? sort, id)} name={name} />
        {shown.isEmpty ? null : (
          <>
            <CaseCharts shown={shown} />
            <PeopleCharts people={shown.people} />
          </>
        )}
        {page.work ? <Workload work={page.work} /> : null}
        <LateReturns count={shown.period.lateReturns} rows={page.late} />
      </div>
    </Page>
  )
}

type Here = Pick<FiguresPage, 'node' | 'months'>

/** This page of a department, of the one that is shown unless another is named. */
const addressOf = ({ node, months }: Here, sort: BeneathSort, department = node?.id ?? '') =>
  paths.figures({
    department,
    months: months === 12 ? '' : String(months),
    sort: sort === 'waiting' ? '' : sort,
  })

const exportOf = ({ node, from, to }: FiguresPage) =>
  paths.exportNew({ kind: 'figures', department: node?.id, from, to })

function crumbsOf(page: FiguresPage, sort: BeneathSort): Crumb[] {
  const { chain } = page
  if (chain.length === 0) return [{ label: words.title }]
  return [
    { href: addressOf(page, sort, ''), label: words.title },
    ...chain.map(
      ({ id, name }, index): Crumb =>
        index === chain.length - 1 ? { label: name } : { href: addressOf(page, sort, id), label: name },
    ),
  ]
}
