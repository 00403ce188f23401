/** Of two clicks on a decision the second finds it made: it is told from another one by what it says. */
import { caseById, findingsOf, roundAt, roundNoteContext } from '#db/queries/cases.ts'
import { departmentById } from '#db/queries/departments.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import type { PostedFinding } from '#lib/schemas/findings.ts'
import { takeUpTemplates } from '#lib/schemas/note-templates.ts'
import { offeredTemplates } from './note-templates.ts'

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
  deps: Deps,
  actor: Staff,
  { caseId, outcome, findings, note }: SentDecision,
): Promise<boolean> {
  const { store, keys, clock } = deps
  const { read, t } = store
  const found = await caseById(read, t, caseId)
  const round = found && (await roundAt(read, t, caseId, found.round))
  if (!round?.decidedAt || round.decidedBy !== actor.id || round.outcome !== outcome) return false
  if (clock.now().getTime() - round.decidedAt.getTime() >= momentMs) return false
  if (outcome === 'approved') return true
  if (outcome === 'refused' && keys.unseal(round.noteSealed, roundNoteContext(caseId, round.round)) !== note)
    return false
  const given = await findingsOf(read, t, keys, caseId)
  const meant = await withTemplates(deps, round.departmentId, findings)
  return inWords(given.filter((one) => one.round === round.round)) === inWords(meant)
}

/** As they were written: with the 常用语 that were chosen beside them. */
async function withTemplates(deps: Deps, departmentId: string, findings: SentDecision['findings']) {
  const { read, t } = deps.store
  if (!findings.some(({ template }) => template)) return findings
  const department = await departmentById(read, t, departmentId)
  const offered = department ? await offeredTemplates(deps, department.path) : []
  return takeUpTemplates({ verdicts: {}, findings }, new Map(offered.map((one) => [one.id, one]))).opinions
    .findings
}
