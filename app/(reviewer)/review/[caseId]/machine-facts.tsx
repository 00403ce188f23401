import type { ReactNode } from 'react'
import { Badge, type Tone } from '#app/_ui/badge.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { claimSubjects, countsInWords, fieldsInWords } from '#lib/text/checks.ts'
import { instantWords } from '#lib/text/dates.ts'
import { factText, factTones } from '#lib/text/facts.ts'
import { reviewWords } from '#lib/text/review.ts'
import type { ReviewCase } from '#lib/views/review-case.ts'
import type { ClaimView, FactView } from '#lib/views/review-section.ts'

const words = reviewWords.checks

const tones: Readonly<Record<ClaimView['state'], Tone>> = {
  unchecked: 'quiet',
  checking: 'info',
  agrees: 'good',
  differs: 'bad',
  unavailable: 'warn',
}

/** Why it stands so, in a sentence; '' where its word says all. */
function reasonOf({ section, state, why, fields, failingSince }: ClaimView): string {
  switch (state) {
    case 'differs':
      return why === 'not-found' ? words.notFound : words.differs(fieldsInWords(section, fields))
    case 'unavailable':
      return why === 'gave-up' ? words.gaveUp : words.noData
    case 'unchecked':
      return words.unchecked
    case 'checking':
      return failingSince ? words.failing(instantWords(failingSince)) : ''
    default:
      return ''
  }
}

/** What a register said of this number: in a word, why, who said so and when (CHK-1). */
export function ClaimMark({ claim }: { claim: ClaimView }) {
  const { section, kind, state, notes, source, answered, at } = claim
  const reason = reasonOf(claim)
  const isTold = state === 'agrees' || state === 'differs'
  return (
    <div className="space-y-1 text-hint">
      <p>
        <Badge tone={tones[state]}>
          {reviewWords.claimLine(claimSubjects[kind], reviewWords.claimStates[state])}
        </Badge>{' '}
        {reason === '' ? null : <span className={state === 'differs' ? 'text-bad' : ''}>{reason}</span>}
      </p>
      {answered && state !== 'agrees' ? (
        <p>
          <Badge tone="warn">{factTones.warn}</Badge> {words.answered}
        </p>
      ) : null}
      {notes.length > 0 ? (
        <p className="text-ink-2">
          {factTones.quiet}：{words.noted(fieldsInWords(section, notes))}
        </p>
      ) : null}
      {isTold ? <p className="text-ink-3">{words.source(source, instantWords(at))}</p> : null}
    </div>
  )
}

/** One thing a machine says without asking anybody (CHK-3). */
export const FactLine = ({ fact, children }: { fact: FactView; children?: ReactNode }) => (
  <p className="text-hint">
    <Badge tone={fact.tone}>{factTones[fact.tone]}</Badge> {children}
    {factText(fact)}
  </p>
)

/** What stands at no answer, and what wants a look: the rest is told beside its field. */
const isListed = ({ target, tone }: FactView) => target === '' || tone === 'warn' || tone === 'bad'

/** All checks of the round at a glance, and what they leave to be looked at (CHK-1, CHK-3). */
export function MachineChecks({ view }: { view: ReviewCase }) {
  const counts = countsInWords(view.checks.counts)
  const listed = view.sections.flatMap(({ id, answers, facts }) =>
    facts.filter(isListed).map((fact) => ({ id, title: answers.title, fact })),
  )
  if (counts === '' && listed.length === 0) return null
  return (
    <div className="mb-6">
      <Panel title={words.title} tone="panel">
        {counts === '' ? null : <p className="font-medium">{words.summary(counts)}</p>}
        {listed.length === 0 ? null : (
          <ul className="mt-3 space-y-2">
            {listed.map(({ id, title, fact }) => (
              <li key={`${fact.code}/${fact.rowId}/${fact.target}/${fact.params.file ?? ''}`}>
                <FactLine fact={fact}>
                  <a href={`#section-${id}`}>
                    {[title, fact.place].filter((part) => part !== '').join(' · ')}
                  </a>{' '}
                </FactLine>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  )
}
