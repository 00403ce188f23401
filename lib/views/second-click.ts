/** Of two clicks on a decision the second finds it made: it is told from another one by what it says. */
import { caseById, findingsOf, roundAt, roundNoteContext } from '#db/queries/cases.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import type { PostedFinding } from '#lib/schemas/findings.ts'

const momentMs = 60_000

export interface SentDecision {
  readonly caseId: string
  readonly outcome: 'approved' | 'returned' | 'refused'
  readonly findings: readonly PostedFinding[]
  /** Why it is refused. */
  readonly note: string
}

type Said = Pick<PostedFinding, 'section' | 'rowId' | 'target' | 'reason' | 'note'>
const inWords = (findings: readonly Said[]) =>
  JSON.stringify(
    findings
      .map(({ section, rowId, target, reason, note }) => [section, rowId, target, reason, note].join('\0'))
      .sort(),
  )

/** Whether this actor ended the last round within the last minute, with this outcome and in these words. */
export async function isSecondClick(
  { store, keys, clock }: Deps,
  actor: Staff,
  { caseId, outcome, findings, note }: SentDecision,
): Promise<boolean> {
  const { read, t } = store
  const found = await caseById(read, t, caseId)
  const round = found && (await roundAt(read, t, caseId, found.round))
  if (!round?.decidedAt || round.decidedBy !== actor.id || round.outcome !== outcome) return false
  if (clock.now().getTime() - round.decidedAt.getTime() >= momentMs) return false
  if (outcome === 'approved') return true
  if (outcome === 'refused')
    return keys.unseal(round.noteSealed, roundNoteContext(caseId, round.round)) === note
  const given = await findingsOf(read, t, keys, caseId)
  return inWords(given.filter((one) => one.round === round.round)) === inWords(findings)
}
