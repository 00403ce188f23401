import { Badge } from '#app/_ui/badge.tsx'
import { LinkButton } from '#app/_ui/buttons.tsx'
import { EntryStateBadge } from '#app/_ui/exam-entry.tsx'
import { ExamPhaseBadge } from '#app/_ui/exam-phase.tsx'
import { ExamReadiness } from '#app/_ui/exam-readiness.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { Page } from '#app/_ui/page.tsx'
import { AsidePanel, Panel } from '#app/_ui/panel.tsx'
import { Table } from '#app/_ui/table.tsx'
import { viewer } from '#lib/auth/session.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { verdictWords } from '#lib/text/eligibility.ts'
import { examWords as words } from '#lib/text/exam-registration.ts'
import { moreHelp } from '#lib/text/help/all.ts'
import { type ExamNotice, examNotices } from '#lib/views/exam-notices.ts'
import { ownExams } from '#lib/views/exams.ts'

export const metadata = { title: words.title }

/** 会计专业技术资格考试 (EXM): what is open; of who is signed in whether they may sit it, and their registrations. */
export default async function ExamsPage() {
  const found = await viewer()
  const actor = found?.actor.kind === 'applicant' ? found.actor : null
  const d = await deps()
  return (
    <Page
      width="wide"
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={actor ? words.lead : words.leadOut}
      aside={<How />}
    >
      {actor ? (
        <Own view={await ownExams(d, actor)} />
      ) : (
        <SignedOut rows={(await examNotices(d, null)).rows} isSignedIn={found !== null} />
      )}
      <p className="mt-6">
        <a href={paths.examCalendar} className="inline-flex min-h-target items-center">
          {words.calendar}
        </a>
      </p>
    </Page>
  )
}

const How = () => (
  <AsidePanel
    title={words.howTitle}
    more={{ href: paths.helpTopic('learning-and-exams'), label: moreHelp('learning-and-exams') }}
  >
    <ul className="list-disc space-y-1 pl-5">
      {words.how.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  </AsidePanel>
)

const None = () => <p className="text-ink-2">{words.none}</p>

type Dates = Pick<ExamNotice, 'window' | 'collectBy' | 'payBy' | 'days' | 'fee'>
const datesOf = ({ window, collectBy, payBy, days, fee }: Dates) =>
  [
    [words.facts.window, window],
    [words.facts.collectBy, collectBy],
    [words.facts.payBy, payBy],
    [words.facts.days, days],
    [words.facts.fee, fee],
  ] as const

/** Dates alone, and the way in. */
function SignedOut({ rows, isSignedIn }: { rows: readonly ExamNotice[]; isSignedIn: boolean }) {
  if (rows.length === 0) return <None />
  return (
    <div className="space-y-6">
      {rows.map((row) => (
        <Panel key={row.id} title={row.title} beside={<ExamPhaseBadge phase={row.phase} />}>
          <FactList facts={datesOf(row)} />
        </Panel>
      ))}
      {isSignedIn ? null : (
        <LinkButton kind="primary" href={paths.loginFor(paths.exams)}>
          {words.signIn}
        </LinkButton>
      )}
    </div>
  )
}

type View = Awaited<ReturnType<typeof ownExams>>

function Own({ view }: { view: View }) {
  const { sessions, entries, province } = view
  return (
    <>
      {sessions.length === 0 ? <None /> : null}
      {sessions.length > 0 && province === null ? <p className="mb-4 text-ink-2">{words.national}</p> : null}
      <ExamReadiness lines={view.readiness} />
      <div className="space-y-6">
        {sessions.map((one) => (
          <Session key={one.id} one={one} />
        ))}
      </div>
      {entries.length > 0 ? <Entries entries={entries} /> : null}
    </>
  )
}

function Session({ one }: { one: View['sessions'][number] }) {
  const { entry, verdict, phase } = one
  const tone = verdict === 'eligible' ? 'good' : verdict === 'manual' ? 'warn' : 'bad'
  // Who may not sit it is led to the reasons, and is promised no more.
  const isFree = !entry && phase === 'open' && verdict !== 'ineligible'
  const otherwise = phase === 'open' ? words.open.conditions : words.open.look
  return (
    <Panel
      title={one.title}
      beside={
        <span className="flex flex-wrap gap-2">
          <ExamPhaseBadge phase={phase} />
          {verdict && !entry ? <Badge tone={tone}>{verdictWords[verdict].name}</Badge> : null}
        </span>
      }
    >
      <FactList facts={datesOf(one)} />
      {entry ? (
        <p className="mt-4">
          <EntryStateBadge state={entry.state} /> {entry.next}
        </p>
      ) : null}
      <div className="mt-4 flex flex-wrap gap-3">
        <LinkButton kind={isFree ? 'primary' : 'secondary'} href={paths.exam(one.id)}>
          {entry ? words.open.see : isFree ? words.open.register : otherwise}
        </LinkButton>
      </div>
    </Panel>
  )
}

const Entries = ({ entries }: { entries: View['entries'] }) => (
  <section aria-labelledby="entries" className="mt-10">
    <h2 id="entries" className="mb-4 border-b pb-1.5 text-h2">
      {words.own}
    </h2>
    <Table
      caption={words.own}
      captionHidden
      rowHeader="exam"
      empty={words.none}
      columns={[
        { key: 'exam', label: words.title },
        { key: 'site', label: words.facts.site },
        { key: 'subjects', label: words.facts.subjects },
        { key: 'sent', label: words.facts.sent },
        { key: 'state', label: words.facts.state },
      ]}
      rows={entries.map((entry) => ({
        id: entry.caseId,
        cells: {
          exam: (
            <a href={paths.exam(entry.sessionId)} className="inline-flex min-h-target items-center">
              {entry.title}
            </a>
          ),
          site: entry.site,
          subjects: entry.subjects,
          sent: entry.sentAt,
          state: <EntryStateBadge state={entry.state} />,
        },
      }))}
    />
  </section>
)
