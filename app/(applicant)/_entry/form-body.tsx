import type { ReactNode } from 'react'
import { Button } from '#app/_ui/buttons.tsx'
import { ErrorList } from '#app/_ui/errors.tsx'
import { Autosave, Autosaved } from '#app/_ui/live/autosave.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { SaveFirst, Slots } from '#app/_ui/slot.tsx'
import type { Echo } from '#lib/action/echo.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { collectionWords as words } from '#lib/text/collection.ts'
import { registrationAnswers } from '#lib/text/registration.ts'
import { collectionConsent, type Desk } from '#lib/views/collection.ts'
import { mainRowOf, type RowView } from '#lib/views/collection-rows.ts'
import { shownIssues } from '#lib/views/issues-shown.ts'
import { keptOf, revOf, typedOf } from '../_kept.ts'
import { agree, removePicture, saveStep } from '../collection/actions.ts'
import { Done, EntryFields, ReturnNotice, StaleNotice } from './parts.tsx'

interface Props {
  d: Deps
  actor: Applicant
  desk: Desk
  row: RowView
  section: SectionId
  echo: Echo | null
  done: string | string[] | undefined
  /** The controls of the form. */
  children: ReactNode
  /** Its buttons. */
  actions: ReactNode
}

/** A page of one form, with what was refused, returned or saved elsewhere above it, and its pictures. */
export function FormBody({ d, actor, desk, row, section, echo, done, children, actions }: Props) {
  const stored = mainRowOf(desk, section)
  const typed = typedOf(echo, section, stored)
  const kept = keptOf(echo, stored)
  return (
    <>
      <ErrorList issues={echo ? shownIssues(row.fields, row.slots, row.others) : []} token={echo?.id} />
      <Done done={done} />
      <StaleNotice desk={desk} section={section} stored={stored} typed={typed} echo={echo} />
      <ReturnNotice desk={desk} section={section} />
      {section === 'basic' ? <Pictures d={d} actor={actor} desk={desk} row={row} /> : null}
      <Autosaved key={`${section}/${row.rowId}`} kept={kept} rev={revOf(echo, stored)}>
        <form action={saveStep} noValidate>
          <EntryFields desk={desk} section={section} rowId={row.rowId} kept={kept} intent="next" />
          {children}
          <Autosave />
          {actions}
        </form>
      </Autosaved>
    </>
  )
}

async function Pictures({ d, actor, desk, row }: { d: Deps; actor: Applicant; desk: Desk; row: RowView }) {
  const consented = await collectionConsent(d, actor)
  const [registered] = registrationAnswers(desk.file.account).rows
  return (
    <>
      <Panel title={words.registered} tone="panel">
        <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
          {registered?.answers.map(({ key, label, shown }) => (
            <div key={key} className="flex flex-wrap gap-x-3">
              <dt className="text-ink-2">{label}</dt>
              <dd className="break-all">{shown}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <div className="mt-6">
        <SaveFirst />
        {consented ? (
          <Slots
            slots={row.slots}
            remove={removePicture}
            hidden={{ case: desk.file.case.id, section: 'basic', page: '', desk: desk.places.kind }}
          />
        ) : (
          <form action={agree} id="consent" tabIndex={-1} className="mb-6">
            <Panel title={words.consent.title}>
              <p className="max-w-measure">{words.consent.text}</p>
              <p className="mt-2 mb-4 text-hint text-ink-2">{words.consent.first}</p>
              <Button>{words.consent.go}</Button>
            </Panel>
          </form>
        )}
      </div>
    </>
  )
}
