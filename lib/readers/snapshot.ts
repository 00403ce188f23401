/** What a submission freezes: answers as shown, of every section, with what registration knew (SUB-2). */
import type { SectionId } from '#lib/sections/all.ts'
import { sectionById } from '#lib/sections/all.ts'
import { type Registered, registrationAnswers } from '#lib/text/registration.ts'
import { type AnswerSection, answersOf, type Names } from './answers.ts'
import type { Draft } from './draft.ts'

export interface Snapshot {
  readonly sections: readonly AnswerSection[]
}

export const snapshotOf = (
  sections: readonly SectionId[],
  draft: Draft,
  person: Registered,
  names: Names,
): Snapshot => ({
  sections: [
    registrationAnswers(person),
    ...sections.map((id) =>
      answersOf(sectionById(id), draft.rows(id), draft.context, draft.files(id), names),
    ),
  ],
})

export const sectionOf = (snapshot: Snapshot | null, id: string) =>
  snapshot?.sections.find(({ section }) => section === id)

/** Every file a snapshot shows. */
export const filesIn = (snapshot: Snapshot): string[] => {
  const inRows = (rows: AnswerSection['rows']): string[] =>
    rows.flatMap((row) => [...row.slots.flatMap(({ files }) => files), ...inRows(row.children)])
  return [
    ...new Set(
      snapshot.sections.flatMap(({ rows, shared }) => [
        ...inRows(rows),
        ...shared.flatMap(({ files }) => files),
      ]),
    ),
  ]
}
