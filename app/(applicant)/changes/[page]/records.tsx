import { Badge } from '#app/_ui/badge.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { Table } from '#app/_ui/table.tsx'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { paths } from '#lib/paths.ts'
import { changeWords } from '#lib/text/changes.ts'
import { caseStateWords } from '#lib/text/collection.ts'
import { instantWords } from '#lib/text/dates.ts'
import { changeRecords } from '#lib/views/changes.ts'
import type { PageId } from '../_frame.tsx'

const words = changeWords.list

interface Props {
  d: Deps
  actor: Applicant
  page: PageId
  after: string
}

/** 变更记录 (CHG-3). */
export async function Records({ d, actor, page, after }: Props) {
  const { rows, next } = await changeRecords(d, actor, page, after)
  return (
    <>
      <Table
        caption={changeWords.records}
        captionHidden
        rowHeader="submitted"
        empty={words.empty}
        columns={[
          { key: 'submitted', label: words.submitted },
          { key: 'kind', label: words.kind },
          { key: 'way', label: words.way },
          { key: 'review', label: words.reviewWay },
          { key: 'state', label: words.state },
          { key: 'details', label: changeWords.details },
        ]}
        rows={rows.map((row) => ({
          id: row.caseId,
          cells: {
            submitted: instantWords(row.submittedAt),
            kind: changeWords.pages[page],
            way: row.ways.map((way) => words.ways[way]).join('、'),
            review: row.byRule ? words.byRule : words.byPerson,
            state: (
              <Badge tone={row.state === 'approved' ? 'good' : row.state === 'returned' ? 'bad' : 'quiet'}>
                {caseStateWords[row.state]}
              </Badge>
            ),
            details: (
              <a
                href={paths.changeRecord(page, row.caseId)}
                className="inline-flex min-h-target items-center"
                aria-label={`${changeWords.details} ${row.number}`}
              >
                {changeWords.details}
              </a>
            ),
          },
        }))}
      />
      <Pager
        first={after === '' ? null : paths.changes(page, { tab: 'records' })}
        next={next ? paths.changes(page, { tab: 'records', after: next }) : null}
      />
    </>
  )
}
