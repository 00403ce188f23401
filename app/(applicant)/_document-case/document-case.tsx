import type { ReactNode } from 'react'
import { FilledFrom } from '#app/_form/filled-from.tsx'
import { Badge } from '#app/_ui/badge.tsx'
import { Actions, Button, DefaultButton } from '#app/_ui/buttons.tsx'
import { ActingDepartment } from '#app/_ui/department-panel.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FieldInput, ShownWhen } from '#app/_ui/fields.tsx'
import { ConditionalFields } from '#app/_ui/live/conditional-fields.tsx'
import { NameField } from '#app/_ui/name-field.tsx'
import { type Crumb, Page } from '#app/_ui/page.tsx'
import { AsidePanel, Panel } from '#app/_ui/panel.tsx'
import { ReturnedLines } from '#app/_ui/returned-lines.tsx'
import { SaveFirst, Slots } from '#app/_ui/slot.tsx'
import type { Echo } from '#lib/action/echo.ts'
import { paths } from '#lib/paths.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import { caseStateWords, outcomeWords } from '#lib/text/collection.ts'
import { documentCaseWords, documentWords as words } from '#lib/text/document-cases.ts'
import { helpOfSection, moreHelp } from '#lib/text/help/all.ts'
import { issueText } from '#lib/text/issues.ts'
import type { Desk } from '#lib/views/collection.ts'
import { mainRowOf, rowView } from '#lib/views/collection-rows.ts'
import type { DocumentDesk } from '#lib/views/document-case.ts'
import { shownIssues } from '#lib/views/issues-shown.ts'
import { returnedLines } from '#lib/views/returned.ts'
import { StaleNotice } from '../_entry/parts.tsx'
import { formKey, keptOf, revOf, typedOf } from '../_kept.ts'
import { agree, removePicture, send, withdraw } from './actions.ts'

interface Props {
  view: DocumentDesk
  /** How long the pictures are kept after the decision. */
  days: number
  echo: Echo | null
  /** What lies between home and this page. */
  parents: readonly Crumb[]
  done: string | string[] | undefined
  /** What this kind says before everything else. */
  before?: ReactNode
  after?: ReactNode
}

