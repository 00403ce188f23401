import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { LedgerTargets } from '#app/_ui/credit-ledger.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { AsidePanel } from '#app/_ui/panel.tsx'
import { Table } from '#app/_ui/table.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { applicationText } from '#lib/text/applications.ts'
import { caseStateWords } from '#lib/text/collection.ts'
import { creditWords as words } from '#lib/text/credits.ts'
import { instantWords } from '#lib/text/dates.ts'
import { moreHelp } from '#lib/text/help/all.ts'
import { issueText } from '#lib/text/issues.ts'
import { type ApplicationDesk, applicationDesk } from '#lib/views/application.ts'
import { type CreditLedger, creditClaims, creditLedger, type LedgerYear } from '#lib/views/credits.ts'
import { Begin, Obstacles } from '../_application/application.tsx'
import { Entries } from './_entries.tsx'
import { RulesOf } from './_rules.tsx'
import { makeCreditPaper } from './actions.ts'

interface Props {
  searchParams: Search
}

export const generateMetadata = async ({ searchParams }: Props) =>
  titled(words.title, await ownEcho(searchParams, paths.credits()))

const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '')

/** 继续教育 (CRE-1): the ledger of a year, what is missing, and the claims of credits. */
export default async function CreditsPage({ searchParams }: Props) {
  const { actor } = await applicantPage()
  const d = await deps()
  const asked = await searchParams
  const view = await creditLedger(d, actor.id, text(asked.year))
  const after = text(asked.after)
  const echo = await ownEcho(searchParams, paths.credits())
  return (
    <Page
      width="wide"
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      side={view ? <Years view={view} /> : undefined}
      aside={
        <AsidePanel
          title={words.howTitle}
          more={{ href: paths.helpTopic('learning-and-exams'), label: moreHelp('learning-and-exams') }}
        >
          <ul className="list-disc space-y-1 pl-5">
            {words.how.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </AsidePanel>
      }
    >
      <ErrorList
        issues={(echo?.issues ?? []).map((one) => ({ at: null, text: issueText(one) }))}
        token={echo?.id}
      />
      {view ? (
        <>
          <Claim view={await applicationDesk(d, actor, 'credit')} />
          <Year view={view} />
          <Claims {...(await creditClaims(d, actor.id, after))} isFirst={after === ''} />
        </>
      ) : (
        <Notice kind="info" title={words.notYet}>
          <p>{words.notYetText}</p>
          <LinkButton href={paths.collection}>{words.toCollection}</LinkButton>
        </Notice>
      )}
    </Page>
  )
}

function YearState({ year: { ledger, owed } }: { year: LedgerYear }) {
  if (ledger.complete) return <Badge tone="good">{words.states.complete}</Badge>
  if (owed) return <Badge tone="warn">{words.states.short}</Badge>
  return <Badge tone="quiet">{ledger.total.got > 0 ? words.states.entered : words.states.notOwed}</Badge>
}

/** The years there is something to say of, newest first. */
function Years({ view: { years, shown } }: { view: CreditLedger }) {
  return (
    <nav aria-label={words.years} className="lg:sticky lg:top-4">
      <ul className="flex flex-wrap gap-x-2 lg:block">
        {years.map((one) => (
          <li key={one.year}>
            <a
              href={paths.credits(String(one.year))}
              aria-current={one.year === shown.year ? 'page' : undefined}
              className={`flex min-h-target items-center justify-between gap-2 border-l-4 px-3 no-underline hover:bg-panel ${one.year === shown.year ? 'border-brand font-semibold text-ink' : 'border-transparent text-ink-2'}`}
            >
              {words.year(one.year)}
              {/* On phones the year says it where it is shown. */}
              <span className="max-lg:hidden">
                <YearState year={one} />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** A claim under way, and how far it is; or the way to begin one. */
function Claim({ view }: { view: ApplicationDesk }) {
  const { desk, obstacles } = view
  if (desk === null)
    return (
      <div className="mb-8">
        <Obstacles obstacles={obstacles} />
        {/* An approval stands in the ledger beneath. */}
        <Begin view={view.last?.state === 'approved' ? { ...view, last: null } : view} />
      </div>
    )
  const { state, number, dueOn } = desk.file.case
  const isReturned = state === 'returned'
  const stage = !desk.editable ? 'underReview' : isReturned ? 'returned' : 'draft'
  return (
    <Notice kind={isReturned ? 'warn' : 'info'} title={words.underway[stage]}>
      {number ? <p>{applicationText.number(number)}</p> : null}
      {stage === 'underReview' && dueOn !== '' ? <p>{words.dueBy(dueOn)}</p> : null}
      <div className="mt-3">
        <LinkButton kind={desk.editable ? 'primary' : 'secondary'} href={paths.creditNew}>
          {desk.editable ? (isReturned ? words.underway.mend : words.underway.goOn) : words.underway.see}
        </LinkButton>
      </div>
    </Notice>
  )
}

function Year({ view }: { view: CreditLedger }) {
  const { shown } = view
  const { year, ledger, owed } = shown
  const { professional, public: open, total } = ledger
  return (
    <section aria-labelledby="year" className="mb-10">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3 border-b pb-1.5">
        <h2 id="year" className="text-h2">
          {words.year(year)}
        </h2>
        <YearState year={shown} />
      </div>
      {ledger.complete ? (
        <p className="mb-4 font-medium">{words.complete(year)}</p>
      ) : owed ? (
        <p className="mb-4">
          <span className="font-medium">{words.short(total.missing)}</span>
          {`：${words.shortOf(professional.missing, open.missing)}`}
        </p>
      ) : (
        <p className="mb-4 max-w-measure text-ink-2">{words.notOwed(year)}</p>
      )}
      <LedgerTargets ledger={ledger} />
      <p className="mt-4 max-w-measure text-hint text-ink-2">
        <RulesOf view={view} />
      </p>
      <h3 className="mt-8 mb-3 text-h3">{words.entries(year)}</h3>
      <Entries view={view} />
      <div className="mt-4 flex flex-wrap gap-3">
        <LinkButton href={paths.creditsPrint(String(year))}>{words.print}</LinkButton>
        {view.lines.size > 0 ? (
          <form action={makeCreditPaper}>
            <Button kind="secondary">{words.paper.make}</Button>
          </form>
        ) : null}
      </div>
      {view.lines.size > 0 ? <p className="mt-2 text-hint text-ink-2">{words.paper.makeNote}</p> : null}
    </section>
  )
}

type Sent = Awaited<ReturnType<typeof creditClaims>>

const isOpen = (state: Sent['rows'][number]['state']) =>
  state === 'checking' || state === 'waiting' || state === 'in_review'

function Claims({ rows, next, isFirst }: Sent & { isFirst: boolean }) {
  return (
    <section aria-labelledby="claims">
      <h2 id="claims" tabIndex={-1} className="mb-4 border-b pb-1.5 text-h2">
        {words.claims}
      </h2>
      <Table
        caption={words.claims}
        captionHidden
        rowHeader="number"
        empty={words.noClaims}
        columns={[
          { key: 'number', label: words.claimColumns.number },
          { key: 'what', label: words.claimColumns.what },
          { key: 'submitted', label: words.claimColumns.submitted },
          { key: 'state', label: words.claimColumns.state },
        ]}
        rows={rows.map(({ caseId, number, form, title, quantity, submittedAt, state, dueOn, note }) => ({
          id: caseId,
          cells: {
            number,
            what: `${title} · ${form} × ${quantity}`,
            submitted: instantWords(submittedAt),
            state: (
              <>
                <Badge tone={state === 'approved' ? 'good' : state === 'returned' ? 'warn' : 'quiet'}>
                  {caseStateWords[state]}
                </Badge>
                {isOpen(state) && dueOn !== '' ? <p className="text-hint">{words.dueBy(dueOn)}</p> : null}
                {note === '' ? null : <p className="whitespace-pre-line">{words.refusedBecause(note)}</p>}
              </>
            ),
          },
        }))}
      />
      <Pager first={isFirst ? null : paths.credits()} next={next ? paths.creditClaims(next) : null} />
    </section>
  )
}
