import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import type { Search } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { EntryStateBadge } from '#app/_ui/exam-entry.tsx'
import { ExamNotices } from '#app/_ui/exam-notices.tsx'
import { ExamReadiness } from '#app/_ui/exam-readiness.tsx'
import { HomeSteps } from '#app/_ui/home-steps.tsx'
import { Page } from '#app/_ui/page.tsx'
import { AsidePanel } from '#app/_ui/panel.tsx'
import { TaskStateBadge } from '#app/_ui/task-state.tsx'
import { viewer } from '#lib/auth/session.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { caseStateWords, collectionWords } from '#lib/text/collection.ts'
import { examWords } from '#lib/text/exam-registration.ts'
import { helpWords } from '#lib/text/help/words.ts'
import { homeWords as words } from '#lib/text/home.ts'
import { maskedName } from '#lib/text/surnames.ts'
import { examNotices } from '#lib/views/exam-notices.ts'
import { homeReadiness } from '#lib/views/exam-readiness.ts'
import { applicantHome, isYours } from '#lib/views/home.ts'
import type { ModuleState } from '#lib/views/task-state.ts'

export default async function HomePage({ searchParams }: { searchParams: Search }) {
  const found = await viewer()
  if (!found) return <SignedOut notices={await examNotices(await deps(), null)} />
  if (found.actor.kind === 'staff') redirect(paths.review())
  if (found.actor.kind === 'claimant') redirect(paths.accountAppeal)
  const d = await deps()
  const home = await applicantHome(d, found.actor, found.account.identityState)
  const [yours, underway] = [home.steps.filter(isYours), home.steps.filter((step) => !isYours(step))]
  return (
    <Page crumbs={[]} title={words.hello(maskedName(found.account.name))}>
      {(await searchParams).welcome ? <Notice kind="good">{words.welcome}</Notice> : null}
      <HomeSteps id="yours" label={words.waiting} steps={yours} />
      <HomeSteps id="underway" label={words.underway} steps={underway} isFirst={yours.length === 0} />
      <Readiness near={await homeReadiness(d, found.actor)} told={home.steps.map(({ href }) => href)} />
      <ExamNotices notices={await examNotices(d, found.actor.id)} />
      <h2 className="mt-10 mb-4 text-h2">{words.modules}</h2>
      <Modules home={home} />
    </Page>
  )
}

type Home = Awaited<ReturnType<typeof applicantHome>>

function Modules({ home: { identity, state, credits, modules, exam } }: { home: Home }) {
  const isRecorded = modules !== null
  return (
    <ul className="grid gap-4 sm:grid-cols-2">
      <Module
        href={paths.identity}
        title={words.identity.title}
        text={words.identity.text}
        state={<Badge tone={identity.tone}>{identity.text}</Badge>}
      />
      <Module
        href={paths.collection}
        title={words.collection.title}
        text={words.collection.text}
        state={
          <Badge tone={state === 'approved' ? 'good' : state === 'returned' ? 'bad' : 'info'}>
            {state ? caseStateWords[state] : words.collection.none}
          </Badge>
        }
      />
      <Module
        href={paths.record}
        title={words.record.title}
        text={words.record.text}
        state={
          <Badge tone={isRecorded ? 'good' : 'quiet'}>
            {isRecorded ? words.record.open : words.record.closed}
          </Badge>
        }
      />
      <Task href={paths.changes()} words={words.changes} task={modules?.changes} />
      <Task href={paths.transfers} words={words.transfers} task={modules?.transfers} />
      <Task
        href={paths.credits()}
        words={words.credits}
        task={modules?.credits}
        beside={
          credits ? (
            <Badge tone={credits.missing === 0 ? 'good' : 'info'}>
              {words.credits.ofYear(credits.got, credits.target)}
            </Badge>
          ) : null
        }
      />
      <Task
        href={paths.exams}
        words={examWords.home}
        task={modules?.exams}
        beside={
          exam ? (
            <EntryStateBadge state={exam} />
          ) : modules?.exams.state === 'free' ? (
            <Badge tone="good">{examWords.home.none}</Badge>
          ) : null
        }
      />
      <Task href={paths.conduct} words={words.conduct} task={modules?.conduct} />
    </ul>
  )
}

