import type { ReactNode } from 'react'
import { AnswersView } from '#app/_ui/answers.tsx'
import { Badge } from '#app/_ui/badge.tsx'
import { Actions, Button } from '#app/_ui/buttons.tsx'
import { ActingDepartment } from '#app/_ui/department-panel.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { ConditionalFields } from '#app/_ui/live/conditional-fields.tsx'
import { type Crumb, Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { SaveFirst, Slots } from '#app/_ui/slot.tsx'
import type { Echo } from '#lib/action/echo.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { anchorOf, paths } from '#lib/paths.ts'
import { applicationWords, applicationText as text } from '#lib/text/applications.ts'
import { caseStateWords, outcomeWords } from '#lib/text/collection.ts'
import { issueText } from '#lib/text/issues.ts'
import { transferWords } from '#lib/text/transfers.ts'
import type { ApplicationDesk } from '#lib/views/application.ts'
import type { Desk } from '#lib/views/collection.ts'
import { mainRowOf, rowView } from '#lib/views/collection-rows.ts'
import { shownIssues } from '#lib/views/issues-shown.ts'
import { returnedIssues } from '#lib/views/returned.ts'
import { FormBody } from '../_entry/form-body.tsx'
import { DeclarationTick, StepAside } from '../_entry/parts.tsx'
import { typedOf } from '../_kept.ts'
import { removePicture } from '../collection/actions.ts'
import { beginApplication, dropApplication, submitApplication, withdrawApplication } from './actions.ts'

interface Props {
  d: Deps
  actor: Applicant
  view: ApplicationDesk
  echo: Echo | null
  done: string | string[] | undefined
  /** What lies between home and this page. */
  parents: readonly Crumb[]
  /** What this kind says before its form, and while it is looked at. */
  before?: ReactNode
  /** What stands beside the form, above the questions. */
  aside?: ReactNode
}

/** An application about the record on one page: its form, its proofs, 提交; then what its department says (TRF, CRE, AWD). */
export function Application({ d, actor, view, echo, done, parents, before, aside }: Props) {
  const { kind, desk, obstacles } = view
  const { title, lead } = applicationWords[kind]
  const isSubmission = echo?.values.submit !== undefined
  const said = typeof done === 'string' && !echo ? text.done[done] : undefined
  return (
    <Page
      width="wide"
      crumbs={[...parents, { label: title }]}
      title={title}
      lead={lead}
      beside={desk ? <Badge tone="info">{caseStateWords[desk.file.case.state]}</Badge> : null}
      aside={<StepAside section={kind}>{aside}</StepAside>}
    >
      {isSubmission ? (
        <ErrorList
          issues={(echo?.issues ?? []).map((one) => ({
            at: one.at?.startsWith('section:') ? 'submit' : (one.at ?? 'submit'),
            text: issueText(one),
          }))}
          token={echo?.id}
        />
      ) : null}
      {said && done !== 'submitted' ? <Notice kind="good">{said}</Notice> : null}
      {/* What stands at a control is said there, and among what is still missing. */}
      <Obstacles obstacles={desk?.editable ? obstacles.filter(({ at }) => at === null) : obstacles} />
      {desk?.editable ? <ActingDepartment department={view.department} /> : null}
      {desk === null ? <Begin view={view} /> : null}
      {desk && !desk.editable ? (
        <Waiting view={view} desk={desk} before={before} />
      ) : (
        <div className={desk === null ? 'mt-8' : ''}>{before}</div>
      )}
      {desk?.editable ? (
        <Editing d={d} actor={actor} view={view} desk={desk} echo={echo} isSubmission={isSubmission} />
      ) : null}
    </Page>
  )
}

/** TRF-1: everything that is in the way, at once, each with the way to it. */
export function Obstacles({ obstacles }: { obstacles: ApplicationDesk['obstacles'] }) {
  if (obstacles.length === 0) return null
  return (
    <Notice kind="warn" title={text.blocked}>
      <ul className="list-disc pl-5">
        {obstacles.map(({ code, text: said, href }) => (
          <li key={code}>
            {said}
            {href ? (
              <a href={href} className="ml-2">
                {text.see}
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** What begins one; how the last one ended is said before. Nothing begins that could not be sent. */
export function Begin({ view }: { view: ApplicationDesk }) {
  const { kind, last, obstacles, department } = view
  const words = applicationWords[kind]
  return (
    <>
      {last?.state === 'refused' ? (
        <>
          <Notice kind="bad" title={text.refused}>
            <p>{text.number(last.number)}</p>
            {last.note ? <p className="whitespace-pre-line">{last.note}</p> : null}
          </Notice>
          <ActingDepartment department={department} />
        </>
      ) : null}
      {last?.state === 'approved' ? <Notice kind="good">{words.approved}</Notice> : null}
      {obstacles.length === 0 ? (
        <form action={beginApplication}>
          <input type="hidden" name="kind" value={kind} />
          <Button>{words.begin}</Button>
        </form>
      ) : null}
    </>
  )
}

interface EditingProps extends Pick<Props, 'd' | 'actor' | 'view' | 'echo'> {
  desk: Desk
  isSubmission: boolean
}

function Editing({ d, actor, view, desk, echo, isSubmission }: EditingProps) {
  const { kind, levels, chain } = view
  const stored = mainRowOf(desk, kind)
  const shown = isSubmission ? null : echo
  const issues = shown?.issues ?? (stored.rev > 0 ? atControls(view) : [])
  const row = rowView(desk, kind, stored, typedOf(shown, kind, stored), issues)
  const missing = missingOf(view, desk)
  return (
    <>
      <Part id="fill" title={text.fill}>
        <FormBody
          d={d}
          actor={actor}
          desk={desk}
          row={row}
          section={kind}
          echo={shown}
          done={undefined}
          actions={
            <Actions
              primary={
                <Button kind="secondary" name="intent" value="next">
                  {text.save}
                </Button>
              }
            />
          }
        >
          {row.fields.map((field) =>
            field.kind === 'department' ? (
              <FieldInput
                key={field.name}
                field={{ ...field, value: shown ? field.value : chain.join('/') }}
                levels={levels}
              />
            ) : (
              <FieldInput key={field.name} field={field} />
            ),
          )}
          <ConditionalFields />
        </FormBody>
      </Part>
      <Part id="proofs" title={text.proofs}>
        {row.slots.length > 0 ? <SaveFirst /> : null}
        <Slots
          slots={row.slots}
          remove={removePicture}
          hidden={{ case: desk.file.case.id, section: kind, page: '', desk: desk.places.kind }}
        />
        {row.slots.length === 0 ? (
          <p className="text-ink-2">
            {/* Which ones are asked for may follow from an answer that is still missing. */}
            {row.stored && missing.length === 0 ? text.noProofs : text.proofsFirst}
          </p>
        ) : null}
      </Part>
      <Part id="submit" title={text.send}>
        {row.stored ? (
          <Submit
            desk={desk}
            kind={kind}
            // What was just refused is listed above already.
            missing={echo ? [] : askedFor(view, desk)}
            echo={isSubmission ? echo : null}
          />
        ) : null}
        {row.stored ? null : <p className="text-ink-2">{text.saveFirst}</p>}
      </Part>
      <Drop kind={kind} caseId={desk.file.case.id} />
    </>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="mb-8">
      <h2 id={id} tabIndex={-1} className="mb-4 border-b pb-1.5 text-h2">
        {title}
      </h2>
      {children}
    </section>
  )
}

/** What keeps it from being sent and is mended in the form (TRF-1). */
const atControls = ({ obstacles }: ApplicationDesk) => obstacles.filter(({ at }) => at !== null)

/** What is still missing, by the rules that would refuse it. */
function missingOf(view: ApplicationDesk, desk: Desk) {
  const { kind } = view
  const stored = mainRowOf(desk, kind)
  const found = [...(desk.draft.examine(kind).rows.get(stored.id) ?? []), ...atControls(view)]
  const { fields, slots, others } = rowView(desk, kind, stored, stored, found)
  return shownIssues(fields, slots, others)
}

/** The same, without what the return says in full above and at its field. */
function askedFor(view: ApplicationDesk, desk: Desk) {
  const returned = new Set(returnedIssues(desk, view.kind).map((one) => issueText(one)))
  const missing = missingOf(view, desk)
  const others = missing.filter(({ text: said }) => !returned.has(said))
  return others.length === missing.length ? others : [{ at: null, text: text.mendReturned }, ...others]
}

interface SubmitProps {
  desk: Desk
  kind: ApplicationDesk['kind']
  missing: ReturnType<typeof askedFor>
  echo: Echo | null
}

function Submit({ desk, kind, missing, echo }: SubmitProps) {
  return (
    <>
      {missing.length > 0 ? (
        <Panel tone="panel" level={3} title={text.missing}>
          <ul className="list-disc pl-5">
            {missing.map((one) => (
              <li key={`${one.at}/${one.text}`}>
                {one.at === null ? one.text : <a href={`#${anchorOf(one.at)}`}>{one.text}</a>}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <form action={submitApplication} noValidate className="mt-4">
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="case" value={desk.file.case.id} />
        <input type="hidden" name="submit" value="1" />
        <DeclarationTick checked={echo?.values.declared?.[0] === '1'} />
        <div className="mt-4">
          <Button>{text.submit}</Button>
        </div>
      </form>
    </>
  )
}

function Drop({ kind, caseId }: { kind: ApplicationDesk['kind']; caseId: string }) {
  return (
    <details>
      <summary className="button button-quiet text-bad marker:content-none">{text.drop}</summary>
      <form action={dropApplication} className="mt-2 max-w-measure rounded-md border bg-paper p-3">
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="case" value={caseId} />
        <p className="mb-2 text-hint text-ink-2">{text.dropAsk}</p>
        <Button kind="danger">{text.dropConfirm}</Button>
      </form>
    </details>
  )
}

function Waiting({ view, desk, before }: { view: ApplicationDesk; desk: Desk; before: ReactNode }) {
  const { kind, answers, withdrawable, department } = view
  const { id, number, dueOn, stage, stages } = desk.file.case
  const acts = department?.fullName ?? ''
  const turn =
    kind === 'transfer'
      ? transferWords.record.step[stage < stages ? 'leaves' : 'joins'](acts)
      : text.reviews(acts)
  return (
    <>
      <Notice kind="info" title={applicationWords[kind].waiting}>
        <p>{text.number(number ?? '')}</p>
        {stages > 1 ? <p>{text.stage(stage, stages, turn)}</p> : null}
        {dueOn !== '' ? <p>{text.due(dueOn)}</p> : null}
      </Notice>
      <ActingDepartment department={department} />
      {before}
      {answers ? <AnswersView section={answers} audience="owner" fileHref={paths.file} /> : null}
      {withdrawable ? (
        <form action={withdrawApplication}>
          <input type="hidden" name="kind" value={kind} />
          <input type="hidden" name="case" value={id} />
          <p className="mb-3 text-ink-2">{outcomeWords.withdrawNote}</p>
          <Button kind="secondary">{text.withdraw}</Button>
        </form>
      ) : null}
    </>
  )
}
