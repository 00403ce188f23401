import { ExamPhaseBadge } from '#app/_ui/exam-phase.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Table } from '#app/_ui/table.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { examEntriesWords as words } from '#lib/text/exam-entries.ts'
import { entrySessions } from '#lib/views/exam-entries.ts'

export const metadata = { title: words.title }

/** 考试报名名单: of which exam. */
export default async function ExamEntriesPage() {
  const { actor } = await staffPage()
  const sessions = await found(entrySessions(await deps(), actor))
  return (
    <Page width="wide" crumbs={[{ label: words.title }]} title={words.title} lead={words.lead}>
      <Table
        caption={words.sessions}
        captionHidden
        rowHeader="exam"
        columns={[
          { key: 'exam', label: words.sessions },
          { key: 'state', label: words.state },
          { key: 'window', label: words.window },
          { key: 'days', label: words.days },
        ]}
        empty={words.noSessions}
        rows={sessions.map(({ id, title, phase, window, days }) => ({
          id,
          cells: {
            exam: <a href={paths.examEntries(id)}>{title}</a>,
            state: <ExamPhaseBadge phase={phase} />,
            window,
            days,
          },
        }))}
      />
    </Page>
  )
}
