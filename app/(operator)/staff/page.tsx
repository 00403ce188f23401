import type { Search } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { Table } from '#app/_ui/table.tsx'
import { Tabs } from '#app/_ui/tabs.tsx'
import { echoOf } from '#lib/action/echo.ts'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { instantDay, instantWords } from '#lib/text/dates.ts'
import { staffWords as words } from '#lib/text/staff.ts'
import {
  type InvitationLine,
  invitationList,
  presences,
  type StaffLine,
  staffFilter,
  staffList,
} from '#lib/views/staff.ts'
import { staffForm } from '#lib/views/staff-form.ts'
import { StateBadge } from './_state.tsx'
import { revoke, search as searchAction } from './actions.ts'

export const metadata = { title: words.title }

/** 人员管理 (ACC-10, ADM-1): who works in one's own departments, and who is invited. */
export default async function StaffPage({ searchParams }: { searchParams: Search }) {
  const { actor } = await staffPage()
  const asked = await searchParams
  const text = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' ? value : ''
  }
  const d = await deps()
  const echo = await echoOf(asked.echo)
  const kept = echo?.page === paths.staff() || echo?.page === paths.staff({ tab: 'open' }) ? echo : null
  const searched = kept?.values.search?.[0]?.trim() ?? ''
  const tab = text('tab') === 'open' ? 'open' : 'people'
  const after = text('after')
  const filter = await found(staffFilter(d, actor, asked))
  const list =
    tab === 'open'
      ? { tab: 'open' as const, ...(await found(invitationList(d, actor, { after }))) }
      : {
          tab: 'people' as const,
          ...(await found(
            staffList(d, actor, {
              search: searched,
              after,
              ...(searched === '' ? { department: filter.department, presence: filter.presence } : {}),
            }),
          )),
        }
  const done = words.done[text('done')]
  const isFiltered = searched === '' && (filter.department !== '' || filter.presence !== null)
  const here = {
    tab: tab === 'open' ? tab : '',
    echo: searched === '' ? '' : kept?.id,
    ...(isFiltered && tab === 'people'
      ? { department: filter.department, state: filter.presence ?? '' }
      : {}),
  }
  return (
    <Page
      width="wide"
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      beside={
        <LinkButton kind="primary" href={paths.staffInvite}>
          {words.invite}
        </LinkButton>
      }
    >
      <ErrorList issues={staffForm(kept).issues} token={kept?.id} />
      {done ? <Notice kind="good">{done}</Notice> : null}
      <Tabs
        label={words.tabList}
        tabs={(['people', 'open'] as const).map((one) => ({
          href: paths.staff({ tab: one === 'open' ? one : '' }),
          label: words.tabs[one],
          isCurrent: one === tab,
        }))}
      />
      {list.tab === 'open' ? (
        <Invitations rows={list.rows} />
      ) : (
        <>
          <Filter filter={filter} isFiltered={isFiltered} />
          <SearchForm searched={searched} />
          <People rows={list.rows} isSearch={searched !== ''} isFiltered={isFiltered} />
        </>
      )}
      <Pager
        first={list.continued ? paths.staff(here) : null}
        next={list.next ? paths.staff({ ...here, after: list.next }) : null}
      />
    </Page>
  )
}

/** By department and state, in the address: neither names a person. */
function Filter({
  filter,
  isFiltered,
}: {
  filter: Awaited<ReturnType<typeof staffFilter>>
  isFiltered: boolean
}) {
  return (
    <form
      method="get"
      action={paths.staff()}
      aria-label={words.filter}
      className="mb-6 flex flex-wrap items-end gap-x-6 print:hidden"
    >
      <div className="max-sm:w-full">
        <FieldInput field={filter.field} levels={filter.levels} />
      </div>
      <div className="mb-6 grow sm:max-w-52">
        <label htmlFor="state" className="mb-1 block font-semibold">
          {words.presence}
        </label>
        <select
          key={filter.presence}
          id="state"
          name="state"
          defaultValue={filter.presence ?? ''}
          className="control"
        >
          <option value="">{words.everyPresence}</option>
          {presences.map((one) => (
            <option key={one} value={one}>
              {words.presences[one]}
            </option>
          ))}
        </select>
      </div>
      <div className="mb-6 flex flex-wrap gap-3">
        <Button kind="secondary">{words.apply}</Button>
        {isFiltered ? (
          <LinkButton kind="quiet" href={paths.staff()}>
            {words.clear}
          </LinkButton>
        ) : null}
      </div>
    </form>
  )
}

function SearchForm({ searched }: { searched: string }) {
  return (
    <form
      key={searched}
      action={searchAction}
      aria-label={words.find}
      className="mb-6 flex flex-wrap items-end gap-3 print:hidden"
    >
      <div className="grow sm:max-w-72">
        <label htmlFor="search" className="block font-medium">
          {words.search}
        </label>
        <p id="search-hint" className="mb-1 text-hint text-ink-3">
          {words.searchHint}
        </p>
        <input
          id="search"
          name="search"
          defaultValue={searched}
          autoComplete="off"
          aria-describedby="search-hint"
          className="control"
        />
      </div>
      <Button kind="secondary">{words.find}</Button>
      {searched === '' ? null : (
        <LinkButton kind="quiet" href={paths.staff()}>
          {words.clear}
        </LinkButton>
      )}
    </form>
  )
}

const people = (['name', 'login', 'roles', 'state', 'seen'] as const).map((key) => ({
  key,
  label: words.columns[key],
}))

function People({
  rows,
  isSearch,
  isFiltered,
}: {
  rows: readonly StaffLine[]
  isSearch: boolean
  isFiltered: boolean
}) {
  return (
    <Table
      caption={isSearch ? words.results : words.tabs.people}
      captionHidden={!isSearch}
      rowHeader="name"
      columns={people}
      empty={isSearch ? words.notFound : isFiltered ? words.noneSuch : words.empty}
      rows={rows.map((row) => ({
        id: row.id,
        cells: {
          name: <a href={paths.staffMember(row.id)}>{row.name}</a>,
          login: row.login,
          roles: (
            <ul>
              {row.isBare ? <li className="text-ink-3">{words.noRole}</li> : null}
              {row.isBare ? null : row.offices.map((office) => <li key={office}>{office}</li>)}
            </ul>
          ),
          state: <StateBadge status={row.status} awayUntil={row.awayUntil} />,
          seen: row.seenAt ? instantDay(row.seenAt) : words.unseen,
        },
      }))}
    />
  )
}

const invitations = (['name', 'role', 'until', 'action'] as const).map((key) => ({
  key,
  label: words.invited[key],
}))

function Invitations({ rows }: { rows: readonly InvitationLine[] }) {
  return (
    <Table
      caption={words.tabs.open}
      captionHidden
      rowHeader="name"
      columns={invitations}
      empty={words.noInvitations}
      rows={rows.map((row) => ({
        id: row.id,
        cells: {
          name: row.name,
          role: row.office,
          until: instantWords(row.expiresAt),
          action: row.revocable ? (
            <form action={revoke}>
              <input type="hidden" name="invitation" value={row.id} />
              <Button kind="quiet" about={row.name}>
                {words.revoke}
              </Button>
            </form>
          ) : null,
        },
      }))}
    />
  )
}
