/** An application about the record on one page (TRF, CRE, AWD): what keeps it from being sent, and how far it is. */
import { type CaseFile, caseFacts, newestCase } from '#db/queries/case-file.ts'
import { kindsUnderReview, roundNoteContext, roundsOf } from '#db/queries/cases.ts'
import { departmentOfRecord } from '#db/queries/records.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { type ApplicationKind, isApplicationKind } from '#lib/domain/applications.ts'
import { type CaseState, isUnderReview } from '#lib/domain/case-states.ts'
import { isOfOffice } from '#lib/domain/conduct.ts'
import { isWithdrawable } from '#lib/policy/case-policy.ts'
import { type AnswerSection, answersOf } from '#lib/readers/answers.ts'
import { sectionById } from '#lib/sections/all.ts'
import { actingDepartment } from './acting-department.ts'
import { deskOf } from './collection.ts'
import { departmentLevels } from './department-levels.ts'
import { type Obstacle, obstaclesOf } from './obstacles.ts'

export const isApplicationSection = isApplicationKind

/** What is in the way before anything is typed (TRF-1), judged by the precondition the command asks; what the office files about them no page tells (AWD-1). */
export async function obstaclesBefore(
  { store }: Deps,
  personId: string,
  kind: CaseKindId,
  file: CaseFile | null = null,
): Promise<Obstacle[]> {
  const { read, t } = store
  const home = await departmentOfRecord(read, t, personId)
  const found = await kindsUnderReview(read, t, personId, file?.case.id ?? null)
  const underReview = found.filter((one) => !isOfOffice(one))
  return obstaclesOf(kind, {
    hasRecord: home !== null,
    underReview,
    staysHere:
      caseKinds[kind].department === 'from-record-to-chosen' &&
      home !== null &&
      file?.case.departmentId === home,
  })
}

const isOver = (state: CaseState) => state === 'approved' || state === 'refused' || state === 'cancelled'

/** How the last one ended; what a refusal says. */
async function endOf({ keys, store }: Deps, found: CaseFile['case']) {
  const last = (await roundsOf(store.read, store.t, found.id)).at(-1)
  return {
    state: found.state,
    number: found.number ?? '',
    note: last?.noteSealed ? keys.unseal(last.noteSealed, roundNoteContext(found.id, last.round)) : '',
  }
}

/** The person's application of a kind: the open one on the desk, or how the last one ended. */
export async function applicationDesk(deps: Deps, actor: Applicant, kind: ApplicationKind) {
  const { read, t } = deps.store
  const newest = await newestCase(read, t, deps.keys, actor.id, kind)
  const found = newest?.case
  const file = newest && !isOver(newest.case.state) ? await newest.load() : null
  const last = found && !file && found.state !== 'cancelled' ? await endOf(deps, found) : null
  const obstacles = await obstaclesBefore(deps, actor.id, kind, file)
  const department = found ? await actingDepartment(deps, found) : null
  if (!file)
    return {
      kind,
      desk: null,
      last,
      obstacles,
      department,
      answers: null,
      withdrawable: false,
      levels: [],
      chain: [],
    }
  const desk = deskOf(deps, file)
  const { levels, chain } =
    kind === 'transfer' && desk.editable
      ? await departmentLevels(deps, file.case.departmentId ?? '')
      : { levels: [], chain: [] }
  return {
    kind,
    desk,
    last,
    obstacles,
    department,
    /** What was sent, while it is looked at. */
    answers: isUnderReview(file.case.state) ? sentAnswers(desk.draft, kind, file) : null,
    withdrawable: isWithdrawable(caseFacts(file), deps.clock.now()),
    levels,
    chain,
  }
}
export type ApplicationDesk = Awaited<ReturnType<typeof applicationDesk>>

// Nothing can be edited while it is under review: the draft is what was sent.
const sentAnswers = (
  draft: ReturnType<typeof deskOf>['draft'],
  kind: ApplicationKind,
  file: CaseFile,
): AnswerSection =>
  answersOf(sectionById(kind), draft.rows(kind), draft.context, draft.files(kind), {
    department: file.department?.fullName ?? '',
  })
