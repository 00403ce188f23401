import type { Search } from '#app/_form/own-echo.ts'
import { AnswersView } from '#app/_ui/answers.tsx'
import { LinkButton } from '#app/_ui/buttons.tsx'
import { Facts } from '#app/_ui/facts.tsx'
import { HomeSteps } from '#app/_ui/home-steps.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { Table } from '#app/_ui/table.tsx'
import { TaskStateBadge } from '#app/_ui/task-state.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { outcomeWords } from '#lib/text/collection.ts'
import { instantDay, instantWords } from '#lib/text/dates.ts'
import { recordWords as words } from '#lib/text/record.ts'
import { applicantHome } from '#lib/views/home.ts'
import { type Task, tasksOf } from '#lib/views/possible.ts'
import { recordEvents, recordView } from '#lib/views/record.ts'

export const metadata = { title: words.title }

/** 个人页: what is registered, what is possible now, and what happened. */
export default async function RecordPage({ searchParams }: { searchParams: Search }) {
  const { actor, account } = await applicantPage()
  const d = await deps()
  const { before } = await searchParams
  const view = await recordView(d, actor)
  const events = await recordEvents(d, actor, typeof before === 'string' ? before : '')
  return (
    <Page crumbs={[{ label: words.title }]} title={words.title} lead={view ? words.lead : words.before.lead}>
      {view ? (
        <>
          <Registered view={view} />
          <h2 className="mt-8 mb-4 text-h2">{words.possible}</h2>
          <Tasks tasks={await tasksOf(d, actor)} />
          <div className="mt-10">
            {view.sections.map(({ answers, change }) => (
              <AnswersView
                key={answers.section}
                section={answers}
                audience="reviewer"
                beside={
                  <a
                    href={change}
                    className="inline-flex min-h-target items-center"
                    aria-label={words.changeOf(answers.title)}
                  >
                    {words.change}
                  </a>
                }
              />
            ))}
          </div>
        </>
      ) : (
        <Before home={await applicantHome(d, actor, account.identityState)} />
      )}
      <section id="events" tabIndex={-1} aria-labelledby="events-title" className="mt-10">
        <h2 id="events-title" className="mb-4 text-h2">
          {words.events}
        </h2>
        <Events rows={events.rows} />
        <Pager
          first={before ? `${paths.record}#events` : null}
          next={events.next ? paths.recordBefore(events.next) : null}
        />
      </section>
    </Page>
  )
}

type View = NonNullable<Awaited<ReturnType<typeof recordView>>>

/** Since when, the department and how to reach it. */
function Registered({ view: { approvedAt, department } }: { view: View }) {
  return (
    <Panel
      tone="panel"
      title={department?.fullName ?? outcomeWords.departmentUnset}
      beside={
        <LinkButton kind="primary" href={paths.recordForm()}>
          {words.form}
        </LinkButton>
      }
    >
      <Facts
        facts={[
          [words.approvedAt, instantDay(approvedAt)],
          [outcomeWords.phone, department?.phone || outcomeWords.contactUnset],
          [outcomeWords.address, department?.address || outcomeWords.contactUnset],
          [outcomeWords.hours, department?.hours || outcomeWords.contactUnset],
        ]}
      />
    </Panel>
  )
}

/** What can be done first; what has to wait after it, once for each reason. */
function Tasks({ tasks }: { tasks: readonly Task[] }) {
  const blocked = tasks.filter(({ state }) => state === 'blocked')
  const reasons = new Map(blocked.flatMap((task) => task.reasons.map((reason) => [reason.text, reason])))
  const waitingFor = (text: string) =>
    blocked.filter((task) => task.reasons.some((reason) => reason.text === text))
  return (
    <div className="grid gap-4 print:hidden">
      <ul className="grid gap-4 sm:grid-cols-2">
        {tasks
          .filter(({ state }) => state !== 'blocked')
          .map((task) => (
            <TaskCard key={task.id} task={task} />
          ))}
      </ul>
      {blocked.length > 0 ? (
        <Panel level={3} tone="panel" title={words.states.blocked}>
          <ul className="grid gap-4">
            {[...reasons.values()].map(({ text, href }) => (
              <li key={text}>
                <p className="font-medium">
                  {waitingFor(text)
                    .map(({ title }) => title)
                    .join(words.and)}
                </p>
                <p className="text-hint">
                  {href ? (
                    <a href={href} className="inline-flex min-h-target items-center">
                      {text}
                    </a>
                  ) : (
                    text
                  )}
                </p>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </div>
  )
}

function TaskCard({ task: { title, text, href, state } }: { task: Task }) {
  return (
    <li className="relative rounded-md border p-4 hover:bg-brand-soft">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-h3">
          {/* The whole tile is the link's target. */}
          <a href={href} className="no-underline after:absolute after:inset-0">
            {title}
          </a>
        </h3>
        <TaskStateBadge state={state} />
      </div>
      <p className="mt-2 text-hint text-ink-2">{text}</p>
    </li>
  )
}

/** Before there is a record: what the page will hold, and the next step. */
function Before({ home }: { home: Awaited<ReturnType<typeof applicantHome>> }) {
  return (
    <>
      <HomeSteps id="next" label={words.before.next} steps={home.steps} />
      <h2 className="mt-8 mb-3 text-h2">{words.before.holds}</h2>
      <ul className="list-disc space-y-2 pl-5 text-ink-2">
        {words.before.list.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  )
}

type Row = Awaited<ReturnType<typeof recordEvents>>['rows'][number]

const Events = ({ rows }: { rows: readonly Row[] }) => (
  <Table
    caption={words.events}
    captionHidden
    empty={words.noEvents}
    columns={[
      { key: 'at', label: words.columns.at },
      { key: 'kind', label: words.columns.kind },
      { key: 'what', label: words.columns.what },
      { key: 'number', label: words.columns.number },
    ]}
    rows={rows.map(({ id, at, of, what, number, href }) => ({
      id,
      cells: {
        at: instantWords(at),
        kind: of ?? words.record,
        what,
        number:
          of === null ? (
            ''
          ) : (
            <a href={href} className="inline-flex min-h-target items-center tabular-nums">
              {number === '' ? `${words.see}${of}` : number}
            </a>
          ),
      },
    }))}
  />
)
