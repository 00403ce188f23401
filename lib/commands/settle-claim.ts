import type { CaseFile } from '#db/queries/case-file.ts'
import type { Claim } from '#db/queries/claims.ts'
import type { Q } from '#db/store.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { type ClaimAnswer, claimShapes } from '#lib/domain/claims.ts'
import type { ReturnReason } from '#lib/domain/return-reasons.ts'
import { newId } from '#lib/ids.ts'
import { changeCase, log, nextState } from './support/case-work.ts'
import { changeClaim, dueNow, isBeingChecked, openUnsettled } from './support/checks.ts'
import { countRound } from './support/figures.ts'
import { notifyOfCase } from './support/notify.ts'
import { closeRound } from './support/review-work.ts'

/** In the words a reviewer would use, so that applicants read one language (REV-4). */
const reasons: Readonly<Record<Claim['kind'], ReturnReason>> = {
  education: 'education-differs-from-chsi',
  degree: 'degree-differs-from-register',
  'accounting-qualification': 'qualification-differs-from-register',
  'other-qualification': 'qualification-differs-from-register',
  'credit-code': 'employer-name-code-differ',
}

/**
 * Writes down what a register said of a claim. The last one of a round ends its checks: what differs and was not answered by
 * proofs returns the case by itself, as a round of its own (CHK-4); else it waits for a reviewer. An answer that comes twice
 * has no further effect; one that comes after the case was taken back is not kept: it was told to nobody.
 */
export async function settleClaim(
  deps: Deps,
  { claimId, answer, source: said }: { claimId: string; answer: ClaimAnswer; source: string },
): Promise<void> {
  // Whatever a register calls itself: PostgreSQL would refuse the answer for it.
  const source = said.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
  await deps.store.tx(async (q) => {
    const open = await openUnsettled(deps, q, claimId)
    if (!open) return
    const { file, claim } = open
    const at = deps.clock.now()
    if (!isBeingChecked(file, claim))
      return changeClaim(deps, q, claimId, { state: 'unchecked', failingSince: null, at })
    const settled: Claim = { ...claim, ...answer, source, failingSince: null, at }
    await changeClaim(deps, q, claimId, {
      state: answer.state,
      why: answer.why,
      fields: answer.fields.join(' '),
      notes: answer.notes.join(' '),
      source,
      failingSince: null,
      at,
    })
    const round = file.claims
      .filter((one) => one.round === claim.round)
      .map((one) => (one.id === claimId ? settled : one))
    const resumed = await resumeClock(deps, q, file, round)
    if (!round.some(({ state }) => state === 'checking')) await endChecks(deps, q, file, round)
    else if (resumed) await changeCase(deps, q, file, { dueOn: await dueNow(deps, q, file) })
  })
}

async function endChecks(deps: Deps, q: Q, file: CaseFile, claims: readonly Claim[]): Promise<void> {
  const { round } = file.case
  const failed = claims.filter(({ state, answered }) => state === 'differs' && !answered)
  if (failed.length === 0) {
    await changeCase(deps, q, file, { state: nextState(file, 'checked'), dueOn: await dueNow(deps, q, file) })
    await log(deps, q, file, null, 'case.checked', { round, claims: claims.length })
    return
  }
  await closeRound(deps, q, null, file, {
    outcome: 'returned',
    change: { state: nextState(file, 'return'), dueOn: '' },
  })
  const at = deps.clock.now()
  const findings = failed.flatMap(findingsOfClaim).map((finding, index) => ({
    // Ids sort by their millisecond, and findings are read in that order.
    id: newId(new Date(at.getTime() + index)),
    caseId: file.case.id,
    round,
    ...finding,
    noteSealed: '',
    by: null,
    at,
  }))
  await insert(q, deps.store.t.finding, findings)
  await countRound(deps, q, { caseId: file.case.id, round })
  await notifyOfCase(deps, q, file, 'case-returned-by-check', { findings: findings.length })
  await log(deps, q, file, null, 'case.returned-by-check', { round, findings: findings.length })
}

/** One finding at each field that differs; at the number it was looked up by where there is no record at all. */
function findingsOfClaim({ section, rowId, kind, why, fields }: Claim) {
  if (why === 'not-found')
    return [{ section, rowId, target: claimShapes[kind].entry, reason: 'not-in-register' as const }]
  return fields.map((field) =>
    field === 'name'
      ? { section, rowId, target: '', reason: 'register-names-somebody-else' as const }
      : { section, rowId, target: field, reason: reasons[kind] },
  )
}

/** No register of this round is failing any more: the days that were left run on. */
async function resumeClock(deps: Deps, q: Q, file: CaseFile, claims: readonly Claim[]): Promise<boolean> {
  const paused = file.claims.some(
    ({ round, failingSince }) => round === file.case.round && failingSince !== null,
  )
  if (!paused || claims.some(({ failingSince }) => failingSince !== null)) return false
  await log(deps, q, file, null, 'clock.resumed', { round: file.case.round })
  return true
}
