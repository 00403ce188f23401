import { AnswersView } from '#app/_ui/answers.tsx'
import { Badge } from '#app/_ui/badge.tsx'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { DepartmentPanel } from '#app/_ui/department-panel.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { ReturnedLines } from '#app/_ui/returned-lines.tsx'
import { Timeline } from '#app/_ui/timeline.tsx'
import type { Echo } from '#lib/action/echo.ts'
import type { Deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { checkWords } from '#lib/text/checks.ts'
import { caseStateWords, outcomeWords, collectionWords as words } from '#lib/text/collection.ts'
import { checkAnswers, type Desk } from '#lib/views/collection.ts'
import { shownIssues } from '#lib/views/issues-shown.ts'
import { type DifferingRow, outcomeOf } from '#lib/views/outcome.ts'
import { Failures, Proofs, TwoWays } from '../../_entry/checks.tsx'
import { DeclarationTick, Done } from '../../_entry/parts.tsx'
import { WarnedRows } from '../../_entry/warnings.tsx'
import { crumbsTo, StepList } from '../_desk.tsx'
import { submit, withdraw } from '../actions.ts'
import { DepartmentDoubt } from './department-doubt.tsx'

interface Props {
  d: Deps
  desk: Desk
  echo: Echo | null
  done: string | string[] | undefined
}

/** 审核告知: check the answers and submit, then see what happens, who acts and by when (SUB-1, SUB-3). */
export async function OutcomeStep({ d, desk, echo, done: asked }: Props) {
  const { file, editable } = desk
  // Whoever goes back to an address hears of what was done only as long as it stands.
  const done = asked === 'submitted' && editable ? undefined : asked
  const outcome = await outcomeOf(d, desk)
  const sent = file.case.round > 0
  const isUrgent =
    (file.case.state === 'returned' && !outcome.isMended) || Boolean(outcome.checking?.failing.length)
  return (
    <Page
      width="wide"
      crumbs={crumbsTo({ label: outcomeWords.title })}
      title={outcomeWords.title}
      lead={editable ? outcomeWords.lead : undefined}
      beside={<Badge tone={outcome.tone}>{caseStateWords[file.case.state]}</Badge>}
      side={<StepList desk={desk} current="outcome" />}
      aside={sent ? undefined : <OwnDepartment desk={desk} />}
    >
      <ErrorList issues={shownIssues([], [], echo?.issues ?? [])} token={echo?.id} />
      <Done done={done} />
      {done === 'submitted' && file.case.number ? (
        <Notice
          kind="good"
          title={`${outcomeWords.submitted(file.case.round)}：${outcomeWords.number} ${file.case.number}`}
        >
          {outcome.due ? <p>{outcome.due}</p> : null}
        </Notice>
      ) : null}
      {outcome.next && !outcome.differing ? (
        <Notice kind={isUrgent ? 'warn' : 'info'} title={outcome.next}>
          {outcome.checking ? <Checking lines={outcome.checking.failing} /> : null}
          {done !== 'submitted' && outcome.due ? <p>{outcome.due}</p> : null}
        </Notice>
      ) : null}
      {outcome.differing ? <ReturnedByCheck rows={outcome.differing} /> : null}
      {file.case.state === 'returned' && !outcome.differing ? (
        <section aria-labelledby="returned" className="mb-8">
          <h2 id="returned" className="mb-3 text-h2">
            {outcomeWords.returnedTitle}
          </h2>
          <ReturnedLines lines={outcome.returned} />
          {outcome.note ? <p className="mt-3">{outcome.note}</p> : null}
        </section>
      ) : null}
      {sent ? (
        <div className="mb-8 grid items-start gap-4 sm:grid-cols-2">
          <OwnDepartment desk={desk} />
          <Panel tone="panel" title={outcomeWords.timeline}>
            <Timeline items={outcome.moments} />
          </Panel>
        </div>
      ) : null}
      {outcome.withdrawable ? (
        <form action={withdraw} className="mb-8 flex flex-wrap items-center gap-4 print:hidden">
          <input type="hidden" name="case" value={file.case.id} />
          <Button kind="secondary">{outcomeWords.withdraw}</Button>
          <p className="text-hint text-ink-2">{outcomeWords.withdrawNote}</p>
        </form>
      ) : null}
      {editable ? <DepartmentDoubt desk={desk} /> : null}
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-h2">{outcomeWords.checkTitle}</h2>
        <LinkButton kind="quiet" href={paths.casePrint(file.case.id)}>
          {outcomeWords.print}
        </LinkButton>
      </div>
      {checkAnswers(desk).map((section) => (
        <AnswersView
          key={section.section}
          section={section}
          audience="owner"
          fileHref={paths.file}
          beside={
            editable && section.section !== 'registration' ? (
              <LinkButton kind="quiet" href={paths.collectionStep(section.section)} about={section.title}>
                {outcomeWords.change}
              </LinkButton>
            ) : undefined
          }
        />
      ))}
      <WarnedRows rows={outcome.warned} />
      {editable ? (
        <form action={submit} key={echo?.id ?? 'fresh'} noValidate className="border-t pt-6 print:hidden">
          <input type="hidden" name="case" value={file.case.id} />
          <DeclarationTick checked={echo?.values.declared?.[0] === '1'} />
          <div className="mt-4 flex flex-wrap gap-3">
            <Button>{outcomeWords.submit}</Button>
            <LinkButton href={paths.collectionStep('qualifications')}>{words.previous}</LinkButton>
          </div>
        </form>
      ) : null}
    </Page>
  )
}

/** Registers are asked: what becomes of it, or which of them does not answer; 刷新 is for those who wait without script too. */
const Checking = ({ lines }: { lines: readonly string[] }) => (
  <>
    {(lines.length > 0 ? lines : [checkWords.wait]).map((line) => (
      <p key={line}>{line}</p>
    ))}
    <p>
      <a
        href={`${paths.collectionStep('outcome')}?done=refreshed#main`}
        className="inline-flex min-h-target items-center font-medium"
      >
        {checkWords.refresh}
      </a>
    </p>
  </>
)

/** It came back before anybody saw it (CHK-4): per row what differs, and the two ways on (EDU-3). */
function ReturnedByCheck({ rows }: { rows: readonly DifferingRow[] }) {
  return (
    <section aria-labelledby="returned" className="mb-8">
      <Notice kind="warn" title={checkWords.returned}>
        {rows.some(({ stands }) => stands) ? <TwoWays /> : <p>{checkWords.nothingLeft}</p>}
      </Notice>
      <h2 id="returned" className="mb-3 text-h2">
        {checkWords.differing}
      </h2>
      <ul className="grid gap-3">
        {rows.map((row) => (
          <li key={row.href}>
            <Panel
              tone="panel"
              level={3}
              title={row.place}
              beside={
                <LinkButton href={row.href} about={row.place}>
                  {outcomeWords.change}
                </LinkButton>
              }
            >
              <Failures checks={row} />
              <Proofs checks={row} href={row.href} />
              {row.stands ? null : <p className="mt-2">{checkWords.mended}</p>}
            </Panel>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Always in the same place. */
const OwnDepartment = ({ desk }: { desk: Desk }) => (
  <DepartmentPanel department={desk.file.department} title={outcomeWords.department} />
)
