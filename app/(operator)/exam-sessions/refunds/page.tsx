import type { Search } from '#app/_form/own-echo.ts'
import { LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { Table } from '#app/_ui/table.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { refundWords as words } from '#lib/text/exam-payments.ts'
import { examSessionsWords } from '#lib/text/exam-sessions.ts'
import { refundList } from '#lib/views/exam-refunds.ts'

interface Props {
  searchParams: Search
}

export const generateMetadata = () => ({ title: words.title })

const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '')

/** 考试费退款 (EXM-3): what has to go back, of the viewer's provinces. */
export default async function RefundsPage({ searchParams }: Props) {
  const { actor } = await staffPage()
  const asked = await searchParams
  const isDone = asked.state === 'refunded'
  const view = await found(refundList(await deps(), actor, { done: isDone, after: text(asked.after) }))
  const state = isDone ? 'refunded' : undefined
  return (
    <Page
      width="wide"
      crumbs={[{ href: paths.examSessions, label: examSessionsWords.title }, { label: words.title }]}
      title={words.title}
      lead={words.lead}
    >
      {asked.done === 'marked' ? <Notice kind="good">{words.marked}</Notice> : null}
      <nav aria-label={words.lists} className="mb-4 print:hidden">
        <ul className="flex flex-wrap gap-x-6">
          {[false, true].map((done) => (
            <li key={String(done)}>
              <a
                href={paths.refunds(done ? { state: 'refunded' } : {})}
                aria-current={done === isDone ? 'true' : undefined}
                className="inline-flex min-h-target items-center aria-[current]:font-semibold"
              >
                {done ? words.done : words.pending}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Table
        caption={words.caption[view.state]}
        captionHidden
        rowHeader="order"
        columns={isDone ? columns.filter(({ key }) => key !== 'action') : columns}
        empty={words.empty[view.state]}
        rows={view.rows.map(({ id, number, ...row }) => ({
          id,
          cells: {
            ...row,
            order: number,
            action: (
              <LinkButton kind="quiet" href={paths.refund(number)} about={words.about(number)}>
                {words.mark}
              </LinkButton>
            ),
          },
        }))}
      />
      <Pager
        first={view.continued ? paths.refunds({ state }) : null}
        next={view.next === null ? null : paths.refunds({ state, after: view.next })}
      />
    </Page>
  )
}

const columns = (['order', 'exam', 'province', 'case', 'amount', 'paidAt', 'why', 'action'] as const).map(
  (key) => ({ key, label: words.columns[key], isNumber: key === 'amount' }),
)
