import type { ReactNode } from 'react'
import type { Search } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { EntryStateBadge } from '#app/_ui/exam-entry.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { Table } from '#app/_ui/table.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { instantWords } from '#lib/text/dates.ts'
import { examEntriesWords as words } from '#lib/text/exam-entries.ts'
import { examStateWords } from '#lib/text/exams.ts'
import { exportLink } from '#lib/text/exports.ts'
import { examEntryList } from '#lib/views/exam-entries.ts'

interface Props {
  params: Promise<{ sessionId: string }>
  searchParams: Search
}
type List = Awaited<ReturnType<typeof examEntryList>>
type Of = NonNullable<List['of']>

export const metadata = { title: words.title }

/** 考试报名名单 (EXM-3): counts by state and 报考点, and who registered, masked. */
export default async function SessionEntriesPage({ params, searchParams }: Props) {
  const { actor } = await staffPage()
  const { sessionId } = await params
  const asked = await searchParams
  const text = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' ? value.slice(0, 200) : ''
  }
  const list = await found(
    examEntryList(await deps(), actor, sessionId, {
      department: text('department'),
      state: text('state'),
      site: text('site'),
      after: text('after'),
    }),
  )
  const { level, year } = list.session
  return (
    <Page
      width="wide"
      crumbs={[{ href: paths.examRegistrations, label: words.title }, { label: list.title }]}
      title={list.of ? words.of(list.of.name) : words.title}
      lead={list.title}
      beside={
        <LinkButton
          kind="quiet"
          href={paths.exportNew({ kind: 'entries', department: list.of?.id, level, year: String(year) })}
        >
          {exportLink}
        </LinkButton>
      }
    >
      {list.of ? <OfDepartment list={list} of={list.of} /> : <Provinces list={list} />}
    </Page>
  )
}

function Provinces({ list }: { list: List }) {
  const { provinceColumns: columns } = words
  return (
    <Table
      caption={words.provinces}
      rowHeader="province"
      columns={[
        { key: 'province', label: columns.province },
        { key: 'taken', label: columns.taken, isNumber: true },
        { key: 'capacity', label: columns.capacity, isNumber: true },
      ]}
      empty={words.noSites}
      rows={list.provinces.map(({ id, name, taken, capacity }) => ({
        id,
        cells: {
          province: <a href={paths.examEntries(list.session.id, { department: id })}>{name}</a>,
          taken,
          capacity,
        },
      }))}
    />
  )
}

function OfDepartment({ list, of }: { list: List; of: Of }) {
  const address = (more: Record<string, string | undefined>) =>
    paths.examEntries(list.session.id, { department: of.id, ...of.filter, ...more })
  const siteColumns = of.isProvince ? words.siteColumns : words.siteColumnsBeneath
  return (
    <>
      <div className="mb-8 grid gap-8 lg:grid-cols-2">
        <Table
          caption={words.counts}
          rowHeader="state"
          columns={[
            { key: 'state', label: words.countColumns.state },
            { key: 'people', label: words.countColumns.people, isNumber: true },
          ]}
          rows={of.counts.map(({ state, people }) => ({
            id: state,
            cells: { state: <a href={address({ state })}>{examStateWords[state]}</a>, people },
          }))}
        />
        <div>
          <Table
            caption={words.sites}
            rowHeader="site"
            columns={[
              { key: 'site', label: siteColumns.site },
              { key: 'city', label: siteColumns.city },
              { key: 'taken', label: siteColumns.taken, isNumber: true },
              { key: 'capacity', label: siteColumns.capacity, isNumber: true },
            ]}
            empty={words.noSites}
            rows={of.sites.map(({ id, name, city, taken, capacity }) => ({
              id,
              cells: { site: <a href={address({ site: id })}>{name}</a>, city, taken, capacity },
            }))}
          />
          <p className="mt-2 text-hint text-ink-2">{words.seatsNote}</p>
        </div>
      </div>
      <h2 className="mb-4 text-h2">{words.list}</h2>
      <Filter sessionId={list.session.id} of={of} />
      <Table
        caption={words.list}
        captionHidden
        rowHeader="name"
        columns={(['name', 'department', 'site', 'subjects', 'state', 'registered'] as const).map((key) => ({
          key,
          label: words.columns[key],
        }))}
        empty={words.empty}
        rows={of.rows.map((row) => ({
          id: row.id,
          cells: {
            name: row.name,
            department: row.department === '' ? words.moved : row.department,
            site: row.site,
            subjects: row.subjects,
            state: (
              <>
                <EntryStateBadge state={row.state} />
                {row.number === '' ? null : (
                  <span className="block text-hint text-ink-2">{words.entryNumber(row.number)}</span>
                )}
                {row.state === 'awaiting-payment' ? (
                  <span className="block text-hint text-ink-2">{words.payBy(instantWords(row.payBy))}</span>
                ) : null}
              </>
            ),
            registered: instantWords(row.createdAt),
          },
        }))}
      />
      <Pager
        first={of.continued ? address({}) : null}
        next={of.next === null ? null : address({ after: of.next })}
      />
    </>
  )
}

function Filter({ sessionId, of }: { sessionId: string; of: Of }) {
  return (
    <form
      method="get"
      action={paths.examEntries(sessionId)}
      aria-label={words.filter}
      className="mb-6 flex flex-wrap items-end gap-3 print:hidden"
    >
      {of.beneath.length > 0 ? (
        <Choice name="department" label={words.department} value={of.id}>
          <option value={of.id}>{words.here(of.name)}</option>
          {of.beneath.map(({ id, fullName }) => (
            <option key={id} value={id}>
              {fullName}
            </option>
          ))}
        </Choice>
      ) : (
        <input type="hidden" name="department" value={of.id} />
      )}
      <Choice name="state" label={words.state} value={of.filter.state}>
        <option value="">{words.everyState}</option>
        {of.counts.map(({ state }) => (
          <option key={state} value={state}>
            {examStateWords[state]}
          </option>
        ))}
      </Choice>
      <Choice name="site" label={words.columns.site} value={of.filter.site}>
        <option value="">{words.everySite}</option>
        {of.sites.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Button kind="secondary">{words.apply}</Button>
      {of.filter.state === '' && of.filter.site === '' ? null : (
        <LinkButton kind="quiet" href={paths.examEntries(sessionId, { department: of.id })}>
          {words.clear}
        </LinkButton>
      )}
      {of.above === '' ? null : (
        <LinkButton kind="quiet" href={paths.examEntries(sessionId, { department: of.above })}>
          {words.above}
        </LinkButton>
      )}
    </form>
  )
}

interface ChoiceProps {
  name: string
  label: string
  value: string
  children: ReactNode
}

const Choice = ({ name, label, value, children }: ChoiceProps) => (
  <div className="grow sm:max-w-72">
    <label htmlFor={name} className="mb-1 block font-medium">
      {label}
    </label>
    <select key={value} id={name} name={name} defaultValue={value} className="control">
      {children}
    </select>
  </div>
)
