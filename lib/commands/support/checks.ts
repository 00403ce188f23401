/** The machine checks of a round (CHK): written with the submission, settled one by one, ended together. */
import type { CaseFile } from '#db/queries/case-file.ts'
import { eventsOfCase } from '#db/queries/cases.ts'
import { type Claim, claimById, claimContext } from '#db/queries/claims.ts'
import type { Q } from '#db/store.ts'
import { insert, update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { sameSubject, toldClaims } from '#lib/domain/claims.ts'
import { clockMarks, dueOf } from '#lib/domain/due.ts'
import { newId } from '#lib/ids.ts'
import type { DraftClaim } from '#lib/readers/claims.ts'
import { claimKey } from '#lib/sections/define.ts'
import { openCaseForService } from './case-work.ts'
import { enqueueJobs } from './jobs.ts'

/** The kind of job that asks a register about one claim. */
export const checkJob = 'check-claim'

type Standing = Pick<Claim, 'state' | 'why' | 'fields' | 'notes' | 'source' | 'at'>

/**
 * How a claim begins its round. What a register has said of the same words stands; what it did not confirm goes to a person
 * once the proofs are there; everything else is asked. `earlier` is what the person has been told of it.
 */
function beginning(
  deps: Deps,
  claim: DraftClaim,
  earlier: readonly Claim[],
): Standing & { answered: boolean } {
  const last = earlier.at(-1)
  const answered = claim.proven && earlier.some(({ state }) => state === 'differs')
  const stands = last && (last.state === 'agrees' || answered)
  if (stands && sameSubject(claim.kind, last.subject, claim.subject)) return { ...last, answered }
  return {
    state: deps.registers === null ? 'unchecked' : 'checking',
    why: '',
    fields: [],
    notes: [],
    source: '',
    at: deps.clock.now(),
    answered,
  }
}

/** Writes the claims of a round and the jobs that ask about them; how many have to be waited for. */
export async function writeClaims(
  deps: Deps,
  q: Q,
  file: CaseFile,
  round: number,
  claims: readonly DraftClaim[],
): Promise<number> {
  const now = deps.clock.now()
  const keyOf = ({ section, rowId, kind }: Pick<Claim, 'section' | 'rowId' | 'kind'>) =>
    claimKey(section, rowId, kind)
  const returned = new Set(file.findings.map((finding) => finding.round))
  const known = Map.groupBy(toldClaims(file.claims, returned), keyOf)
  const rows = claims.map((claim, index) => {
    // Ids sort by their millisecond, and claims are read in that order.
    const id = newId(new Date(now.getTime() + index))
    const { section, rowId, kind, subject } = claim
    const { fields, notes, ...begun } = beginning(deps, claim, known.get(keyOf(claim)) ?? [])
    return {
      id,
      caseId: file.case.id,
      round,
      section,
      rowId,
      kind,
      state: begun.state,
      why: begun.why,
      fields: fields.join(' '),
      notes: notes.join(' '),
      subjectSealed: deps.keys.seal(JSON.stringify(subject), claimContext(id)),
      answered: begun.answered,
      source: begun.source,
      at: begun.at,
    }
  })
  await insert(q, deps.store.t.claimCheck, rows)
  const pending = rows.filter(({ state }) => state === 'checking')
  await enqueueJobs(
    deps,
    q,
    pending.map(({ id }) => ({ kind: checkJob, data: { claim: id } })),
  )
  return pending.length
}

export async function changeClaim(
  deps: Deps,
  q: Q,
  id: string,
  change: Partial<(typeof deps.store.t.claimCheck)['$inferInsert']>,
): Promise<void> {
  const { claimCheck } = deps.store.t
  await update(q, claimCheck, { id }, change)
}

/** A claim is settled once; what comes later, or for a claim that is gone, changes nothing. */
export async function openUnsettled(deps: Deps, q: Q, claimId: string) {
  const found = await claimById(q, deps.store.t, deps.keys, claimId)
  if (found?.state !== 'checking') return null
  const file = await openCaseForService(deps, q, found.caseId)
  // Read again under the lock of its case: the last of several ends the checks, and only one is the last.
  const claim = file?.claims.find(({ id }) => id === claimId)
  return file && claim?.state === 'checking' ? { file, claim } : null
}

/** Whether the answer to this claim still decides what becomes of its case. */
export const isBeingChecked = ({ case: { state, round } }: Pick<CaseFile, 'case'>, claim: Claim) =>
  state === 'checking' && claim.round === round

/** The day by which the review ends, from the log alone. */
export async function dueNow(deps: Deps, q: Q, file: CaseFile) {
  const events = await eventsOfCase(q, deps.store.t, file.case.id)
  return dueOf(clockMarks(events), await deps.calendar())
}
