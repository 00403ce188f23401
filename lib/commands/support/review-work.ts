/** What every command of a reviewer shares: the case within scope and at its version, its frozen round, the opinions on it. */
import type { CaseFile } from '#db/queries/case-file.ts'
import { findingContext, openSnapshot, roundAt, roundNoteContext, verdictsOf } from '#db/queries/cases.ts'
import { noteTemplatesOf } from '#db/queries/note-templates.ts'
import type { Q, Schema } from '#db/store.ts'
import { insert, remove, update } from '#db/write.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused, stale } from '#lib/domain/errors.ts'
import { longestDays } from '#lib/domain/figures.ts'
import { workingDaysBetween } from '#lib/domain/working-days.ts'
import { newId } from '#lib/ids.ts'
import type { Verb } from '#lib/policy/case-policy.ts'
import type { Snapshot } from '#lib/readers/snapshot.ts'
import { targetsIn } from '#lib/readers/targets.ts'
import { checkOpinions, type Opinions, type PostedOpinions } from '#lib/schemas/findings.ts'
import { takeUpTemplates } from '#lib/schemas/note-templates.ts'
import { changeCase, openCase } from './case-work.ts'
import { type Late, lateAmong } from './late.ts'
import { lockAccount } from './lock-account.ts'

export interface Judgement {
  readonly caseId: string
  /** Of the case as the reviewer saw it; another one since then is `stale` (REV-2). */
  readonly version: number
  readonly opinions: PostedOpinions
}

/** `not-found` outside the scope; `refused` with `own-case`, `case-decided`, `lease-required`, `claimed-by-other`; `stale`. */
export async function openForReview(
  deps: Deps,
  q: Q,
  actor: Staff,
  verb: Extract<Verb, 'claim' | 'release' | 'decide' | 'forward' | 'assign'>,
  { caseId, version }: { caseId: string; version?: number },
): Promise<CaseFile> {
  // Going on leave ends every lease: none begins beside it.
  if (verb === 'claim') await lockAccount(deps, q, actor.id)
  const file = await openCase(deps, q, actor, verb, caseId)
  if (version !== undefined && file.case.version !== version) throw stale()
  return file
}

/** The current round as it was submitted. */
export async function frozenRound(deps: Deps, q: Q, file: CaseFile): Promise<Snapshot> {
  const { id, round } = file.case
  const row = await roundAt(q, deps.store.t, id, round)
  if (!row) throw new Error('a case under review without its round')
  return openSnapshot(deps.keys, row)
}

/**
 * Replaces verdicts and findings of the current round. A pass that is repeated stays whose it was, so one carried over
 * keeps who gave it and in which round (REV-4). Change the case first: whoever does so alone writes here, so that
 * two decisions at once never meet in these rows.
 */
export async function writeOpinions(
  deps: Deps,
  q: Q,
  actor: Staff,
  file: CaseFile,
  posted: PostedOpinions,
): Promise<Opinions & { readonly late: Late; readonly snapshot: Snapshot }> {
  const { t } = deps.store
  const { id: caseId, round } = file.case
  const { sections } = caseKinds[file.case.kind]
  const { opinions, issues } = takeUpTemplates(posted, await templatesChosen(deps, q, file, posted))
  const snapshot = await frozenRound(deps, q, file)
  const checked = checkOpinions(opinions, targetsIn(sections, snapshot))
  if (!checked.ok || issues.length > 0) throw refused(...issues, ...(checked.ok ? [] : checked.issues))
  const { verdicts, findings } = checked.value
  const late = await lateAmong(deps, q, file, findings)
  const isLate = new Set(late.findings)
  const at = deps.clock.now()
  const passedBefore = new Set(
    (await verdictsOf(q, t, caseId))
      .filter((one) => one.round === round && one.passed)
      .map(({ section }) => section),
  )
  const replaced = sections.filter(
    (section) => verdicts.get(section) !== 'pass' || !passedBefore.has(section),
  )
  await remove(q, t.verdict, { caseId, round, section: replaced })
  const given = replaced.flatMap((section) => {
    const word = verdicts.get(section)
    return word ? [{ caseId, round, section, passed: word === 'pass', by: actor.id, at }] : []
  })
  await insert(q, t.verdict, given)
  await remove(q, t.finding, { caseId, round })
  await insert(
    q,
    t.finding,
    findings.map((opinion, index) => {
      const { note, ...finding } = opinion
      // Ids sort by their millisecond, and findings are read in that order.
      const id = newId(new Date(at.getTime() + index))
      const noteSealed = note === '' ? '' : deps.keys.seal(note, findingContext(id))
      return { id, caseId, round, ...finding, noteSealed, late: isLate.has(opinion), by: actor.id, at }
    }),
  )
  return { ...checked.value, late, snapshot }
}

/** What may be chosen from, where anything was: the 常用语 of the department and of those above it. */
async function templatesChosen(deps: Deps, q: Q, file: CaseFile, { findings }: PostedOpinions) {
  if (!findings.some(({ template }) => template) || !file.standsAt) return new Map<string, never>()
  const offered = await noteTemplatesOf(q, deps.store.t, file.standsAt.path.split('/'))
  return new Map(offered.map((one) => [one.id, one]))
}

const noLease = { claimedBy: null, claimedAt: null, claimedUntil: null } as const

/** Ends the round, the lease and the clock; the case changes state under the version it was read at. */
export async function closeRound(
  deps: Deps,
  q: Q,
  /** Null where a machine check returns it (CHK-4). */
  actor: Staff | null,
  file: CaseFile,
  decision: {
    readonly outcome: 'returned' | 'approved' | 'refused'
    readonly change: Partial<Schema['serviceCase']['$inferInsert']>
    readonly note?: string
  },
): Promise<void> {
  const { t } = deps.store
  const { id, round, dueOn, submittedAt } = file.case
  const decidedAt = deps.clock.now()
  await changeCase(deps, q, file, { ...noLease, decidedAt, dueOn: '', ...decision.change })
  await update(
    q,
    t.caseRound,
    { caseId: id, round },
    {
      outcome: decision.outcome,
      decidedBy: actor?.id ?? null,
      decidedAt,
      workingDays:
        submittedAt &&
        workingDaysBetween(dayOf(submittedAt), dayOf(decidedAt), await deps.calendar(), longestDays),
      overdue: dueOn !== '' && dueOn < dayOf(decidedAt),
      ...(decision.note ? { noteSealed: deps.keys.seal(decision.note, roundNoteContext(id, round)) } : {}),
    },
  )
}

export const releasedLease = noLease