interface TaskProps {
  href: string
  words: Readonly<Record<'title' | 'text' | 'closed', string>>
  /** Not before there is a record. */
  task: ModuleState | undefined
  /** What the module says of itself, in place of that something can be done there. */
  beside?: ReactNode
}

/** A module about the record: how far it is there, or the reason why nothing can be sent now (TRF-1). */
function Task({ href, words: { title, text, closed }, task, beside }: TaskProps) {
  const own = task && !(beside && task.state === 'free') ? <TaskStateBadge state={task.state} /> : null
  return (
    <Module
      href={href}
      title={title}
      text={task && task.reasons.length > 0 ? task.reasons.map((reason) => `${reason}。`).join('') : text}
      state={
        beside || own ? (
          <span className="flex flex-wrap gap-2">
            {beside}
            {own}
          </span>
        ) : (
          <Badge tone="quiet">{closed}</Badge>
        )
      }
    />
  )
}

function Readiness({
  near,
  told,
}: {
  near: Awaited<ReturnType<typeof homeReadiness>>
  told: readonly string[]
}) {
  return near ? (
    <div className="mt-6">
      <ExamReadiness lines={near.lines} title={near.title} told={told} />
    </div>
  ) : null
}

function Module({
  href,
  title,
  text,
  state,
}: {
  href: string
  title: string
  text: string
  state: ReactNode
}) {
  return (
    <li className="relative rounded-md border p-4 hover:bg-brand-soft">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-h3">
          {/* The whole tile is the link's target. */}
          <a href={href} className="no-underline after:absolute after:inset-0">
            {title}
          </a>
        </h3>
        {state}
      </div>
      <p className="mt-2 text-hint text-ink-2">{text}</p>
    </li>
  )
}

function SignedOut({ notices }: { notices: Awaited<ReturnType<typeof examNotices>> }) {
  const doors = [
    { href: paths.register, ...words.doors.register },
    { href: paths.login(), ...words.doors.login },
    { href: '#prepare', ...words.doors.collection },
  ]
  return (
    <Page
      crumbs={[]}
      title={words.title}
      lead={words.lead}
      aside={
        <AsidePanel
          title={words.questionsTitle}
          questions={words.questions.map(({ question, answer, help: [topic, id] }) => ({
            question,
            answer: (
              <>
                <p>{answer}</p>
                <p>
                  <a href={paths.helpTopic(topic, id)}>{helpWords.detail}</a>
                </p>
              </>
            ),
          }))}
          more={{ href: paths.help(), label: `${helpWords.more}${helpWords.title}` }}
        />
      }
    >
      <ul className="grid gap-4 sm:grid-cols-3">
        {doors.map(({ href, title, text }) => (
          <li key={title} className="contents">
            <a
              href={href}
              className="block rounded-md border border-t-4 border-t-brand p-5 text-ink no-underline hover:bg-brand-soft"
            >
              <span className="block text-h2 text-brand">{title}</span>
              <span className="mt-2 block text-ink-2">{text}</span>
            </a>
          </li>
        ))}
      </ul>
      <ExamNotices notices={notices} />
      <section id="prepare" tabIndex={-1} aria-labelledby="prepare-title" className="mt-10">
        <h2 id="prepare-title" className="mb-4 text-h2">
          {words.prepareTitle}
        </h2>
        <ul className="list-disc space-y-2 pl-5 text-ink-2">
          {collectionWords.prepare.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="steps-title" className="mt-10">
        <h2 id="steps-title" className="mb-4 text-h2">
          {words.stepsTitle}
        </h2>
        <ol className="grid gap-4">
          {words.steps.map(({ title, text }, index) => (
            <li key={title} className="flex gap-4">
              <span
                aria-hidden="true"
                className="flex size-9 flex-none items-center justify-center rounded-full bg-brand-soft font-semibold text-brand-strong tabular-nums"
              >
                {index + 1}
              </span>
              <span>
                <span className="block font-medium">{title}</span>
                <span className="block text-ink-2">{text}</span>
              </span>
            </li>
          ))}
        </ol>
      </section>
    </Page>
  )
}
