/** 报考条件 of who is signed in (EXM-2): what the record says to each condition, with the rows it says it by. */
import { penaltiesOf } from '#db/queries/exam-records.ts'
import { openRecord } from '#db/queries/records.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { type Eligibility, eligibility, type Line } from '#lib/domain/eligibility.ts'
import type { RowRef } from '#lib/domain/exam-answers.ts'
import type { ExamSession } from '#lib/domain/exam-conditions.ts'
import { isMonth } from '#lib/domain/months.ts'
import { paths } from '#lib/paths.ts'
import { type ExamConduct, type ExamRecord, examFacts } from '#lib/readers/exam-facts.ts'
import { type Row, valueOf } from '#lib/sections/define.ts'
import {
  conditionText,
  countedText,
  eligibilityWords,
  verdictWords,
  wayName,
  whyTexts,
  workText,
} from '#lib/text/eligibility.ts'
import { rowTitle } from '#lib/text/sections.ts'

interface LineView {
  readonly condition: string
  readonly state: Line['state']
  readonly text: string
  readonly details: readonly string[]
  readonly rows: readonly { readonly label: string; readonly href: string }[]
}

export interface EligibilityView {
  readonly level: ExamSession['level']
  readonly verdict: Eligibility['verdict']
  readonly heading: string
  /** What follows, which way carries it or is nearest, and how work was counted. */
  readonly summary: readonly string[]
  /** Each has to be met. */
  readonly musts: readonly LineView[]
  /** One is enough. */
  readonly ways: readonly LineView[]
}

/** null before there is a record. */
export async function ownEligibility(
  { store, keys, clock }: Deps,
  actor: Applicant,
  session: ExamSession,
): Promise<EligibilityView | null> {
  const { read, t } = store
  const record = await openRecord(read, t, keys, actor.id)
  if (!record) return null
  const conduct = await penaltiesOf(read, t, [actor.id])
  const found = eligibility(examFacts(record, conduct, dayOf(clock.now())), session)
  const said = saying(record, conduct)
  const shown = (line: Line): LineView => ({
    condition: line.condition,
    state: line.state,
    text: conditionText(session.level, line),
    details: [countedText(line), ...whyTexts(line)].filter((text) => text !== ''),
    rows: line.rows.flatMap((row) => said(row) ?? []),
  })
  const lines = (part: Line['part']) => found.lines.filter((line) => line.part === part).map(shown)
  return {
    level: session.level,
    verdict: found.verdict,
    heading: eligibilityWords.heading(session.level, session.year),
    summary: summaryOf(found, session),
    musts: lines('must'),
    ways: lines('way'),
  }
}

function summaryOf(found: Eligibility, { closesOn }: ExamSession): string[] {
  const { level, verdict, via, nearest } = found
  const name = via ?? nearest
  const ofWay = via === null ? eligibilityWords.nearest : eligibilityWords.carried
  const isTold = name !== null && level !== 'junior' && verdict !== 'manual'
  return [
    verdictWords[verdict].text,
    ...(isTold ? [`${ofWay(wayName(level, name))}。`] : []),
    workText(found),
    eligibilityWords.closing(closesOn),
  ].filter((text) => text !== '')
}

/** How a row is called, and where it stands. */
function saying(record: ExamRecord, conduct: readonly ExamConduct[]) {
  const named = (
    section: 'education' | 'qualifications',
    id: string,
    words: (title: string, row: Row) => string,
  ) => {
    const rows = record.proposals.get(section)?.rows ?? []
    const index = rows.findIndex((row) => row.id === id)
    const row = rows[index]
    return row
      ? { label: words(rowTitle(section, index + 1), row), href: `${paths.changes(section)}#row-${id}` }
      : null
  }
  return ({ section, id }: RowRef) => {
    switch (section) {
      case 'education':
        return named(section, id, (title, row) => {
          const graduated = valueOf(row, 'graduated')
          const month = isMonth(graduated) ? graduated : ''
          return eligibilityWords.study(title, valueOf(row, 'level'), valueOf(row, 'degree'), month)
        })
      case 'qualifications':
        return named(section, id, (title, row) =>
          eligibilityWords.title(
            title,
            valueOf(row, 'kind'),
            valueOf(row, 'level'),
            valueOf(row, 'obtained'),
          ),
        )
      case 'conduct': {
        const found = conduct.find((one) => one.id === id)
        return found
          ? { label: eligibilityWords.penalty(found.nature, found.decidedOn), href: paths.conduct }
          : null
      }
    }
  }
}
