import { paths } from '#lib/paths.ts'
import { examNoticeWords as words } from '#lib/text/exams.ts'
import type { examNotices } from '#lib/views/exam-notices.ts'
import { ExamPhaseBadge } from './exam-phase.tsx'
import { FactList } from './facts.tsx'

/** 会计专业技术资格考试报名 on the home page (EXM-1): whether registration is open, and its dates. Nothing while no exam is published. */
export function ExamNotices({ notices }: { notices: Awaited<ReturnType<typeof examNotices>> }) {
  const { rows, province } = notices
  if (rows.length === 0) return null
  return (
    <section aria-labelledby="exams-title" className="mt-10">
      <h2 id="exams-title" className="text-h2">
        {words.title}
      </h2>
      <p className="mt-1 text-ink-2">{province === null ? words.national : words.ofProvince(province)}</p>
      <ul className="mt-4 grid gap-4">
        {rows.map(({ id, title, phase, window, payBy, days }) => (
          <li key={id} className="rounded-md border p-4">
            <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
              <h3 className="text-h3">{title}</h3>
              <ExamPhaseBadge phase={phase} />
            </div>
            <FactList
              facts={[
                [words.window, window],
                [words.payBy, payBy],
                [words.days, days],
              ]}
            />
          </li>
        ))}
      </ul>
      <p className="mt-2 flex flex-wrap gap-x-6">
        <a href={paths.exams} className="inline-flex min-h-target items-center">
          {words.go}
        </a>
        <a href={paths.examCalendar} className="inline-flex min-h-target items-center">
          {words.calendar}
        </a>
      </p>
    </section>
  )
}
