/** The queue of a reviewer (REV-1): scope and paging are done by the database, names are masked here. */
import { accountContext } from '#db/queries/accounts.ts'
import { namesOfAccounts } from '#db/queries/cases.ts'
import {
  type Cursor,
  countCap,
  type QueueScope,
  type QueueTab,
  queueByNumber,
  queueCounts,
  queuePage,
  queueTabs,
} from '#db/queries/review.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'
import { maskedName } from '#lib/text/surnames.ts'

export { type QueueTab, queueTabs } from '#db/queries/review.ts'

export const queuePageSize = 20

/** What the queue can be narrowed to. */
export const queueKinds: readonly CaseKindId[] = Object.values(caseKinds).map(({ id }) => id)

export interface QueueRequest {
  readonly tab: QueueTab
  readonly kind?: CaseKindId
  /** A 受理编号 to find, in whatever tab it is. */
  readonly number?: string
  /** Where the page before ended. */
  readonly after?: string
}

export interface QueueRow {
  readonly id: string
  readonly kind: CaseKindId
  readonly number: string
  readonly state: Awaited<ReturnType<typeof queuePage>>[number]['state']
  readonly round: number
  readonly stage: number
  /** Masked. */
  readonly applicant: string
  readonly department: string
  readonly submittedAt: Date
  readonly dueOn: string
  /** Its clock stands still while a register does not answer (CHK-1). */
  readonly paused: boolean
  readonly lateness: 'overdue' | 'soon' | null
  readonly claim: { readonly by: string; readonly since: Date; readonly lapsed: boolean } | null
}

const cursorText = ({ submittedAt, id }: Cursor) => `${submittedAt.getTime()}.${id}`

/** A cursor that is none starts at the beginning. */
function cursorOf(text: string | undefined): Cursor | null {
  const [, millis, id] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(text ?? '') ?? []
  return millis && id ? { submittedAt: new Date(Number(millis)), id } : null
}

export const isQueueTab = (text: string): text is QueueTab => queueTabs.some((tab) => tab === text)

const reviewedPaths = ({ grants }: Staff) =>
  grants
    .filter(({ role, path }) => (role === 'reviewer' || role === 'manager') && path !== '')
    .map(({ path }) => path)

/** Whether this member of staff has a queue at all; operators, auditors and viewers have none. */
export const hasQueue = (actor: Staff): boolean => reviewedPaths(actor).length > 0

/** Whose subtrees this actor reviews; `not-found` for staff who review nothing (SEC-1). */
async function scopeOf(deps: Deps, actor: Staff): Promise<QueueScope> {
  const paths = reviewedPaths(actor)
  if (paths.length === 0) throw notFound()
  const now = deps.clock.now()
  const today = dayOf(now)
  return { actorId: actor.id, paths, now, today, soon: addWorkingDays(today, 1, await deps.calendar()) }
}

export async function reviewQueue(deps: Deps, actor: Staff, { tab, kind, number, after }: QueueRequest) {
  const { read, t } = deps.store
  const scope = await scopeOf(deps, actor)
  const cursor = cursorOf(after)
  const found = number
    ? await queueByNumber(read, t, scope, number)
    : await queuePage(read, t, scope, {
        tab,
        ...(kind ? { kind } : {}),
        after: cursor,
        limit: queuePageSize + 1,
      })
  const shown = found.slice(0, queuePageSize)
  const counts = await queueCounts(read, t, scope, kind)
  const last = shown.at(-1)
  const names = await staffNames(
    deps,
    shown.flatMap(({ claimedBy }) => claimedBy ?? []),
  )
  return {
    tab,
    counts,
    /** How many are on their way: registers are asked first (CHK-4). */
    checking: counts.get('checking') ?? 0,
    cap: countCap,
    continued: cursor !== null,
    next:
      found.length > shown.length && last?.submittedAt
        ? cursorText({ submittedAt: last.submittedAt, id: last.id })
        : null,
    rows: shown.map((row): QueueRow => {
      const open = row.state === 'waiting' || row.state === 'in_review'
      return {
        id: row.id,
        kind: row.kind,
        number: row.number ?? '',
        state: row.state,
        round: row.round,
        stage: row.stage,
        applicant: maskedName(deps.keys.unseal(row.nameSealed, accountContext(row.personId, 'name'))),
        department: row.department,
        submittedAt: row.submittedAt ?? scope.now,
        dueOn: row.dueOn,
        paused: row.state === 'checking' && row.dueOn === '',
        lateness:
          !open || row.dueOn === ''
            ? null
            : row.dueOn < scope.today
              ? 'overdue'
              : row.dueOn <= scope.soon
                ? 'soon'
                : null,
        claim:
          row.claimedBy && row.claimedAt
            ? {
                by: names.get(row.claimedBy) ?? '',
                since: row.claimedAt,
                lapsed: row.claimedUntil === null || row.claimedUntil <= scope.now,
              }
            : null,
      }
    }),
  }
}

/** Full names of members of staff: colleagues know each other. */
export async function staffNames(deps: Deps, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await namesOfAccounts(deps.store.read, deps.store.t, ids)
  return new Map(
    rows.map(({ id, nameSealed }) => [id, deps.keys.unseal(nameSealed, accountContext(id, 'name'))]),
  )
}
