/** What a person sees of 属地关系调转 (TRF): what they applied for, how far it is, and what comes after. */
import { caseFile, newestCase } from '#db/queries/case-file.ts'
import { openSnapshot, proposalsOf, roundAt, roundNoteContext, roundsOf } from '#db/queries/cases.ts'
import { changesOf } from '#db/queries/changes.ts'
import { departmentById } from '#db/queries/departments.ts'
import { departmentOfRecord } from '#db/queries/records.ts'
import { departmentNames, stagePassesOfCases, transferRoutes } from '#db/queries/transfers.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { type CaseState, isEditable, isUnderReview } from '#lib/domain/case-states.ts'
import { notFound } from '#lib/domain/errors.ts'
import { provinceOf } from '#lib/domain/province-rules.ts'
import { paths } from '#lib/paths.ts'
import { sectionOf } from '#lib/readers/snapshot.ts'
import { mainRow, valueOf } from '#lib/sections/define.ts'
import { transferReasons } from '#lib/sections/options.ts'
import { obstaclesBefore } from './application.ts'
import { deskOf } from './collection.ts'
import { returnedLines } from './returned.ts'

export const transfersPage = 10

type Found = Awaited<ReturnType<typeof changesOf>>[number]
/** Which of the two departments it is about. */
type Side = 'leaves' | 'joins'

export interface TransferLine {
  readonly caseId: string
  readonly number: string
  readonly kind: 'inside' | 'outside' | null
  readonly from: string
  readonly to: string
  /** TRF-3: the confirmation by 调出地, else the completion; null before, and where nobody left. */
  readonly leftAt: Date | null
  readonly state: CaseState
  /** Whose turn it is, or who has said the last word. */
  readonly side: Side
  readonly proofs: readonly {
    readonly fileId: string
    readonly label: string
    readonly index: number
    readonly count: number
  }[]
}

/** Of one that stands at the first of two stages, or of its only one. */
const sideOf = ({ stage, stages }: Pick<Found['case'], 'stage' | 'stages'>): Side =>
  stage < stages ? 'leaves' : 'joins'

async function linesOf(deps: Deps, found: readonly Found[]): Promise<TransferLine[]> {
  const { read, t } = deps.store
  const ids = found.map(({ case: { id } }) => id)
  const routes = await transferRoutes(read, t, ids)
  const passes = await stagePassesOfCases(read, t, ids)
  const ends = ({ case: one }: Found) => {
    const sent = routes.get(one.id)
    // Its applicant may point elsewhere while mending; a department that took over from another counts otherwise.
    const to = isEditable(one.state) || one.state === 'cancelled' ? sent?.to : one.departmentId
    return { from: sent?.from ?? '', to: to ?? '' }
  }
  const names = await departmentNames(
    read,
    t,
    found.flatMap((one) => Object.values(ends(one))),
  )
  return found.map((one) => {
    const { from, to } = ends(one)
    const [left, joined] = [names.get(from), names.get(to)]
    const { id, state, round, number, decidedAt } = one.case
    const pass = passes.find(({ caseId, round: of }) => caseId === id && of === round)
    const isLeaving = state === 'approved' || isUnderReview(state)
    const slots =
      sectionOf(openSnapshot(deps.keys, one.round), 'transfer')?.rows.flatMap((row) => row.slots) ?? []
    return {
      caseId: id,
      number: number ?? '',
      kind:
        left && joined ? (provinceOf(left.path) === provinceOf(joined.path) ? 'inside' : 'outside') : null,
      from: left?.fullName ?? '',
      to: joined?.fullName ?? '',
      leftAt: isLeaving ? (pass?.at ?? (state === 'approved' ? decidedAt : null)) : null,
      state,
      side: sideOf(one.case),
      proofs: slots.flatMap(({ label, files }) =>
        files.map((fileId, index) => ({ fileId, label, index: index + 1, count: files.length })),
      ),
    }
  })
}

/** The list (TRF-4), what keeps another from being sent (TRF-1), and whose the person is now. */
export async function transferList(deps: Deps, actor: Applicant, cursor: string) {
  const { read, t } = deps.store
  const after = /^[0-9a-f-]{36}$/.test(cursor) ? cursor : ''
  const found = await changesOf(read, t, actor.id, 'transfer', after, transfersPage + 1)
  const shown = found.slice(0, transfersPage)
  const newest = await newestCase(read, t, deps.keys, actor.id, 'transfer')
  const draft = newest && isEditable(newest.case.state) ? await newest.load() : null
  const obstacles = await obstaclesBefore(deps, actor.id, 'transfer', draft)
  const home = await departmentOfRecord(read, t, actor.id)
  return {
    rows: await linesOf(deps, shown),
    continued: after !== '',
    next: found.length > shown.length ? (shown.at(-1)?.case.id ?? null) : null,
    obstacles: obstacles.map((one) => ({ ...one, href: placeOf(one, newest?.case.id ?? null) })),
    draft: draft && (draft.case.state === 'returned' ? ('returned' as const) : ('draft' as const)),
    home: home === null ? '' : ((await departmentById(read, t, home))?.fullName ?? ''),
    moved:
      newest?.case.state === 'approved' && newest.case.departmentId === home
        ? await reasonOf(deps, newest.case.id)
        : null,
  }
}

/** The one under review has a page of its own, and where another department is chosen is the form. */
function placeOf({ code, href }: { code: string; href: string | null }, caseId: string | null) {
  if (code === 'transfer-while-transfer' && caseId !== null) return paths.transfer(caseId)
  return code === 'transfer-same-department' ? `${paths.transferNew}#departmentId` : href
}

/** Which page of the record the reason of a completed transfer asks to be changed next. */
async function reasonOf({ keys, store }: Deps, caseId: string) {
  const rows = (await proposalsOf(store.read, store.t, keys, caseId)).get('transfer')?.rows ?? []
  const row = rows.find(({ id }) => id === mainRow)
  return transferReasons.find((one) => row && valueOf(row, 'reason') === one) ?? null
}

/** 详情 of one that was sent: its last round, and each step with its day; `not-found` for anybody else's. */
export async function transferRecord(deps: Deps, actor: Applicant, caseId: string) {
  const { read, t } = deps.store
  const file = await caseFile(read, t, deps.keys, caseId)
  if (!file || file.case.personId !== actor.id || file.case.kind !== 'transfer') throw notFound()
  const round = await roundAt(read, t, caseId, file.case.round)
  const [line] = round ? await linesOf(deps, [{ case: file.case, round }]) : []
  const answers = round && sectionOf(openSnapshot(deps.keys, round), 'transfer')
  if (!round || !line || !answers) throw notFound()
  const { state, stage, stages, dueOn } = file.case
  const passes = await stagePassesOfCases(read, t, [caseId])
  return {
    ...line,
    submittedAt: round.submittedAt,
    answers,
    stage,
    stages,
    dueOn,
    reasons: state === 'returned' ? returnedLines(deskOf(deps, file), ['transfer']) : [],
    note:
      state === 'refused' && round.noteSealed !== ''
        ? deps.keys.unseal(round.noteSealed, roundNoteContext(caseId, round.round))
        : '',
    /** Every round, oldest first. */
    rounds: (await roundsOf(read, t, caseId)).map((one) => ({
      round: one.round,
      submittedAt: one.submittedAt,
      confirmedAt: passes.find((pass) => pass.round === one.round)?.at ?? null,
      outcome: one.outcome,
      decidedAt: one.decidedAt,
    })),
  }
}
export type TransferRecord = Awaited<ReturnType<typeof transferRecord>>
