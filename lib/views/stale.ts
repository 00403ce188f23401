import { answersOf } from '#lib/readers/answers.ts'
import { diffAnswers } from '#lib/readers/diff.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'
import { common } from '#lib/text/sections.ts'
import type { Desk } from './collection.ts'

/** What differs between a row as stored and as typed, in words (COL-4). */
export function changesOf(desk: Desk, section: SectionId, stored: Row, typed: Row) {
  const read = (row: Row) =>
    answersOf(sectionById(section), [row], desk.draft.context, [], {
      department: desk.file.department?.fullName ?? '',
    })
  const before = read(stored)
  const after = read(typed)
  const labels = new Map(
    [before, after].flatMap(({ rows }) =>
      rows.flatMap((row) =>
        [row, ...row.children].flatMap(({ id, answers }) =>
          answers.map(({ key, label }) => [`${id}/${key}`, label] as const),
        ),
      ),
    ),
  )
  return diffAnswers(before, after).map(({ rowId, key, before: was, after: is }) => ({
    label: labels.get(`${rowId}/${key}`) ?? key,
    stored: was ?? common.blank,
    typed: is ?? common.blank,
  }))
}