/** A case of one page (IDV-3, ACC-8, ACC-9): consent, pictures and words, sending; then what its department says. */
export function DocumentCase({ view, days, echo, parents, done, before, after }: Props) {
  const { kind, desk, consented } = view
  const { title, lead, rules } = documentCaseWords[kind]
  const topic = helpOfSection[kind]
  const isOpen = desk !== null && consented
  return (
    <Page
      crumbs={[...parents, { label: title }]}
      title={title}
      lead={lead}
      beside={isOpen ? <Badge tone="info">{caseStateWords[desk.file.case.state]}</Badge> : null}
      aside={
        <AsidePanel title={words.rulesTitle} more={{ href: paths.helpTopic(topic), label: moreHelp(topic) }}>
          <ul className="list-disc space-y-1 pl-5">
            {rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        </AsidePanel>
      }
    >
      {isOpen ? (
        <Opened view={view} desk={desk} echo={echo} done={done} before={before} />
      ) : (
        <>
          <ErrorList
            issues={(echo?.issues ?? []).map((found) => ({ at: found.at, text: issueText(found) }))}
            token={echo?.id}
          />
          {before}
          <Consent view={view} days={days} />
        </>
      )}
      {after}
    </Page>
  )
}

function Consent({ view: { kind, last, department }, days }: Pick<Props, 'view' | 'days'>) {
  const own = documentCaseWords[kind]
  return (
    <>
      {last?.state === 'refused' ? (
        <>
          <Notice kind="bad" title={own.refused}>
            <CaseNumber number={last.number} />
            <p className="whitespace-pre-line">{last.note}</p>
          </Notice>
          <ActingDepartment department={department} />
        </>
      ) : null}
      {last?.state === 'approved' ? <Notice kind="good">{own.approved}</Notice> : null}
      <form action={agree}>
        <input type="hidden" name="kind" value={kind} />
        <Panel title={own.consent.title}>
          <p className="mb-4 max-w-measure">{own.consent.text(days)}</p>
          <Button>{last ? own.again : own.consent.go}</Button>
        </Panel>
      </form>
    </>
  )
}

interface OpenedProps extends Pick<Props, 'view' | 'echo' | 'done' | 'before'> {
  desk: Desk
}

function Opened({ view, desk, echo, done, before }: OpenedProps) {
  const { kind } = view
  const stored = mainRowOf(desk, kind)
  const typed = typedOf(echo, kind, stored)
  const row = rowView(desk, kind, stored, typed, echo?.issues ?? [])
  const returned = returnedLines(desk, [kind])
  return (
    <>
      <ErrorList
        issues={echo ? shownIssues(row.fields, row.slots, row.others, { slotsFirst: true }) : []}
        token={echo?.id}
      />
      {done === 'saved' ? <Notice kind="good">{words.saved}</Notice> : null}
      <StaleNotice desk={desk} section={kind} stored={stored} typed={typed} echo={echo} />
      {returned.length > 0 ? (
        <>
          <Notice kind="warn" title={outcomeWords.returnedTitle}>
            <CaseNumber number={desk.file.case.number} />
            <ReturnedLines lines={returned} />
          </Notice>
          <ActingDepartment department={view.department} />
        </>
      ) : null}
      {desk.editable ? (
        <>
          {before}
          <SaveFirst />
          <Slots slots={row.slots} remove={removePicture} hidden={{ kind, case: desk.file.case.id }} />
          <form key={formKey(echo, stored)} action={send} noValidate>
            <input type="hidden" name="kind" value={kind} />
            <input type="hidden" name="case" value={desk.file.case.id} />
            <input type="hidden" name="row" value={row.rowId} />
            <input type="hidden" name="rev" value={revOf(echo, stored)} />
            <FilledFrom echo={keptOf(echo, stored)} />
            <Fields fields={row.fields} />
          </form>
        </>
      ) : (
        <Waiting view={view} caseId={desk.file.case.id} before={before} />
      )}
    </>
  )
}

const CaseNumber = ({ number }: { number: string | null }) => (number ? <p>{words.number(number)}</p> : null)

const isName = (field: FieldView) => field.kind === 'text' && field.name === 'newName'

/** Where more is typed than a place, it can be saved before the pictures are there. */
function Fields({ fields }: { fields: readonly FieldView[] }) {
  const isLong = fields.length > 1
  return (
    <>
      {isLong ? <DefaultButton intent="send" /> : null}
      {fields.map((field) =>
        field.kind === 'text' && isName(field) ? (
          <ShownWhen key={field.name} condition={field.shownWhen}>
            <NameField field={field} />
          </ShownWhen>
        ) : (
          <FieldInput key={field.name} field={field} />
        ),
      )}
      <ConditionalFields />
      <Actions primary={<Button>{words.submit}</Button>}>
        {isLong ? (
          <Button kind="secondary" name="intent" value="save">
            {words.save}
          </Button>
        ) : null}
      </Actions>
    </>
  )
}

interface WaitingProps extends Pick<Props, 'view' | 'before'> {
  caseId: string
}

/** How far it is, who acts and by when comes first (MSG-1): what this kind says was read before it was sent. */
function Waiting({ view: { kind, review, department, withdrawable }, caseId, before }: WaitingProps) {
  return (
    <>
      <Notice kind="info" title={documentCaseWords[kind].waiting}>
        {review ? (
          <>
            <CaseNumber number={review.number} />
            {review.stage ? <p>{words.stage[review.stage]}</p> : null}
            {review.dueOn === '' ? null : <p>{words.due(review.dueOn)}</p>}
          </>
        ) : null}
      </Notice>
      <ActingDepartment department={department} />
      {before}
      {withdrawable ? (
        <form action={withdraw}>
          <input type="hidden" name="kind" value={kind} />
          <input type="hidden" name="case" value={caseId} />
          <p className="mb-3 text-ink-2">{outcomeWords.withdrawNote}</p>
          <Button kind="secondary">{outcomeWords.withdraw}</Button>
        </form>
      ) : null}
    </>
  )
}
