/** What registers were asked about a round (CHK-1). */
import { claimContext } from '#db/queries/claims.ts'
import { checkJob } from '#lib/commands/support/checks.ts'
import { type ClaimKind, type ClaimState, subjectOf } from '#lib/domain/claims.ts'
import { dayOf } from '#lib/domain/days.ts'
import type { ReturnReason } from '#lib/domain/return-reasons.ts'
import type { Draft } from '#lib/readers/draft.ts'
import { sectionById } from '#lib/sections/all.ts'
import type { CaseStory, Writing } from './case-story.ts'
import { hours } from './days.ts'
import type { Flaw } from './flaws.ts'
import { idAt } from './random.ts'
import type { Answered, Round } from './story.ts'

/** What differs, where a register says something else, and how a finding calls it. */
const checkReasons: Readonly<Record<ClaimKind, readonly [field: string, reason: ReturnReason]>> = {
  education: ['graduated', 'education-differs-from-chsi'],
  degree: ['degreeNo', 'degree-differs-from-register'],
  'accounting-qualification': ['obtained', 'qualification-differs-from-register'],
  'other-qualification': ['obtained', 'qualification-differs-from-register'],
  'credit-code': ['employer', 'employer-name-code-differ'],
}

/** How the last claim of a round stands; all others agree. */
const lastStates = {
  agrees: 'agrees',
  mixed: 'unavailable',
  differs: 'differs',
  paused: 'checking',
} as const

/** Where a finding points, and what it says. */
export type Found = Pick<Flaw, 'section' | 'rowId' | 'target' | 'reason' | 'note'>

const stateOf = (answered: Answered, isLast: boolean): ClaimState => {
  if (answered === 'unchecked') return 'unchecked'
  if (!isLast) return 'agrees'
  return lastStates[answered]
}

/** What registers were asked, and said: how many claims there are, and the finding where one differs. */
export function addClaims(
  { deps, bulk, random, now }: Writing,
  { kind, person, id: caseId }: CaseStory,
  { answered, round, submittedAt, checkedAt }: Round,
  draft: Draft,
): { readonly count: number; readonly differing: Found | null } {
  if (answered === null) return { count: 0, differing: null }
  const claims = kind.sections.flatMap((section) =>
    draft.rows(section).flatMap((row) =>
      sectionById(section)
        .claims(row, draft.context)
        .map((claim) => ({ section, row, claim })),
    ),
  )
  let differing: Found | null = null
  for (const [index, { section, row, claim }] of claims.entries()) {
    const id = idAt(random, new Date(submittedAt.getTime() + index))
    const state = stateOf(answered, index === claims.length - 1)
    const [field, reason] = checkReasons[claim]
    if (state === 'differs') differing = { section, rowId: row.id, target: field, reason, note: '' }
    bulk.add('claimCheck', {
      id,
      caseId,
      round,
      section,
      rowId: row.id,
      kind: claim,
      state,
      fields: state === 'differs' ? field : '',
      why: state === 'unavailable' ? 'no-data' : '',
      subjectSealed: deps.keys.seal(JSON.stringify(subjectOf(claim, row.values, person)), claimContext(id)),
      source: state === 'agrees' || state === 'differs' ? dayOf(submittedAt).slice(0, 7) : '',
      failingSince: state === 'checking' ? checkedAt : null,
      at: checkedAt ?? submittedAt,
    })
    // Somebody is asked again later: a country that was just made does not set every register to work at once.
    if (state === 'checking')
      bulk.add('job', {
        id: idAt(random, submittedAt),
        kind: checkJob,
        data: { claim: id },
        createdAt: submittedAt,
        runAt: new Date(now.getTime() + hours(2 + random.next() * 20)),
        tries: 5,
        lastError: 'timeout',
      })
  }
  return { count: claims.length, differing }
}
