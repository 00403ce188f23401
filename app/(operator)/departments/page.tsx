import type { Search } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { Table } from '#app/_ui/table.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { departmentState, departmentWords, departmentsWords as words } from '#lib/text/departments.ts'
import { type DepartmentLine, departmentList } from '#lib/views/departments.ts'
import { departmentCrumbs } from './_crumbs.ts'

export const metadata = { title: words.title }

/** 部门管理 (ADM-1): the tree of one's scope, one level at a time. */
export default async function DepartmentsPage({ searchParams }: { searchParams: Search }) {
  const { actor } = await staffPage()
  const asked = await searchParams
  const text = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' ? value : ''
  }
  const under = text('under')
  const list = await found(departmentList(await deps(), actor, { under, after: text('after') }))
  return (
    <Page
      width="wide"
      crumbs={departmentCrumbs(list.chain)}
      title={list.node ? words.beneath(list.node.name) : words.title}
      lead={list.node ? list.node.fullName : words.lead}
      beside={
        list.node ? (
          <LinkButton href={paths.department(list.node.id)}>
            {departmentWords.open(list.node.name)}
          </LinkButton>
        ) : null
      }
    >
      {list.unattended.length > 0 ? (
        <Notice kind="warn" title={words.unattendedTitle}>
          <ul>
            {list.unattended.map(({ id, fullName }) => (
              <li key={id}>
                <a href={paths.department(id)} className="inline-flex min-h-target items-center">
                  {fullName}
                </a>
              </li>
            ))}
          </ul>
          {list.moreUnattended ? <p>{words.andMore}</p> : null}
          <p>{words.unattendedText}</p>
        </Notice>
      ) : null}
      <Departments rows={list.rows} />
      <Pager
        first={list.continued ? paths.departments({ under }) : null}
        next={list.next ? paths.departments({ under, after: list.next }) : null}
      />
    </Page>
  )
}

const columns = (['name', 'days', 'phone', 'state', 'below'] as const).map((key) => ({
  key,
  label: words.columns[key],
}))

function Departments({ rows }: { rows: readonly DepartmentLine[] }) {
  return (
    <Table
      caption={words.list}
      captionHidden
      rowHeader="name"
      columns={columns}
      empty={words.empty}
      rows={rows.map((row) => ({
        id: row.id,
        cells: {
          name: <a href={paths.department(row.id)}>{row.name}</a>,
          days: words.days(row.reviewDays),
          phone: row.phone || <span className="text-ink-3">{words.unset}</span>,
          state: (
            <span className="flex flex-wrap gap-2">
              <Badge tone={row.isActive ? 'good' : 'quiet'}>
                {departmentState(row.isActive, row.isMerged)}
              </Badge>
              {row.isUnattended ? <Badge tone="warn">{words.unattended}</Badge> : null}
            </span>
          ),
          below: row.hasBeneath ? (
            <LinkButton kind="quiet" href={paths.departments({ under: row.id })} about={row.name}>
              {words.below}
            </LinkButton>
          ) : null,
        },
      }))}
    />
  )
}
