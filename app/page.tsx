import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import type { Search } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { EntryStateBadge } from '#app/_ui/exam-entry.tsx'
import { ExamNotices } from '#app/_ui/exam-notices.tsx'
import { ExamReadiness } from '#app/_ui/exam-readiness.tsx'
import { Page } from '#app/_ui/page.tsx'
import { AsidePanel } from '#app/_ui/panel.tsx'
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
import { applicantHome } from '#lib/views/home.ts'

export default async function HomePage({ searchParams }: { searchParams: Search }) {
  const found = await viewer()
  if (!found) return <SignedOut notices={await examNotices(await deps(), null)} />
  if (found.actor.kind === 'staff') redirect(paths.review())
  if (found.actor.kind === 'claimant') redirect(paths.accountAppeal)
  const d = await deps()
  const home = await applicantHome(d, found.actor, found.account.identityState)
  const card = words.cards[home.waiting]
  return (
    <Page crumbs={[]} title={words.hello(maskedName(found.account.name))}>
      {(await searchParams).welcome ? <Notice kind="good">{words.welcome}</Notice> : null}
      <section aria-labelledby="waiting" className="rounded-md border-2 border-brand p-4 sm:p-6">
        <p className="text-hint font-medium text-brand">{home.yours ? words.waiting : words.underway}</p>
        <h2 id="waiting" className="mt-1 text-h2">
          {card.title}
        </h2>
        <p className="mt-2 max-w-measure text-ink-2">{card.text}</p>
        {home.due ? <p className="mt-1 text-ink-2">{home.due}</p> : null}
        <div className="mt-4">
          <LinkButton kind="primary" href={home.href}>
            {card.action}
          </LinkButton>
        </div>
      </section>
      <Readiness near={await homeReadiness(d, found.actor)} told={home.href} />
      <ExamNotices notices={await examNotices(d, found.actor.id)} />
      <h2 className="mt-10 mb-4 text-h2">{words.modules}</h2>
      <ul className="grid gap-4 sm:grid-cols-2">
        <Module
          href={paths.identity}
          title={words.identity.title}
          text={words.identity.text}
          state={<Badge tone={home.identity.tone}>{home.identity.text}</Badge>}
        />
        <Module
          href={paths.collection}
          title={words.collection.title}
          text={words.collection.text}
          state={
            <Badge tone={home.state === 'approved' ? 'good' : 'info'}>
              {home.state ? caseStateWords[home.state] : words.collection.none}
            </Badge>
          }
        />
        <Module
          href={paths.record}
          title={words.record.title}
          text={words.record.text}
          state={
            <Badge tone={home.state === 'approved' ? 'good' : 'quiet'}>
              {home.state === 'approved' ? words.record.open : words.record.closed}
            </Badge>
          }
        />
        <Module
          href={paths.changes()}
          title={words.changes.title}
          text={words.changes.text}
          state={
            <Badge tone={home.state === 'approved' ? 'good' : 'quiet'}>
              {home.state === 'approved' ? words.changes.open : words.changes.closed}
            </Badge>
          }
        />
        <Module
          href={paths.transfers}
          title={words.transfers.title}
          text={words.transfers.text}
          state={
            <Badge tone={home.state === 'approved' ? 'good' : 'quiet'}>
              {home.transfer
                ? caseStateWords[home.transfer]
                : home.state === 'approved'
                  ? words.transfers.open
                  : words.transfers.closed}
            </Badge>
          }
        />
        <Module
          href={paths.credits()}
          title={words.credits.title}
          text={words.credits.text}
          state={
            <Badge tone={home.credits === null ? 'quiet' : home.credits.missing === 0 ? 'good' : 'info'}>
              {home.credits === null
                ? words.credits.closed
                : words.credits.ofYear(home.credits.got, home.credits.target)}
            </Badge>
          }
        />
        <Module
          href={paths.exams}
          title={examWords.home.title}
          text={examWords.home.text}
          state={
            home.exam ? (
              <EntryStateBadge state={home.exam} />
            ) : (
              <Badge tone={home.state === 'approved' ? 'good' : 'quiet'}>
                {home.state === 'approved' ? examWords.home.none : examWords.home.closed}
              </Badge>
            )
          }
        />
        <Module
          href={paths.conduct}
          title={words.conduct.title}
          text={words.conduct.text}
          state={
            <Badge tone={home.state === 'approved' ? 'good' : 'quiet'}>
              {home.state === 'approved' ? words.conduct.open : words.conduct.closed}
            </Badge>
          }
        />
      </ul>
    </Page>
  )
}

function Readiness({ near, told }: { near: Awaited<ReturnType<typeof homeReadiness>>; told: string }) {
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
