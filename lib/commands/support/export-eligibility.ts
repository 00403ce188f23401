/** 报考条件测算: who of a subtree may sit an exam, by the record as it is now, and what the others lack (EXM-2). Always masked. */
import { setImmediate as othersFirst } from 'node:timers/promises'
import { accountContext } from '#db/queries/accounts.ts'
import { closingOf, examRecordsOf } from '#db/queries/exam-records.ts'
import { sealedPeople } from '#db/queries/export-rows.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { eligibility } from '#lib/domain/eligibility.ts'
import { type ExamSession, sessionClosing, usualSession } from '#lib/domain/exam-conditions.ts'
import { maskNumber } from '#lib/domain/masking.ts'
import { examFacts } from '#lib/readers/exam-facts.ts'
import { eligibilityWords, missingText, verdictWords, wayName } from '#lib/text/eligibility.ts'
import { sheetColumns } from '#lib/text/export-sheets.ts'
import { maskedName } from '#lib/text/surnames.ts'
import type { Cell } from './export-sheets.ts'
import { codeColumn, column, type ExportSource, type ExportWish, type Page } from './export-source.ts'
import { type Placed, peopleOfSubtree } from './export-subtree.ts'

const words = sheetColumns.eligibility

const columns = [
  column(words.department, 32),
  column(words.name, 12),
  codeColumn(words.number, 22),
  column(words.exam, 18),
  column(words.verdict, 16),
  column(words.via, 22),
  column(words.months, 20),
  column(words.missing, 48),
]

/** Registration ends as the session says where there is one, in the province asked for; else as in other years. Of no exam there is nothing to say. */
export function eligibilitySource(deps: Deps, { path, exam }: ExportWish): ExportSource {
  if (!exam) return { columns, count: async () => 0, async *pages() {} }
  const { read, t } = deps.store
  const people = (session: ExamSession) =>
    peopleOfSubtree(deps, path, (placed) => pageOf(deps, placed, session))
  return {
    columns,
    count: people(usualSession(exam.level, exam.year)).count,
    async *pages() {
      const [province = ''] = path.split('/')
      const closesAt = await closingOf(read, t, exam, province)
      const session = closesAt ? sessionClosing(exam, closesAt) : usualSession(exam.level, exam.year)
      yield* people(session).pages()
    },
  }
}

async function pageOf(
  { store, keys, clock }: Deps,
  placed: readonly Placed[],
  session: ExamSession,
): Promise<Page> {
  const ids = placed.map(({ id }) => id)
  const sealed = await sealedPeople(store.read, store.t, ids)
  const records = await examRecordsOf(store.read, store.t, ids)
  await othersFirst()
  const today = dayOf(clock.now())
  const who = new Map(sealed.map((one) => [one.id, one]))
  const open = (text: string, id: string, of: 'name' | 'number') =>
    text === '' ? '' : keys.unseal(text, accountContext(id, of))
  const rows = placed.flatMap(({ id, department }): Cell[][] => {
    const [one, record] = [who.get(id), records.get(id)]
    // Gone since its id was read.
    if (!one || !record) return []
    const found = eligibility(examFacts(record, record.conduct, today), session)
    return [
      [
        department,
        maskedName(open(one.nameSealed, id, 'name')),
        maskNumber(open(one.numberSealed, id, 'number')),
        eligibilityWords.heading(session.level, session.year),
        verdictWords[found.verdict].name,
        found.verdict === 'eligible' && found.via ? wayName(session.level, found.via) : '',
        found.work?.months ?? '',
        missingText(found),
      ],
    ]
  })
  return { rows, people: [] }
}
