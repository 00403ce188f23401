/** The rounds of a case: what was frozen, found and passed. */
import { findingContext, roundContext, roundFactsContext, roundNoteContext } from '#db/queries/cases.ts'
import { dayOf } from '#lib/domain/days.ts'
import { longestDays } from '#lib/domain/figures.ts'
import { workingDaysBetween } from '#lib/domain/working-days.ts'
import { factsOf } from '#lib/readers/facts.ts'
import { snapshotOf } from '#lib/readers/snapshot.ts'
import { ruleVersion } from '#lib/sections/rule-version.ts'
import { type CaseStory, draftIn, type Writing } from './case-story.ts'
import { addClaims, type Found } from './claim-rows.ts'
import { idAt } from './random.ts'
import type { Round } from './story.ts'

/** How many claims and findings a round has, and whether a register returned it. */
export interface Counted {
  readonly claims: number
  readonly findings: number
  readonly byCheck: boolean
}

/** What a round froze, and what was found in it. */
export function addRound(writing: Writing, story: CaseStory, one: Round): Counted {
  const { deps, bulk, counting, random } = writing
  const { round, submittedAt, outcome, decidedAt, overdue, late } = one
  const { id: caseId, kind, person, department, flaws, note } = story
  const draft = draftIn(story, one)
  const snapshot = snapshotOf(kind.sections, draft, person, { department: department.fullName })
  const facts = factsOf({ sections: kind.sections, draft, person, elsewhere: new Map() })
  const { count, differing } = addClaims(writing, story, one, draft)
  const by = story.decider(round)
  const byCheck = differing !== null
  const told: readonly Found[] = differing ? [differing] : flaws.filter((flaw) => flaw.told === round)
  const found = outcome === 'returned' ? told : []
  const isDecided = decidedAt !== null && outcome !== 'withdrawn'
  const decidedBy = isDecided && !byCheck ? by : null
  const workingDays = isDecided
    ? workingDaysBetween(dayOf(submittedAt), dayOf(decidedAt), counting.calendar, longestDays)
    : null
  bulk.add('caseRound', {
    caseId,
    round,
    snapshotSealed: deps.keys.seal(JSON.stringify(snapshot), roundContext(caseId, round)),
    factsSealed: deps.keys.seal(JSON.stringify(facts), roundFactsContext(caseId, round)),
    ruleVersion,
    departmentId: department.id,
    submittedAt,
    outcome,
    noteSealed: outcome === 'refused' ? deps.keys.seal(note, roundNoteContext(caseId, round)) : '',
    decidedBy,
    decidedAt,
    workingDays,
    overdue,
    lateAt: outcome === 'returned' && late ? decidedAt : null,
  })
  if (decidedAt !== null)
    for (const [index, { section, rowId, target, reason, note: words }] of found.entries()) {
      const id = idAt(random, new Date(decidedAt.getTime() + index))
      bulk.add('finding', {
        id,
        caseId,
        round,
        section,
        rowId,
        target,
        reason,
        noteSealed: words === '' ? '' : deps.keys.seal(words, findingContext(id)),
        late,
        by: byCheck ? null : by,
        at: decidedAt,
      })
    }
  const reasonsIn = (which: (told: number) => boolean) =>
    new Set(flaws.filter((flaw) => which(flaw.told)).map(({ reason }) => reason))
  const reasons = decidedBy === null ? [] : [...reasonsIn((one) => one === round)]
  const before = reasonsIn((one) => one < round)
  counting.happened(department.id, {
    kind: kind.id,
    round,
    submittedAt,
    outcome,
    decidedBy,
    decidedAt,
    workingDays,
    overdue,
    late: outcome === 'returned' && late,
    reasons,
    again: reasons.filter((reason) => before.has(reason)),
  })
  return { claims: count, findings: found.length, byCheck }
}

/** REV-4: what passed and did not change stays passed, with who passed it and when. */
export function addVerdicts(
  { bulk }: Writing,
  { id: caseId, kind, rounds, flaws, decider }: CaseStory,
): void {
  const passes = new Map<string, { by: string; at: Date; round: number }>()
  for (const { round, outcome, decidedAt, answered } of rounds) {
    if (outcome === 'withdrawn' || answered === 'differs' || outcome === 'refused') continue
    const wrong = new Set(flaws.filter(({ told }) => told === round).map(({ section }) => section))
    for (const section of kind.sections) {
      const pass = passes.get(section)
      if (outcome === 'returned' && wrong.has(section)) {
        passes.delete(section)
        if (decidedAt)
          bulk.add('verdict', { caseId, round, section, passed: false, by: decider(round), at: decidedAt })
      } else if (pass)
        bulk.add('verdict', {
          caseId,
          round,
          section,
          passed: true,
          by: pass.by,
          at: pass.at,
          carriedFrom: pass.round,
        })
      else if (decidedAt) {
        bulk.add('verdict', { caseId, round, section, passed: true, by: decider(round), at: decidedAt })
        passes.set(section, { by: decider(round), at: decidedAt, round })
      }
    }
  }
}
