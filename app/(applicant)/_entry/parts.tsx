import type { ReactNode } from 'react'
import { FilledFrom } from '#app/_form/filled-from.tsx'
import { DefaultButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { AsidePanel } from '#app/_ui/panel.tsx'
import type { Echo } from '#lib/action/echo.ts'
import { anchorOf, paths } from '#lib/paths.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'
import { outcomeWords, stepHelp, collectionWords as words } from '#lib/text/collection.ts'
import { helpOfSection, moreHelp, questionOfSection } from '#lib/text/help/all.ts'
import type { Desk } from '#lib/views/collection.ts'
import { returnedIssues, returnedText } from '#lib/views/returned.ts'
import { changesOf } from '#lib/views/stale.ts'

export type Shown = Pick<Echo, 'id' | 'notice' | 'issues'> | null

/** What every form of the wizard posts along: which case, section and row. The edit it was filled from is `Autosave`'s. */
export function EntryFields({
  desk,
  section,
  rowId,
  kept,
  intent,
}: {
  desk: Desk
  section: SectionId
  rowId: string
  /** The echo whose values the form shows, or ''. */
  kept: string
  /** What Enter in a text field does. */
  intent: 'next' | 'save'
}) {
  return (
    <>
      <DefaultButton intent={intent} />
      <input type="hidden" name="case" value={desk.file.case.id} />
      <input type="hidden" name="section" value={section} />
      <input type="hidden" name="row" value={rowId} />
      <input type="hidden" name="desk" value={desk.places.kind} />
      <FilledFrom echo={kept} />
    </>
  )
}

/** COL-4: what somebody else saved beside what was typed here. */
export function StaleNotice({
  desk,
  section,
  stored,
  typed,
  echo,
}: {
  desk: Desk
  section: SectionId
  stored: Row
  typed: Row
  echo: Shown
}) {
  if (echo?.notice === 'signed-out') return <Notice kind="warn">{words.signedOutKept}</Notice>
  if (echo?.notice !== 'stale') return null
  const changes = changesOf(desk, section, stored, typed)
  return (
    <Notice kind="warn" title={words.stale.title}>
      <p>{words.stale.lead}</p>
      {changes.length > 0 ? (
        <table className="records">
          <thead>
            <tr>
              <th scope="col">{words.stale.field}</th>
              <th scope="col">{words.stale.stored}</th>
              <th scope="col">{words.stale.typed}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ label, stored: before, typed: after }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td data-label={words.stale.stored}>{before}</td>
                <td data-label={words.stale.typed}>{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </Notice>
  )
}

/** The page on which a row of a list is mended; '' where it is the page that shows it. */
function pageOf(desk: Desk, section: SectionId, rowId: string): string {
  const row = desk.draft
    .rows(section)
    .find(({ id, children }) => id === rowId || children?.some((child) => child.id === rowId))
  return row && sectionById(section).shape === 'list' ? desk.places.row(section, row.id) : ''
}

/** SUB-4: what a return says of this page, above it; the same words stand at the field. */
export function ReturnNotice({
  desk,
  section,
  rowIds,
}: {
  desk: Desk
  section: SectionId
  /** On the page of a row: what a register said of it stands in a notice of its own there. */
  rowIds?: readonly string[]
}) {
  const found = returnedIssues(desk, section).filter(
    ({ rowId, byMachine }) => rowIds === undefined || (rowIds.includes(rowId) && !byMachine),
  )
  if (found.length === 0) return null
  const waiting = desk.draft.state(section).awaitsMending
  const mended = found.every(({ byMachine }) => byMachine) ? words.mendedChecks : words.mended
  return (
    <Notice kind={waiting ? 'warn' : 'info'} title={words.returned}>
      <ul className="list-disc pl-5">
        {found.map((one) => (
          <li key={`${one.rowId}/${one.at}/${returnedText(one)}`}>
            {one.at === null ? (
              returnedText(one)
            ) : (
              <a href={`${rowIds === undefined ? pageOf(desk, section, one.rowId) : ''}#${anchorOf(one.at)}`}>
                {returnedText(one)}
              </a>
            )}
          </li>
        ))}
      </ul>
      <p className="text-hint">{waiting ? words.stillToMend : mended}</p>
    </Notice>
  )
}

export function StepAside({ section, children }: { section: SectionId; children?: ReactNode }) {
  const topic = helpOfSection[section]
  return (
    <AsidePanel
      questions={stepHelp[section]}
      more={{ href: paths.helpTopic(topic, questionOfSection[section]), label: moreHelp(topic) }}
    >
      {children}
    </AsidePanel>
  )
}

/** What was just done, said once. */
export function Done({ done }: { done: string | string[] | undefined }) {
  const said: Readonly<Record<string, string>> = {
    saved: words.rowSaved,
    removed: words.removed,
    uploaded: words.fileSaved,
    withdrawn: words.withdrawn,
  }
  const text = typeof done === 'string' ? said[done] : undefined
  return text ? <Notice kind="good">{text}</Notice> : null
}

/** 承诺所提供信息真实有效, above the button that sends. */
export const DeclarationTick = ({ checked }: { checked: boolean }) => (
  <label className="flex min-h-target cursor-pointer items-center gap-3 font-medium">
    <input
      type="checkbox"
      id="declared"
      name="declared"
      value="1"
      className="tick"
      defaultChecked={checked}
    />
    {outcomeWords.declaration}
  </label>
)
