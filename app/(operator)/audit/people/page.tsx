import { notFound } from 'next/navigation'
import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList } from '#app/_ui/errors.tsx'
import { Facts } from '#app/_ui/facts.tsx'
import { Field } from '#app/_ui/field-shell.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { Table } from '#app/_ui/table.tsx'
import type { Echo } from '#lib/action/echo.ts'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { viewAudit } from '#lib/commands/view-audit.ts'
import { type Deps, deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { auditWords as words } from '#lib/text/audit.ts'
import { auditAsked, auditedPersons, audits, personLog } from '#lib/views/audit.ts'
import { AuditTabs, auditCrumb, listed, PeriodForm, PersonRows } from '../_parts.tsx'
import { choose, search } from '../actions.ts'

export async function generateMetadata({ searchParams }: { searchParams: Search }) {
  const echo = await ownEcho(searchParams, paths.auditPeople())
  if (echo?.values.person === undefined) return titled(words.peopleTitle, echo)
  const { from, to, what } = await searchParams
  const said = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '')
  const period = { from: said(from), to: said(to), what: said(what) }
  return titled(words.peopleTitle, auditAsked(await deps(), period))
}

type Actor = Awaited<ReturnType<typeof staffPage>>['actor']
type Asked = Readonly<Record<string, string>>

/** 谁看过这个人 (ADM-3). Whom it is about stands in the echo alone: an address is no place for a person (SEC-4). */
export default async function AuditPeoplePage({ searchParams }: { searchParams: Search }) {
  const { actor } = await staffPage()
  if (!audits(actor)) notFound()
  const asked: Asked = Object.fromEntries(
    Object.entries(await searchParams).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.slice(0, 200)]] : [],
    ),
  )
  const d = await deps()
  const echo = await ownEcho(searchParams, paths.auditPeople())
  const [person] = echo?.values.person ?? []
  return echo && person !== undefined
    ? personPage({ d, actor, id: person, echo, asked })
    : searchPage({ d, actor, echo })
}

/** Who saw this person; a line about the look is written before anything is shown. */
async function personPage({
  d,
  actor,
  id,
  echo,
  asked,
}: {
  d: Deps
  actor: Actor
  id: string
  echo: Echo
  asked: Asked
}) {
  const { from = '', to = '', what: kind = '', after = '' } = asked
  const [person] = await found(auditedPersons(d, actor, [id]))
  if (!person) notFound()
  const { what, issues, shown, period } = auditAsked(d, { from, to, what: kind })
  if (period) await found(viewAudit(d, actor, { accountId: id, kind: 'applicant', what, ...period }))
  const log = period ? await found(personLog(d, actor, id, { period, what, after })) : null
  const here = { echo: echo.id, from: shown.from, to: shown.to, what }
  const title = words.ofPerson(person.name)
  return (
    <Page width="wide" crumbs={[auditCrumb, { label: words.peopleTitle }]} title={title}>
      <ErrorList issues={listed(issues)} />
      <Facts facts={[[words.facts.number, person.number]]} />
      <PeriodForm
        action={paths.auditPeople()}
        hidden={{ echo: echo.id }}
        shown={shown}
        what={what}
        issues={issues}
      />
      {log ? <PersonRows rows={log.rows} caption={title} /> : null}
      <Pager
        first={log?.continued ? paths.auditPeople(here) : null}
        next={log?.next ? paths.auditPeople({ ...here, after: log.next }) : null}
      />
      <p className="mt-6 print:hidden">
        <LinkButton kind="quiet" href={paths.auditPeople()}>
          {words.another}
        </LinkButton>
      </p>
    </Page>
  )
}

async function searchPage({ d, actor, echo }: { d: Deps; actor: Actor; echo: Echo | null }) {
  const looked = echo !== null && echo.issues.length === 0
  const people = await found(auditedPersons(d, actor, looked ? (echo.values.found ?? []) : []))
  const errors = listed(echo?.issues ?? []).map(({ text }) => text)
  return (
    <Page
      width="wide"
      crumbs={[auditCrumb, { label: words.peopleTitle }]}
      title={words.peopleTitle}
      lead={words.peopleLead}
    >
      <ErrorList issues={listed(echo?.issues ?? [])} token={echo?.id} />
      <AuditTabs current="people" />
      <form
        key={echo?.id ?? 'fresh'}
        action={search}
        className="flex flex-wrap items-end gap-x-4 print:hidden"
        noValidate
      >
        <Field field={{ name: 'search', ...words.search, optional: false, errors }}>
          <input
            id="search"
            name="search"
            defaultValue={echo?.values.search?.[0] ?? ''}
            autoComplete="off"
            className="control sm:max-w-80"
            aria-describedby={`search-hint${errors.length > 0 ? ' search-error' : ''}`}
            aria-invalid={errors.length > 0 ? true : undefined}
          />
        </Field>
        <Button kind="secondary" className="mb-6">
          {words.searchSubmit}
        </Button>
      </form>
      {looked ? (
        <Table
          caption={words.found}
          rowHeader="name"
          columns={columns}
          empty={words.nobody}
          rows={people.map(({ id, name, number }) => ({
            id,
            cells: {
              name,
              number,
              action: (
                <form action={choose}>
                  <input type="hidden" name="person" value={id} />
                  <Button kind="quiet" about={`${name} ${number}`}>
                    {words.open}
                  </Button>
                </form>
              ),
            },
          }))}
        />
      ) : null}
      {echo?.values.more?.[0] === '1' ? <p className="mt-3 text-ink-2">{words.more}</p> : null}
    </Page>
  )
}

const columns = (['name', 'number', 'action'] as const).map((key) => ({
  key,
  label: words.peopleColumns[key],
}))
