/** 报考条件 as a page of answers: what a registration freezes beside the record it was judged by (EXM-2, EXM-3). */
import type { Eligibility, Line } from '#lib/domain/eligibility.ts'
import {
  conditionText,
  countedText,
  eligibilityWords,
  verdictWords,
  whyTexts,
  workText,
} from '#lib/text/eligibility.ts'
import type { Answer, AnswerSection } from './answers.ts'

const answer = (key: string, label: string, shown: string): Answer => ({ key, label, shown })

export function eligibilityAnswers(found: Eligibility): AnswerSection {
  const { level, verdict, lines } = found
  const work = workText(found)
  const told = (line: Line) =>
    answer(
      line.condition,
      eligibilityWords.states[line.state],
      [conditionText(level, line), countedText(line), ...whyTexts(line)]
        .filter((text) => text !== '')
        .join('；'),
    )
  const row = (id: Line['part'], title: string) => ({
    id,
    title,
    answers: lines.filter(({ part }) => part === id).map(told),
    slots: [],
    children: [],
  })
  const { heading, musts, ways, counted } = eligibilityWords.frozen
  return {
    section: 'eligibility',
    title: heading,
    shared: [],
    rows: [
      {
        id: 'verdict',
        title: '',
        answers: [
          answer('verdict', heading, verdictWords[verdict].name),
          ...(work === '' ? [] : [answer('work', counted, work)]),
        ],
        slots: [],
        children: [],
      },
      row('must', musts),
      row('way', ways),
    ],
  }
}
