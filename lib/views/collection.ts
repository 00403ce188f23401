/** What the pages of the wizard show (COL). Every page loads the case once and asks the same readers as saving does. */

import { hasConsented } from '#db/queries/accounts.ts'
import { type CaseFile, newestCase } from '#db/queries/case-file.ts'
import { collection } from '#lib/cases/collection.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { isEditable } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { type AnswerSection, answersOf } from '#lib/readers/answers.ts'
import { type Draft, draftOf } from '#lib/readers/draft.ts'
import { issuesOf } from '#lib/readers/examine.ts'
import type { Standing } from '#lib/readers/standing.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { registrationAnswers } from '#lib/text/registration.ts'
import { type DeskPlaces, placesOfCase } from './desk-places.ts'

export type CollectionStep = (typeof collection.sections)[number] | 'outcome'
export const collectionSteps: readonly CollectionStep[] = [...collection.sections, 'outcome']
export const isCollectionStep = (step: string): step is CollectionStep =>
  collectionSteps.some((id) => id === step)

export interface StepLine {
  readonly step: CollectionStep
  readonly standing: Standing | null
  /** Empty, and may stay so. */
  readonly optional: boolean
}

/** A case open on the desk: what was loaded, and what the rules say of it. */
export interface Desk {
  readonly file: CaseFile
  readonly draft: Draft
  readonly editable: boolean
  readonly steps: readonly StepLine[]
  readonly places: DeskPlaces
}

/** The person's collection, or null before it was begun and after a draft was ended. */
export async function collectionDesk(deps: Deps, actor: Applicant): Promise<Desk | null> {
  const { read, t } = deps.store
  const newest = await newestCase(read, t, deps.keys, actor.id, 'collection')
  return newest && newest.case.state !== 'cancelled' ? deskOf(deps, await newest.load()) : null
}

export function deskOf(deps: Deps, file: CaseFile): Desk {
  const draft = draftOf(file, dayOf(deps.clock.now()))
  const steps = collectionSteps.map((step): StepLine => {
    if (step === 'outcome') return { step, standing: null, optional: false }
    const standing = draft.standing(step)
    // SCO-2: the class decides what may stay empty.
    const isDecided = draft.context.scope !== ''
    const optional = isDecided && standing === 'empty' && issuesOf(draft.examine(step)).length === 0
    return { step, standing, optional }
  })
  return {
    file,
    draft,
    editable: isEditable(file.case.state),
    steps,
    places: placesOfCase(file.case.kind),
  }
}

/** What keeps a list page from being left by 保存并下一步: its own issues, and one for each row that is not ready. */
export async function listObstacles(
  deps: Deps,
  actor: Applicant,
  section: SectionId,
): Promise<readonly Issue[]> {
  const desk = await collectionDesk(deps, actor)
  if (!desk) throw notFound()
  const { rows, list } = desk.draft.examine(section)
  return [
    ...list,
    ...desk.draft.rows(section).flatMap((row, index) => {
      const count = rows.get(row.id)?.length ?? 0
      return count === 0 ? [] : [issue(`row:${row.id}`, 'row-incomplete', { position: index + 1, count })]
    }),
  ]
}

export const collectionConsent = (deps: Deps, actor: Applicant) =>
  hasConsented(deps.store.read, deps.store.t, actor.id, 'collection')

/** Everything to be checked before it is sent (SUB-1). */
export function checkAnswers(desk: Desk): AnswerSection[] {
  const names = { department: desk.file.department?.fullName ?? '' }
  return [
    registrationAnswers(desk.file.account),
    ...collection.sections.map((id) =>
      answersOf(sectionById(id), desk.draft.rows(id), desk.draft.context, desk.draft.files(id), names),
    ),
  ]
}
