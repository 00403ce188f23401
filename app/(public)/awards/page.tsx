import type { Search } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { Table } from '#app/_ui/table.tsx'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { awardsWords as words } from '#lib/text/conduct.ts'
import { awardList } from '#lib/views/conduct-entries.ts'

export const metadata = { title: words.title }

/** 奖励公开 (AWD-1): what departments have made public, for everybody. */
export default async function AwardsPage({ searchParams }: { searchParams: Search }) {
  const list = await awardList(await deps(), await searchParams)
  const { department } = list
  return (
    <Page width="wide" crumbs={[{ label: words.title }]} title={words.title} lead={words.lead}>
      <form
        method="get"
        action={paths.awards()}
        aria-label={words.filter}
        className="mb-6 flex flex-wrap items-end gap-x-6 print:hidden"
      >
        <div className="max-sm:w-full">
          <FieldInput field={list.field} levels={list.levels} />
        </div>
        <div className="mb-6 flex flex-wrap gap-3">
          <Button kind="secondary">{words.apply}</Button>
          {department === '' ? null : (
            <LinkButton kind="quiet" href={paths.awards()}>
              {words.clear}
            </LinkButton>
          )}
        </div>
      </form>
      <Table
        caption={words.list}
        captionHidden
        rowHeader="name"
        columns={columns}
        empty={department === '' ? words.empty : words.emptyThere}
        rows={list.rows.map(({ id, ...cells }) => ({ id, cells }))}
      />
      <Pager
        first={list.continued ? paths.awards({ department }) : null}
        next={list.next ? paths.awards({ department, after: list.next }) : null}
      />
    </Page>
  )
}

const columns = (['name', 'title', 'level', 'date', 'authority'] as const).map((key) => ({
  key,
  label: words.columns[key],
}))
