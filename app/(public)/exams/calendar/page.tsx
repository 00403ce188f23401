import { ExamPhaseBadge } from '#app/_ui/exam-phase.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Table } from '#app/_ui/table.tsx'
import { deps } from '#lib/deps.ts'
import { examNoticeWords as words } from '#lib/text/exams.ts'
import { examCalendar } from '#lib/views/exam-notices.ts'

export const metadata = { title: words.calendarTitle }

const columns = (['province', 'state', 'window', 'collectBy', 'payBy', 'fee'] as const).map((key) => ({
  key,
  label: words.columns[key],
}))

/** When registration is open in each province (EXM-1), for everybody. */
export default async function ExamCalendarPage() {
  const sessions = await examCalendar(await deps())
  return (
    <Page
      width="wide"
      crumbs={[{ label: words.calendarTitle }]}
      title={words.calendarTitle}
      lead={words.calendarLead}
    >
      {sessions.length === 0 ? <p className="text-ink-2">{words.calendarEmpty}</p> : null}
      {sessions.map(({ id, title, days, provinces, ...national }) => (
        <section key={id} aria-labelledby={`exam-${id}`} className="mb-10">
          <h2 id={`exam-${id}`} className="text-h2">
            {title}
          </h2>
          <p className="mt-1 mb-3 text-ink-2">
            {words.days}：{days}
          </p>
          <Table
            caption={title}
            captionHidden
            rowHeader="province"
            columns={columns}
            rows={[{ ...national, id: 'national', name: words.everywhere }, ...provinces].map(
              ({ id: place, name, phase, window, collectBy, payBy, fee }) => ({
                id: place,
                cells: {
                  province: name,
                  state: <ExamPhaseBadge phase={phase} />,
                  window,
                  collectBy,
                  payBy,
                  fee,
                },
              }),
            )}
          />
        </section>
      ))}
    </Page>
  )
}
