import { redirect } from 'next/navigation'
import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { AnswersView } from '#app/_ui/answers.tsx'
import { Actions, Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { found } from '#lib/action/found.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { examWords } from '#lib/text/exam-registration.ts'
import { issueText } from '#lib/text/issues.ts'
import { examConfirmation } from '#lib/views/exams.ts'
import { register } from '../../actions.ts'

const words = examWords.confirm

interface Props {
  params: Promise<{ sessionId: string }>
  searchParams: Search
}

/** What was chosen, as it stands in the address. */
async function asked({ params, searchParams }: Props) {
  const { sessionId } = await params
  const { site, subjects } = await searchParams
  const choice = {
    site: typeof site === 'string' ? site : '',
    subjects: typeof subjects === 'string' ? subjects.split(' ').filter((id) => id !== '') : [],
  }
  return { sessionId, choice, page: paths.examConfirm(sessionId, choice) }
}

export const generateMetadata = async (props: Props) => {
  const { page } = await asked(props)
  return titled(words.title, await ownEcho(props.searchParams, page))
}

/** 核对报名信息: what was chosen, what the record says, the promise, 提交报名 (EXM-3). */
export default async function ConfirmPage(props: Props) {
  const { actor } = await applicantPage()
  const { sessionId, choice, page } = await asked(props)
  const echo = await ownEcho(props.searchParams, page)
  const confirmation = await found(
    examConfirmation(await deps(), actor, sessionId, { siteId: choice.site, subjects: choice.subjects }),
  )
  // Registered already, or closed meanwhile: the page of the exam says so.
  if (!confirmation) redirect(paths.exam(sessionId))
  const { view, chosen } = confirmation
  const told = echo?.issues.length ? echo.issues : confirmation.issues
  return (
    <Page
      crumbs={[
        { label: examWords.title, href: paths.exams },
        { label: view.title, href: paths.exam(view.id) },
        { label: words.title },
      ]}
      title={words.title}
      lead={words.lead}
    >
      <ErrorList
        issues={told.map((one) =>
          one.at === 'declared'
            ? { at: 'declared', text: issueText(one) }
            : {
                at: null,
                text: issueText(one),
                href: one.at ? paths.examChoose(view.id, choice) : undefined,
              },
        )}
        token={echo?.id}
      />
      {chosen ? (
        <>
          <Panel
            title={words.chosen}
            beside={<LinkButton href={paths.examChoose(view.id, choice)}>{words.change}</LinkButton>}
          >
            <FactList
              facts={[
                [examWords.title, view.title],
                [examWords.facts.province, view.province ?? ''],
                [examWords.facts.site, chosen.facts.site],
                [examWords.facts.subjects, chosen.facts.subjects],
                [examWords.facts.total, chosen.facts.total],
                [examWords.facts.payBy, view.payBy],
              ]}
            />
          </Panel>
          <div className="mt-8">
            {chosen.answers.map((section) => (
              <AnswersView key={section.section} section={section} audience="owner" />
            ))}
          </div>
          <p className="mb-6">
            <LinkButton href={paths.changes()}>{words.changeRecord}</LinkButton>
          </p>
          {view.eligibility?.verdict === 'manual' ? <Notice kind="info">{words.manual}</Notice> : null}
          <form action={register} noValidate>
            <input type="hidden" name="session" value={view.id} />
            <input type="hidden" name="site" value={chosen.siteId} />
            {chosen.subjects.map((id) => (
              <input key={id} type="hidden" name="subject" value={id} />
            ))}
            <p className="max-w-measure">{words.promise}</p>
            <label className="mt-2 flex min-h-target cursor-pointer items-center gap-3 font-medium">
              <input
                type="checkbox"
                id="declared"
                name="declared"
                value="1"
                className="tick"
                defaultChecked={echo?.values.declared?.[0] === '1'}
              />
              {words.declared}
            </label>
            <p className="mt-2 max-w-measure text-hint text-ink-2">{words.seat}</p>
            <Actions primary={<Button>{words.submit}</Button>} />
          </form>
        </>
      ) : (
        <LinkButton kind="primary" href={paths.examChoose(view.id, choice)}>
          {words.change}
        </LinkButton>
      )}
    </Page>
  )
}
