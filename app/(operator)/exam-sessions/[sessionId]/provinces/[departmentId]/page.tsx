import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Button, DefaultButton, LinkButton } from '#app/_ui/buttons.tsx'
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
import { examSessionsWords, examSessionWords, examProvinceWords as words } from '#lib/text/exam-sessions.ts'
import { examForm } from '#lib/views/exam-forms.ts'
import { examProvinceView } from '#lib/views/exam-sessions.ts'
import { addSite, saveWindow } from '../../../actions.ts'

interface Props {
  params: Promise<{ sessionId: string; departmentId: string }>
  searchParams: Search
}
type View = Awaited<ReturnType<typeof examProvinceView>>
type Form = ReturnType<typeof examForm>

export async function generateMetadata({ params, searchParams }: Props) {
  const { sessionId, departmentId } = await params
  const echo = await ownEcho(searchParams, paths.examProvince(sessionId, departmentId))
  return titled(examSessionsWords.title, echo)
}

/** Window, fee and 报考点 of a province (EXM-1). */
export default async function ExamProvincePage({ params, searchParams }: Props) {
  const { actor } = await staffPage()
  const { sessionId, departmentId } = await params
  const view = await found(examProvinceView(await deps(), actor, sessionId, departmentId))
  const echo = await ownEcho(searchParams, paths.examProvince(sessionId, departmentId))
  const form = examForm(echo)
  const asked = (await searchParams).done
  const done = typeof asked === 'string' ? words.done[asked] : undefined
  return (
    <Page
      crumbs={[
        { href: paths.examSessions, label: examSessionsWords.title },
        { href: paths.examSession(sessionId), label: view.title },
        { label: view.node.name },
      ]}
      title={view.node.name}
      lead={view.title}
      beside={<ExamPhaseBadge phase={view.phase} />}
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {done ? <Notice kind="good">{done}</Notice> : null}
      {view.node.isActive ? null : <Notice kind="info">{words.closed}</Notice>}
      <div className="space-y-6">
        <Window key={`window-${echo?.id}`} view={view} form={form} />
        <Sites view={view} />
        {view.node.isActive ? (
          <Panel title={words.add}>
            <form key={`site-${echo?.id}-${view.sites.length}`} action={addSite} noValidate>
              <Where view={view} />
              {form.site(null, view.node.regionCode).map((field) => (
                <FieldInput key={field.name} field={field} />
              ))}
              <Button kind="secondary">{words.addSubmit}</Button>
            </form>
          </Panel>
        ) : null}
      </div>
    </Page>
  )
}

const Where = ({ view }: { view: View }) => (
  <>
    <input type="hidden" name="session" value={view.sessionId} />
    <input type="hidden" name="department" value={view.node.id} />
  </>
)

function Window({ view, form }: { view: View; form: Form }) {
  const { national, terms } = view
  const { facts } = examSessionWords
  return (
    <Panel title={words.window}>
      <p className="mb-4 max-w-measure text-ink-2">
        {words.windowText}
        {terms.isOwn ? '' : words.usual}
      </p>
      <div className="mb-6">
        <h3 className="mb-2 text-h3">{examSessionWords.national}</h3>
        <FactList
          facts={[
            [facts.opensAt, national.opensAt],
            [facts.collectBy, national.collectBy],
            [facts.closesAt, national.closesAt],
            [facts.payBy, national.payBy],
            [facts.fee, national.fee],
          ]}
        />
      </div>
      {view.node.isActive ? (
        <form action={saveWindow} noValidate>
          <DefaultButton intent="own" />
          <Where view={view} />
          <input type="hidden" name="version" value={terms.version} />
          {form.window(terms).map((field) => (
            <FieldInput key={field.name} field={field} />
          ))}
          <div className="flex flex-wrap gap-3">
            <Button name="intent" value="own">
              {words.submit}
            </Button>
            {terms.isOwn ? (
              <Button kind="secondary" name="intent" value="national">
                {words.drop}
              </Button>
            ) : null}
          </div>
        </form>
      ) : null}
    </Panel>
  )
}

const columns = (['name', 'city', 'seats', 'action'] as const).map((key) => ({
  key,
  label: words.siteColumns[key],
}))

function Sites({ view }: { view: View }) {
  return (
    <Panel title={words.sites}>
      <p className="mb-4 max-w-measure text-ink-2">{words.sitesText}</p>
      <Table
        caption={words.sites}
        captionHidden
        rowHeader="name"
        columns={columns}
        empty={words.noSites}
        rows={view.sites.map(({ id, name, cityName, taken, capacity }) => ({
          id,
          cells: {
            name,
            city: cityName,
            seats: examSessionWords.seats(taken, capacity),
            action: view.node.isActive ? (
              <LinkButton kind="quiet" href={paths.examSite(view.sessionId, view.node.id, id)} about={name}>
                {words.edit}
              </LinkButton>
            ) : null,
          },
        }))}
      />
    </Panel>
  )
}
