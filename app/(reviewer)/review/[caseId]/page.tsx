import { cache } from 'react'
import { FilledFrom } from '#app/_form/filled-from.tsx'
import { type Search, titled } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { DefaultButton } from '#app/_ui/buttons.tsx'
import { ClaimValue } from '#app/_ui/claim-value.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { echoOf } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { readOpinions } from '#lib/schemas/findings.ts'
import { takeUpTemplates } from '#lib/schemas/note-templates.ts'
import { caseStateWords } from '#lib/text/collection.ts'
import { creditWords } from '#lib/text/credits.ts'
import { issueText } from '#lib/text/issues.ts'
import { caseKindWords, queueWords, reviewWords as words } from '#lib/text/review.ts'
import { opinionForm } from '#lib/views/opinion-form.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { isLook } from '../_decisions.ts'
import { decide } from '../actions.ts'
import {
  About,
  Assign,
  CancelEntry,
  CaseFacts,
  Changes,
  FullNumbers,
  History,
  Holder,
  Lease,
  SectionMarks,
} from './case-panels.tsx'
import { DecisionBar } from './decision-bar.tsx'
import { asideIssue, KeptOpinions } from './kept-opinions.tsx'
import { MachineChecks } from './machine-facts.tsx'
import { OpinionFields } from './opinion-fields.tsx'
import { BesidePictures } from './pictures/beside-pictures.tsx'
import { ReadOpinion, ReviewedSection } from './reviewed-section.tsx'

interface Props {
  params: Promise<{ caseId: string }>
  searchParams: Search
}

/** Once per request, so that heading and page are one look in the access log. */
const opened = cache(async (caseId: string, full: boolean) => {
  const { actor } = await staffPage()
  return found(reviewCase(await deps(), actor, caseId, { full }))
})
const viewOf = async ({ params, searchParams }: Props) =>
  opened((await params).caseId, (await searchParams).full === '1')

export async function generateMetadata(props: Props) {
  const view = await viewOf(props)
  const echo = await echoOf((await props.searchParams).echo)
  const title = words.title(caseKindWords[view.kind].review, view.number)
  return titled(title, echo)
}

/** One screen for every kind of case (REV-3): what was frozen, what changed, what is said of it, what is decided. */
export default async function ReviewPage(props: Props) {
  const view = await viewOf(props)
  const { limits } = (await deps()).env
  const asked = await props.searchParams
  const echo = await echoOf(asked.echo)
  const typed = echo?.values.decision
    ? takeUpTemplates(readOpinions(echo.values), new Map(view.phrases.map((one) => [one.id, one]))).opinions
    : null
  // A lease that was missing when this was sent, and is held by now, is mended; one that somebody else holds leads to what was typed.
  const isElsewhere = typed !== null && !view.mayDecide && !view.mayClaim
  const issues = (echo?.issues ?? []).filter(({ code }) => code !== 'lease-required' || !view.mayDecide)
  // The numbers alone were asked for, and what was typed came along: on the version it was typed on, so that nothing newer is
  // overwritten. Claiming again is another edit, and what comes back with it is looked over by its reviewer.
  const looked = echo?.notice === '' && asked.done === undefined && isLook(echo.values.decision?.[0])
  const version = looked ? new Form(echo.values).whole('version') : view.version
  const shownAgain =
    typed !== null && view.mayDecide && issues.length === 0 && (!looked || version !== view.version)
  const errorsAt = (name: string) => issues.filter(({ at }) => at === name).map((one) => issueText(one))
  const listed = issues.map((one) =>
    one.code === 'lease-required' && isElsewhere
      ? asideIssue(view)
      : { at: one.at, text: one.code === 'stale' ? words.stale : issueText(one) },
  )
  // Whoever goes back to an address hears of what was done only as long as it stands.
  const done = typeof asked.done === 'string' && view.open ? words.done[asked.done] : undefined
  const title = words.title(caseKindWords[view.kind].review, view.number)
  const sections = view.sections.map((section) => (
    <ReviewedSection key={section.id} caseId={view.caseId} section={section} audience={view.audience}>
      {section.judged === null ? null : view.mayDecide ? (
        <OpinionFields
          form={opinionForm(section, typed, view.templates)}
          returnable={view.returnable}
          errorsAt={errorsAt}
          fresh={asked.more === section.id ? view.version : null}
        />
      ) : (
        <ReadOpinion section={section} />
      )}
    </ReviewedSection>
  ))
  return (
    <Page
      width="wide"
      crumbs={[{ href: paths.review(), label: queueWords.title }, { label: title }]}
      title={title}
      beside={
        <Badge tone={view.open || view.checks.running ? 'info' : 'quiet'}>{caseStateWords[view.state]}</Badge>
      }
      side={<SectionMarks sections={view.sections} />}
    >
      <ErrorList issues={listed} {...(echo ? { token: echo.id } : {})} />
      {done ? <Notice kind="good">{done}</Notice> : null}
      {shownAgain ? <Notice kind="warn">{words.kept}</Notice> : null}
      {typed !== null && isElsewhere ? (
        <KeptOpinions view={view} typed={typed} refusal={echo?.values.refusal?.[0] ?? ''} />
      ) : null}
      <CaseFacts view={view} />
      <Lease view={view} kept={typed && echo ? echo.id : ''} />
      <Assign view={view} hours={limits.assignedHours} errors={errorsAt('reviewer')} />
      <CancelEntry view={view} />
      <Holder view={view} />
      <About view={view} />
      {view.worth ? <ClaimValue worth={view.worth} title={creditWords.worth.reviewTitle} /> : null}
      <MachineChecks view={view} />
      <Changes view={view} />
      <BesidePictures view={view}>
        {view.mayDecide ? (
          <form key={echo?.id ?? `at-${view.version}`} action={decide} noValidate>
            <input type="hidden" name="case" value={view.caseId} />
            <input type="hidden" name="version" value={version} />
            <FilledFrom echo={echo?.id} />
            <DefaultButton name="decision" intent="save" />
            <FullNumbers view={view} />
            {sections}
            <DecisionBar
              view={view}
              refusal={echo?.values.refusal?.[0] ?? ''}
              lateKnown={view.late.count > 0 || issues.some(({ code }) => code === 'late-findings')}
              errorsAt={errorsAt}
            />
          </form>
        ) : (
          <>
            <FullNumbers view={view} />
            {sections}
          </>
        )}
      </BesidePictures>
      <History view={view} />
    </Page>
  )
}
