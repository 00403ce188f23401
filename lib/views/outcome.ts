import { caseFacts } from '#db/queries/case-file.ts'
import { roundNoteContext, roundsOf } from '#db/queries/cases.ts'
import { collection } from '#lib/cases/collection.ts'
import type { Deps } from '#lib/deps.ts'
import { type CaseState, isUnderReview } from '#lib/domain/case-states.ts'
import { paths } from '#lib/paths.ts'
import { isWithdrawable } from '#lib/policy/case-policy.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { caseStateWords, outcomeWords } from '#lib/text/collection.ts'
import { dayWords, instantWords } from '#lib/text/dates.ts'
import { issueText } from '#lib/text/issues.ts'
import { rowTitle, sectionWords } from '#lib/text/sections.ts'
import { type Desk, returnedIssues } from './collection.ts'

const tones: Readonly<Partial<Record<CaseState, 'good' | 'bad'>>> = {
  approved: 'good',
  returned: 'bad',
  refused: 'bad',
}

/** What 审核告知 tells after submission: who acts, by when, what happened, and where a return is to be mended (SUB-3, SUB-4). */
export async function outcomeOf(deps: Deps, desk: Desk) {
  const { file } = desk
  const rounds = file.case.round > 0 ? await roundsOf(deps.store.read, deps.store.t, file.case.id) : []
  const last = rounds.at(-1)
  const waiting = isUnderReview(file.case.state)
  const provisional =
    file.case.dueOn !== '' && (await deps.calendar()).isProvisional(Number(file.case.dueOn.slice(0, 4)))
  const due =
    waiting && file.case.dueOn !== ''
      ? `${outcomeWords.due(dayWords(file.case.dueOn))}${provisional ? outcomeWords.provisional : ''}`
      : ''
  const moments = rounds.flatMap((round) => [
    {
      when: instantWords(round.submittedAt),
      title: outcomeWords.submitted(round.round),
      state: 'done' as const,
    },
    ...(round.decidedAt
      ? [
          {
            when: instantWords(round.decidedAt),
            title: outcomeWords.decided[round.outcome] ?? '',
            state: 'done' as const,
          },
        ]
      : []),
  ])
  const ahead = waiting
    ? [
        {
          when: due,
          title: outcomeWords.reviewing,
          detail: caseStateWords[file.case.state],
          state: 'now' as const,
        },
        { when: '', title: outcomeWords.finished, state: 'next' as const },
      ]
    : []
  return {
    due,
    moments: [...moments, ...ahead],
    tone: tones[file.case.state] ?? ('info' as const),
    withdrawable: isWithdrawable(caseFacts(file), deps.clock.now()),
    note: last?.noteSealed
      ? deps.keys.unseal(last.noteSealed, roundNoteContext(file.case.id, last.round))
      : '',
    returned: collection.sections.flatMap((section) =>
      returnedIssues(desk, section).map((found) => ({
        ...placeOf(desk, section, found.rowId),
        text: issueText(found),
      })),
    ),
  }
}

/** Where a finding is mended: the page, and for a list the row (or the row that holds the nested one). */
function placeOf(desk: Desk, section: SectionId, rowId: string) {
  const title = sectionWords[section].title
  if (sectionById(section).shape === 'form') return { href: paths.collectionStep(section), place: title }
  const rows = desk.draft.rows(section)
  const index = rows.findIndex((row) => row.id === rowId || row.children?.some(({ id }) => id === rowId))
  const row = rows[index]
  return row
    ? { href: paths.collectionRow(section, row.id), place: `${title} · ${rowTitle(section, index + 1)}` }
    : { href: paths.collectionStep(section), place: title }
}
