import { notFound } from 'next/navigation'
import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Actions, Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { examProvinceWords, examSessionsWords, examSessionWords as words } from '#lib/text/exam-sessions.ts'
import { examForm } from '#lib/views/exam-forms.ts'
import { examSessionList } from '#lib/views/exam-sessions.ts'
import { addSession } from '../actions.ts'

interface Props {
  searchParams: Search
}

export async function generateMetadata({ searchParams }: Props) {
  return titled(words.add, await ownEcho(searchParams, paths.examSessionNew))
}

/** A new session of an exam (EXM-1), by operators. */
export default async function NewExamSessionPage({ searchParams }: Props) {
  const { actor } = await staffPage()
  if (!(await found(examSessionList(await deps(), actor))).mayAdd) notFound()
  const echo = await ownEcho(searchParams, paths.examSessionNew)
  const form = examForm(echo)
  return (
    <Page
      crumbs={[{ href: paths.examSessions, label: examSessionsWords.title }, { label: words.add }]}
      title={words.add}
      lead={words.addLead}
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      <form key={echo?.id ?? 'fresh'} action={addSession} noValidate>
        {form.session(null).map((field) => (
          <FieldInput key={field.name} field={field} />
        ))}
        <Actions primary={<Button>{words.addSubmit}</Button>}>
          <LinkButton kind="quiet" href={paths.examSessions}>
            {examProvinceWords.cancel}
          </LinkButton>
        </Actions>
      </form>
    </Page>
  )
}
