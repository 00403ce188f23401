/** 报名信息表 (EXM-3): a registration as it was frozen and paid for, on paper. */

import { instantWords } from '#lib/text/dates.ts'
import { paperKindWords, examPaperWords as words } from '#lib/text/papers.ts'
import { registrationSection } from '#lib/text/registration.ts'
import type { Answer, AnswerRow } from './answers.ts'
import { canonical, type Paper } from './paper.ts'
import { paperFacts, recordTables } from './record-paper.ts'
import { type Snapshot, sectionOf } from './snapshot.ts'

/** What stands beside the case of a registration that was paid for. */
export interface PaidEntry {
  /** 报名序号 */
  readonly number: string
  readonly paidAt: Date
}

/** What the rules said of it is for who judged it; `registration` has the person by name and number. */
const unprinted: ReadonlySet<string> = new Set(['verdict'])

/** What is printed of a registration, the text that is the same as long as that is, and which exam it is of. */
export function examPaper(snapshot: Snapshot, { number, paidAt }: PaidEntry, department: string) {
  const rowsOf = (id: string): readonly AnswerRow[] => sectionOf(snapshot, id)?.rows ?? []
  const answersOf = (id: string): Answer[] => rowsOf(id).flatMap(({ answers }) => [...answers])
  const person = answersOf(registrationSection)
  const chosen = answersOf('exam').filter(({ key }) => !unprinted.has(key))
  const said = (answers: readonly Answer[], key: string) =>
    answers.find((answer) => answer.key === key)?.shown ?? ''
  const portraits = rowsOf('basic').flatMap(({ slots }) => slots.filter(({ slot }) => slot === 'portrait'))
  const paper: Paper = {
    title: paperKindWords.exam,
    portrait: portraits[0]?.files[0] ?? '',
    facts: paperFacts([
      { key: 'entryNumber', label: words.number, shown: number },
      { key: 'state', label: words.state, shown: words.paid },
      ...chosen,
      ...person,
      ...answersOf('basic'),
      { key: 'paidAt', label: words.paidAt, shown: instantWords(paidAt) },
      { key: 'department', label: words.department, shown: department },
    ]),
    tables: recordTables(rowsOf),
  }
  // The round is frozen: nothing of it is said anew, whatever is renamed or reworded later.
  const content = canonical({ number, paidAt: paidAt.toISOString(), sections: snapshot.sections })
  return { paper, content, name: said(person, 'name'), subject: said(chosen, 'session') }
}
