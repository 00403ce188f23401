import { caseFacts } from '#db/queries/case-file.ts'
import { roundNoteContext, roundsOf } from '#db/queries/cases.ts'
import type { Claim } from '#db/queries/claims.ts'
import { collection } from '#lib/cases/collection.ts'
import type { Deps } from '#lib/deps.ts'
import { type CaseState, isUnderReview } from '#lib/domain/case-states.ts'
import { isWithdrawable } from '#lib/policy/case-policy.ts'
import { countChecks, failingAmong } from '#lib/readers/check-counts.ts'
import { checkWords, countsInWords, subjectsInWords } from '#lib/text/checks.ts'
import { caseStateWords, outcomeWords } from '#lib/text/collection.ts'
import { dayWords, instantWords } from '#lib/text/dates.ts'
import type { Desk } from './collection.ts'
import { returnedLines, whereMended } from './returned.ts'
import { type RowChecks, rowChecks } from './row-checks.ts'
import { warnedRows } from './warnings.ts'

type Round = Awaited<ReturnType<typeof roundsOf>>[number]

const tones: Readonly<Partial<Record<CaseState, 'good' | 'bad'>>> = {
  approved: 'good',
  returned: 'bad',
  refused: 'bad',
}

interface Moment {
  readonly when: string
  readonly title: string
  readonly detail?: string
  readonly state: 'done' | 'now' | 'next'
}

/** The round ended with what registers said, before any person saw it (CHK-4). */
const isReturnedByCheck = ({ outcome, decidedBy }: Round) => outcome === 'returned' && decidedBy === null

/** When the registers had said all they had to say of a round; null where they were not asked, or have not yet. */
function checkedAt({ submittedAt, outcome }: Round, claims: readonly Claim[]): Date | null {
  // Taken back before its checks ended: what differed was told to nobody.
  if (outcome === 'withdrawn' && claims.some(({ state, answered }) => state === 'differs' && !answered))
    return null
  // What was known from an earlier round keeps the time of then.
  const asked = claims.filter(({ state, at }) => state !== 'unchecked' && at >= submittedAt)
  if (claims.some(({ state }) => state === 'checking')) return null
  return asked.reduce<Date | null>((last, { at }) => (last && last > at ? last : at), null)
}

/** What a round has behind it: sent, checked, decided. */
function momentsOf(round: Round, claims: readonly Claim[]): Moment[] {
  const checked = checkedAt(round, claims)
  const byCheck = isReturnedByCheck(round)
  const submitted: Moment = {
    when: instantWords(round.submittedAt),
    title: outcomeWords.submitted(round.round),
    state: 'done',
  }
  const check: Moment[] =
    checked || byCheck
      ? [
          {
            when: instantWords(byCheck && round.decidedAt ? round.decidedAt : (checked ?? round.submittedAt)),
            title: checkWords.title,
            detail: byCheck ? checkWords.returnedShort : countsInWords(countChecks(claims)),
            state: 'done',
          },
        ]
      : []
  const decided: Moment[] =
    round.decidedAt && !byCheck
      ? [
          {
            when: instantWords(round.decidedAt),
            title: outcomeWords.decided[round.outcome] ?? '',
            state: 'done',
          },
        ]
      : []
  return [submitted, ...check, ...decided]
}

/** Registers that do not answer, in words: which, since when, and until when they are tried (CHK-1). */
function failingWords({ env }: Deps, claims: readonly Claim[]): string[] {
  const failing = failingAmong(claims, env.limits.registerRetryHours)
  if (!failing) return []
  return [
    checkWords.failing(subjectsInWords(failing.kinds), instantWords(failing.since)),
    checkWords.paused(instantWords(failing.until)),
  ]
}

/** What 审核告知 tells after submission: who acts, by when, what happened, and where a return is to be mended (SUB-3, SUB-4). */
export async function outcomeOf(deps: Deps, desk: Desk) {
  const { file } = desk
  const { state } = file.case
  const rounds = file.case.round > 0 ? await roundsOf(deps.store.read, deps.store.t, file.case.id) : []
  const claimsOf = ({ round }: Round) => file.claims.filter((claim) => claim.round === round)
  const last = rounds.at(-1)
  const waiting = isUnderReview(state)
  const checking = state === 'checking'
  const provisional =
    file.case.dueOn !== '' && (await deps.calendar()).isProvisional(Number(file.case.dueOn.slice(0, 4)))
  const due =
    waiting && file.case.dueOn !== ''
      ? `${outcomeWords.due(dayWords(file.case.dueOn))}${provisional ? outcomeWords.provisional : ''}`
      : ''
  const returned = returnedLines(desk, collection.sections)
  // SUB-4: all that a return named may be mended while another page no longer fits it.
  const isMended =
    returned.length > 0 &&
    returned.every(({ mended }) => mended) &&
    desk.draft.obstacles(collection.sections).length === 0
  const failing = checking && last ? failingWords(deps, claimsOf(last)) : []
  const check: Moment = {
    when: '',
    title: checkWords.title,
    detail: failing.length > 0 ? checkWords.stopped : caseStateWords.checking,
    state: 'now',
  }
  const review: Moment = checking
    ? { when: due, title: outcomeWords.reviewing, state: 'next' }
    : { when: due, title: outcomeWords.reviewing, detail: caseStateWords[state], state: 'now' }
  const ahead: Moment[] = [
    ...(checking ? [check] : []),
    ...(waiting ? [review, { when: '', title: outcomeWords.finished, state: 'next' as const }] : []),
  ]
  return {
    due,
    next: isMended ? outcomeWords.nextMended : (outcomeWords.next[state] ?? ''),
    isMended,
    /** Told once more before it is sent (EDU-6, WRK-5). */
    warned: desk.editable ? warnedRows(desk, collection.sections) : [],
    /** Registers are being asked; `failing` tells of those that do not answer. */
    checking: checking ? { failing } : null,
    moments: [...rounds.flatMap((round) => momentsOf(round, claimsOf(round))), ...ahead],
    tone: tones[state] ?? ('info' as const),
    withdrawable: isWithdrawable(caseFacts(file), deps.clock.now()),
    note: last?.noteSealed
      ? deps.keys.unseal(last.noteSealed, roundNoteContext(file.case.id, last.round))
      : '',
    /** Rows that a register did not confirm, where that is why the case came back (CHK-4). */
    differing: state === 'returned' && last && isReturnedByCheck(last) ? differingRows(desk) : null,
    returned,
  }
}

export interface DifferingRow extends RowChecks {
  readonly href: string
  readonly place: string
}

const differingRows = (desk: Desk): DifferingRow[] =>
  collection.sections.flatMap((section) =>
    desk.draft.rows(section).flatMap((row) => {
      const checks = rowChecks(desk, section, row)
      return checks ? [{ ...checks, ...whereMended(desk, section, row.id) }] : []
    }),
  )
