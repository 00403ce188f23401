import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { ExamPhaseBadge } from '#app/_ui/exam-phase.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { Table } from '#app/_ui/table.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { instantWords } from '#lib/text/dates.ts'
import { examEntriesWords } from '#lib/text/exam-entries.ts'
import { examSessionsWords, examSessionWords as words } from '#lib/text/exam-sessions.ts'
import { examForm } from '#lib/views/exam-forms.ts'
import { examSessionView } from '#lib/views/exam-sessions.ts'
import { editSession, publish } from '../actions.ts'

interface Props {
  params: Promise<{ sessionId: string }>
  searchParams: Search
}
type View = Awaited<ReturnType<typeof examSessionView>>

export async function generateMetadata({ params, searchParams }: Props) {
  const echo = await ownEcho(searchParams, paths.examSession((await params).sessionId))
  return titled(examSessionsWords.title, echo)
}

/** One session of an exam (EXM-1): what holds nationwide, and what each province has set. */
export default async function ExamSessionPage({ params, searchParams }: Props) {
  const { actor } = await staffPage()
  const { sessionId } = await params
  const view = await found(examSessionView(await deps(), actor, sessionId))
  const echo = await ownEcho(searchParams, paths.examSession(sessionId))
  const form = examForm(echo)
  const asked = (await searchParams).done
  const done = typeof asked === 'string' ? words.done[asked] : undefined
  const { publishedAt, notice } = view.session
  return (
    <Page
      width="wide"
      crumbs={[{ href: paths.examSessions, label: examSessionsWords.title }, { label: view.title }]}
      title={view.title}
      beside={
        publishedAt ? (
          <span className="flex flex-wrap items-center gap-3">
            <ExamPhaseBadge phase={view.phase} />
            <LinkButton kind="quiet" href={paths.examEntries(sessionId)}>
              {examEntriesWords.title}
            </LinkButton>
          </span>
        ) : (
          <Badge tone="quiet">{examSessionsWords.draft}</Badge>
        )
      }
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {done ? <Notice kind="good">{done}</Notice> : null}
      <p className="mb-4 text-ink-2">
        {publishedAt ? words.published(instantWords(publishedAt)) : words.draft}
      </p>
      <div className="space-y-6">
        <Panel title={words.national}>
          <FactList
            facts={[
              [words.facts.subjects, view.subjects],
              [words.facts.opensAt, view.opensAt],
              [words.facts.collectBy, view.collectBy],
              [words.facts.closesAt, view.closesAt],
              [words.facts.payBy, view.payBy],
              [words.facts.days, view.days],
              [words.facts.fee, view.fee],
              [words.facts.notice, <NoticeText key="notice" text={notice} />],
            ]}
          />
        </Panel>
        {view.mayEdit && !publishedAt ? (
          <Panel title={words.publish}>
            <form action={publish}>
              <Which view={view} />
              <p className="mb-4 max-w-measure text-ink-2">{words.publishText}</p>
              <Button>{words.publishSubmit}</Button>
            </form>
          </Panel>
        ) : null}
        <Provinces view={view} />
        {view.mayEdit ? (
          <Panel title={words.edit}>
            <form key={`edit-${echo?.id}`} action={editSession} noValidate>
              <Which view={view} />
              <p className="mb-4 max-w-measure text-ink-2">{words.editText}</p>
              {form.session(view.session).map((field) => (
                <FieldInput key={field.name} field={field} />
              ))}
              <Button kind={publishedAt ? 'primary' : 'secondary'}>{words.editSubmit}</Button>
            </form>
          </Panel>
        ) : null}
      </div>
    </Page>
  )
}

const Which = ({ view: { session } }: { view: View }) => (
  <>
    <input type="hidden" name="session" value={session.id} />
    <input type="hidden" name="version" value={session.version} />
  </>
)

const NoticeText = ({ text }: { text: string }) =>
  text === '' ? examSessionsWords.none : <span className="whitespace-pre-line">{text}</span>

const columns = (['province', 'window', 'fee', 'sites', 'seats'] as const).map((key) => ({
  key,
  label: words.provinceColumns[key],
}))

function Provinces({ view: { session, provinces } }: { view: View }) {
  return (
    <Table
      caption={words.provinces}
      rowHeader="province"
      columns={columns}
      rows={provinces.map(({ id, name, isOwn, window, fee, seats }) => ({
        id,
        cells: {
          province: <a href={paths.examProvince(session.id, id)}>{name}</a>,
          window: isOwn ? window : <span className="text-ink-3">{words.asNational}</span>,
          fee,
          sites: seats ? words.sites(seats.sites) : <Badge tone="warn">{words.noSites}</Badge>,
          seats: seats ? words.seats(seats.taken, seats.capacity) : null,
        },
      }))}
    />
  )
}
