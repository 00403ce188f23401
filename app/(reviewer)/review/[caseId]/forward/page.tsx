import { cache } from 'react'
import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Actions, Button, DefaultButton, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { issueText } from '#lib/text/issues.ts'
import { caseKindWords, queueWords, reviewWords } from '#lib/text/review.ts'
import { forwardFields } from '#lib/views/forward-form.ts'
import { forwardCaseView } from '#lib/views/review-case.ts'
import { forward } from '../../actions.ts'

const words = reviewWords.forwardPage

interface Props {
  params: Promise<{ caseId: string }>
  searchParams: Search
}

const viewOf = cache(async (caseId: string) => {
  const { actor } = await staffPage()
  return found(forwardCaseView(await deps(), actor, caseId))
})

export async function generateMetadata({ params, searchParams }: Props) {
  const { caseId, number } = await viewOf((await params).caseId)
  return titled(words.title(number), await ownEcho(searchParams, paths.reviewForward(caseId)))
}

/** 转办 (REV-5): where to and why, and what it brings about, before it is done. */
export default async function ForwardPage({ params, searchParams }: Props) {
  const view = await viewOf((await params).caseId)
  const echo = await ownEcho(searchParams, paths.reviewForward(view.caseId))
  const { department, levels, reason } = await forwardFields(await deps(), echo)
  const back = paths.reviewCase(view.caseId)
  const crumbs = [
    { href: paths.review(), label: queueWords.title },
    { href: back, label: reviewWords.title(caseKindWords[view.kind].review, view.number) },
    { label: reviewWords.forward },
  ]
  return (
    <Page crumbs={crumbs} title={words.title(view.number)} lead={words.lead(view.department)}>
      <ErrorList
        issues={(echo?.issues ?? []).map((one) => ({ at: one.at, text: issueText(one) }))}
        token={echo?.id}
      />
      {view.refusal ? (
        <>
          <Notice kind="info" title={words.refused}>
            {issueText(view.refusal)}
          </Notice>
          <LinkButton href={back}>{words.back}</LinkButton>
        </>
      ) : (
        <form key={echo?.id ?? `at-${view.version}`} action={forward} noValidate>
          <DefaultButton intent="forward" />
          <input type="hidden" name="case" value={view.caseId} />
          <input type="hidden" name="version" value={view.version} />
          <FieldInput field={department} levels={levels} />
          <FieldInput field={reason} />
          <h2 className="text-h3">{words.consequences}</h2>
          <ul className="mt-2 list-disc pl-5">
            {words.effects.map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
          <Actions
            primary={
              <Button name="intent" value="forward">
                {words.submit}
              </Button>
            }
          >
            <LinkButton kind="quiet" href={back}>
              {words.back}
            </LinkButton>
          </Actions>
        </form>
      )}
    </Page>
  )
}
