import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { examSessionsWords, examProvinceWords as words } from '#lib/text/exam-sessions.ts'
import { examForm } from '#lib/views/exam-forms.ts'
import { examSiteView } from '#lib/views/exam-sessions.ts'
import { editSite, removeSite } from '../../../../../actions.ts'

interface Props {
  params: Promise<{ sessionId: string; departmentId: string; siteId: string }>
  searchParams: Search
}
type View = Awaited<ReturnType<typeof examSiteView>>

const addressOf = ({ sessionId, departmentId, siteId }: Awaited<Props['params']>) =>
  paths.examSite(sessionId, departmentId, siteId)

export async function generateMetadata({ params, searchParams }: Props) {
  return titled(words.siteTitle, await ownEcho(searchParams, addressOf(await params)))
}

/** One 报考点 of a province (EXM-1). */
export default async function ExamSitePage({ params, searchParams }: Props) {
  const { actor } = await staffPage()
  const asked = await params
  const view = await found(examSiteView(await deps(), actor, asked))
  const echo = await ownEcho(searchParams, addressOf(asked))
  const form = examForm(echo)
  const province = paths.examProvince(view.sessionId, view.node.id)
  const { taken } = view.site
  return (
    <Page
      crumbs={[
        { href: paths.examSessions, label: examSessionsWords.title },
        { href: paths.examSession(view.sessionId), label: view.title },
        { href: province, label: view.node.name },
        { label: view.site.name },
      ]}
      title={words.siteTitle}
      lead={view.site.name}
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {taken > 0 ? <Notice kind="info">{words.held(taken)}</Notice> : null}
      <div className="space-y-6">
        <form key={echo?.id ?? 'fresh'} action={editSite} noValidate>
          <Which view={view} />
          {form.site(view.site, view.node.regionCode).map((field) => (
            <FieldInput key={field.name} field={field} />
          ))}
          <div className="flex flex-wrap gap-3">
            <Button>{words.siteSubmit}</Button>
            <LinkButton kind="quiet" href={province}>
              {words.back}
            </LinkButton>
          </div>
        </form>
        {taken > 0 ? null : (
          <Panel title={words.remove}>
            <form action={removeSite}>
              <Which view={view} />
              <p className="mb-4 max-w-measure text-ink-2">{words.removeText}</p>
              <Button kind="danger">{words.removeSubmit}</Button>
            </form>
          </Panel>
        )}
      </div>
    </Page>
  )
}

const Which = ({ view }: { view: View }) => (
  <>
    <input type="hidden" name="session" value={view.sessionId} />
    <input type="hidden" name="department" value={view.node.id} />
    <input type="hidden" name="site" value={view.site.id} />
    <input type="hidden" name="version" value={view.site.version} />
  </>
)
