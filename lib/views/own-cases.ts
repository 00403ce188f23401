/** Every case of a person, as its applicant saw it: nobody of the staff is named. */
import { type CaseFile, caseFile } from '#db/queries/case-file.ts'
import { casesOf, openSnapshot, roundNoteContext, roundsOf } from '#db/queries/cases.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import { isEditable } from '#lib/domain/case-states.ts'
import { isKnownToPerson } from '#lib/domain/conduct.ts'
import { dayOf } from '#lib/domain/days.ts'
import { issue } from '#lib/domain/result.ts'
import { type AnswerSection, answersOf } from '#lib/readers/answers.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { type Snapshot, sectionOf } from '#lib/readers/snapshot.ts'
import { targetsOf } from '#lib/readers/targets.ts'
import { isSectionId, sectionById } from '#lib/sections/all.ts'
import { caseStateWords, outcomeWords } from '#lib/text/collection.ts'
import { instantWords } from '#lib/text/dates.ts'
import { issueText } from '#lib/text/issues.ts'
import { exportKeys as keys } from '#lib/text/my-account.ts'
import { caseKindWords } from '#lib/text/review.ts'
import { sectionWords } from '#lib/text/sections.ts'
import { placeOf } from './review-section.ts'

type Tell = (sections: readonly AnswerSection[]) => unknown
type Round = Awaited<ReturnType<typeof roundsOf>>[number]

const moment = (at: Date | null) => (at === null ? '' : instantWords(at))

/** `tell` puts answers into words with the names their pictures have in the archive. */
export async function ownCases(deps: Deps, personId: string, tell: Tell) {
  const { read, t } = deps.store
  const told = []
  for (const { id } of (await casesOf(read, t, personId)).filter(isKnownToPerson)) {
    const file = await caseFile(read, t, deps.keys, id)
    if (!file) continue
    const { kind, number, state, createdAt } = file.case
    const rounds = await roundsOf(read, t, id)
    told.push({
      [keys.kind]: caseKindWords[kind].name,
      [keys.caseNumber]: number ?? '',
      [keys.caseState]: caseStateWords[state],
      [keys.department]: file.department?.fullName ?? '',
      [keys.openedAt]: instantWords(createdAt),
      ...(isEditable(state) ? { [keys.draft]: tell(typedSoFar(deps, file)) } : {}),
      [keys.rounds]: rounds.map((round) => roundTold(deps, file, round, tell)),
    })
  }
  return told
}

function typedSoFar({ clock }: Deps, file: CaseFile): AnswerSection[] {
  const draft = draftOf(file, dayOf(clock.now()))
  const names = { department: file.department?.fullName ?? '' }
  return caseKinds[file.case.kind].sections.map((id) =>
    answersOf(sectionById(id), draft.rows(id), draft.context, draft.files(id), names),
  )
}

function roundTold(deps: Deps, file: CaseFile, round: Round, tell: Tell) {
  const snapshot = openSnapshot(deps.keys, round)
  // What a reviewer notes down is nobody else's business before it is told by a decision (REV-4).
  const isTold = round.outcome === 'returned' || round.outcome === 'refused'
  const note = roundNoteContext(file.case.id, round.round)
  return {
    [keys.round]: round.round,
    [keys.submittedAt]: instantWords(round.submittedAt),
    [keys.outcome]: outcomeWords.decided[round.outcome] ?? '',
    [keys.decidedAt]: moment(round.decidedAt),
    [keys.note]: isTold && round.noteSealed ? deps.keys.unseal(round.noteSealed, note) : '',
    [keys.findings]: isTold ? findingsTold(file, round.round, snapshot) : [],
    [keys.answers]: tell(snapshot.sections),
  }
}

const findingsTold = (file: CaseFile, round: number, snapshot: Snapshot) =>
  file.findings
    .filter((one) => one.round === round)
    .map(({ section, rowId, target, reason, note }) => ({
      [keys.place]: isSectionId(section)
        ? [
            sectionWords[section].title,
            placeOf(targetsOf(section, sectionOf(snapshot, section)), rowId, target),
          ].join(' · ')
        : section,
      [keys.text]: issueText(issue(null, 'finding', { reason, note })),
    }))
