import { Badge } from '#app/_ui/badge.tsx'
import { LinkButton } from '#app/_ui/buttons.tsx'
import { ExamPhaseBadge } from '#app/_ui/exam-phase.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Table } from '#app/_ui/table.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { refundWords } from '#lib/text/exam-payments.ts'
import { examSessionsWords as words } from '#lib/text/exam-sessions.ts'
import { examSessionList } from '#lib/views/exam-sessions.ts'

export const metadata = { title: words.title }

const columns = (['exam', 'state', 'window', 'payBy', 'days', 'fee'] as const).map((key) => ({
  key,
  label: words.columns[key],
}))

/** 考试安排 (EXM-1). */
export default async function ExamSessionsPage() {
  const { actor } = await staffPage()
  const { mayAdd, rows } = await found(examSessionList(await deps(), actor))
  return (
    <Page
      width="wide"
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      beside={
        <span className="flex flex-wrap items-center gap-3">
          <LinkButton kind="quiet" href={paths.refunds()}>
            {refundWords.title}
          </LinkButton>
          {mayAdd ? <LinkButton href={paths.examSessionNew}>{words.add}</LinkButton> : null}
        </span>
      }
    >
      <Table
        caption={words.list}
        captionHidden
        rowHeader="exam"
        columns={columns}
        empty={mayAdd ? words.empty : words.emptyThere}
        rows={rows.map(({ id, title, isPublished, phase, window, payBy, days, fee }) => ({
          id,
          cells: {
            exam: <a href={paths.examSession(id)}>{title}</a>,
            state: isPublished ? <ExamPhaseBadge phase={phase} /> : <Badge tone="quiet">{words.draft}</Badge>,
            window,
            payBy,
            days,
            fee,
          },
        }))}
      />
    </Page>
  )
}
