import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Actions, Button, DefaultButton, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { departmentsWords, closingWords as words } from '#lib/text/departments.ts'
import { closingView } from '#lib/views/department.ts'
import { departmentForm, targetField } from '#lib/views/department-form.ts'
import { departmentCrumbs } from '../../_crumbs.ts'
import { close } from '../../actions.ts'

interface Props {
  params: Promise<{ departmentId: string }>
  searchParams: Search
}

export async function generateMetadata({ params, searchParams }: Props) {
  const echo = await ownEcho(searchParams, paths.departmentClose((await params).departmentId))
  return titled(`${words.crumb} · ${departmentsWords.title}`, echo)
}

/** What becomes of everything at a department when it closes, told before it is confirmed (ADM-1). */
export default async function ClosePage({ params, searchParams }: Props) {
  const { actor } = await staffPage()
  const { departmentId } = await params
  const d = await deps()
  const view = await found(closingView(d, actor, departmentId))
  const echo = await ownEcho(searchParams, paths.departmentClose(departmentId))
  const form = departmentForm(echo)
  const { field, levels } = await targetField(d, echo, view.parentId ?? '')
  return (
    <Page crumbs={departmentCrumbs(view.chain, words.crumb)} title={words.title(view.name)} lead={words.lead}>
      <ErrorList issues={form.issues} token={echo?.id} />
      {view.isActive ? (
        <>
          <div className="mb-6">
            <Panel title={words.consequences} tone="panel">
              <ul className="max-w-measure list-disc space-y-2 pl-5">
                <li>{words.choose}</li>
                <li>{words.people(view.people)}</li>
                <li>{words.cases(view.cases)}</li>
                <li>{words.staff(view.offices)}</li>
                <li>{words.reversible}</li>
              </ul>
            </Panel>
          </div>
          <form key={echo?.id ?? 'fresh'} action={close} noValidate>
            <DefaultButton intent="close" />
            <input type="hidden" name="department" value={view.id} />
            <input type="hidden" name="version" value={view.version} />
            <FieldInput field={field} levels={levels} />
            <FieldInput field={form.confirmed()} />
            <Actions
              primary={
                <Button kind="danger" name="intent" value="close">
                  {words.submit}
                </Button>
              }
            >
              <LinkButton kind="quiet" href={paths.department(view.id)}>
                {words.back}
              </LinkButton>
            </Actions>
          </form>
        </>
      ) : (
        <LinkButton href={paths.department(view.id)}>{words.back}</LinkButton>
      )}
    </Page>
  )
}
