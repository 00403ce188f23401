/** The queue of a reviewer (REV-1): scope and paging are done by the database, names are masked here. */

import { accountContext, ownAccountsOf } from '#db/queries/accounts.ts'
import { namesOfAccounts } from '#db/queries/cases.ts'
import { rushDepartments } from '#db/queries/exam-rush.ts'
import { casesWithLate } from '#db/queries/late-returns.ts'
import { keptCounts } from '#db/queries/queue-kept.ts'
import {
  type Cursor,
  countCap,
  departmentIdsWithin,
  fewDepartments,
  freeParts,
  machineWordsOf,
  type QueuePart,
  type QueueScope,
  type QueueTab,
  queueByIds,
  queueByNumber,
  queueCounts,
  queuePage,
  queueTabs,
} from '#db/queries/review.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { isFitForBatch } from '#lib/domain/batch-fit.ts'
import { dayOf } from '#lib/domain/days.ts'
import { nodeOf, outermost } from '#lib/domain/department-paths.ts'
import { notFound } from '#lib/domain/errors.ts'
import { rushKinds } from '#lib/domain/exam-readiness.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'
import { reviewedPaths } from '#lib/policy/case-policy.ts'
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
  /** Cases that were found otherwise, instead of a tab; those out of scope are left out. */
  readonly ids?: readonly string[]
  /** Of 待领取, only what may be passed with others (REV-5). */
  readonly agreed?: boolean
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
  /** What was seen: a 批量通过 decides nothing else (REV-2). */
  readonly version: number
  /** Masked. */
  readonly applicant: string
  readonly department: string
  readonly submittedAt: Date
  readonly dueOn: string
  /** Its clock stands still while a register does not answer (CHK-1). */
  readonly paused: boolean
  /** It was held back from a 批量通过, for a look by itself. */
  readonly secondLook: boolean
  /** Of its present round's findings some were there to be seen before (一次性告知). */
  readonly late: boolean
  /** It comes first while registration for an exam is near or open there (EXM-3). */
  readonly rush: boolean
  readonly lateness: 'overdue' | 'soon' | null
  readonly claim: { readonly by: string; readonly since: Date; readonly lapsed: boolean } | null
}

/** Where a page ended, and in which part of a tab that has two. */
interface Place {
  readonly at: Cursor | null
  readonly only: QueuePart | undefined
}

const letters = { first: 'f', rest: 'r' } as const
const partIn = (letter: string): QueuePart | undefined =>
  letter === '' ? undefined : letter === 'f' ? 'first' : 'rest'

function placeText({ at, only }: Place): string {
  const letter = only === undefined ? '' : letters[only]
  return at === null ? letter : `${letter}${at.submittedAt.getTime()}.${at.dueOn}.${at.id}`
}

/** One that is none is the beginning. */
function placeIn(text: string | undefined): Place {
  const [, letter = '', millis, dueOn = '', id] =
    /^([fr]?)(?:(\d{1,14})\.(\d{4}-\d\d-\d\d|)\.([0-9a-f-]{36}))?$/.exec(text ?? '') ?? []
  const at = millis && id ? { submittedAt: new Date(Number(millis)), dueOn, id } : null
  return { at, only: partIn(letter) }
}

export const isQueueTab = (text: string): text is QueueTab => queueTabs.some((tab) => tab === text)

/** Whether this member of staff has a queue at all; operators, auditors and viewers have none. */
export const hasQueue = (actor: Staff): boolean => reviewedPaths(actor).length > 0

/** Whose subtrees this actor reviews; `not-found` for staff who review nothing (SEC-1). */
async function scopeOf(deps: Deps, actor: Staff): Promise<QueueScope> {
  const paths = reviewedPaths(actor)
  if (paths.length === 0) throw notFound()
  const now = deps.clock.now()
  const today = dayOf(now)
  const { read, t } = deps.store
  const departments = await departmentIdsWithin(read, t, paths)
  const rush = await rushDepartments(read, t, now, paths, departments)
  const soon = addWorkingDays(today, 1, await deps.calendar())
  const own = await ownAccountsOf(read, t, deps.keys, actor.id)
  return { actorId: actor.id, departments, now, today, soon, rush, own }
}

type Line = Awaited<ReturnType<typeof queuePage>>[number]

const placeOf = ({ id, submittedAt, dueOn }: Line): Cursor | null => submittedAt && { id, submittedAt, dueOn }

/** How often it looks on for cases to fill a page with; what is left over stands on the next one. */
const mostLooks = 10
/** What a further look reads at least, though fewer are missing: of those, too, some may not fit. */
const leastLook = 10

/** A page of what may be passed with others: one definition says which (`isFitForBatch`), the database only leaves out most of the rest. */
async function fitPage(
  { store: { read, t }, keys }: Deps,
  scope: QueueScope,
  { kind, after: from, limit }: { kind: CaseKindId | undefined; after: Cursor | null; limit: number },
): Promise<{ rows: Line[]; next: Cursor | null }> {
  const rows: Line[] = []
  let after = from
  for (let look = 0; look < mostLooks; look += 1) {
    const wanted = Math.max(limit + 1 - rows.length, leastLook)
    const found = await queuePage(read, t, scope, {
      tab: 'free',
      agreed: true,
      ...(kind ? { kind } : {}),
      after,
      limit: wanted,
    })
    const words = await machineWordsOf(
      read,
      t,
      keys,
      found.map(({ id }) => id),
    )
    for (const row of found) {
      const word = words.get(row.id)
      if (!word || !isFitForBatch(word)) after = placeOf(row)
      else if (rows.length === limit) return { rows, next: after }
      else {
        rows.push(row)
        after = placeOf(row)
      }
    }
    if (found.length < wanted) return { rows, next: null }
  }
  return { rows, next: after }
}

interface FoundPage {
  readonly rows: readonly Line[]
  readonly next: Place | null
}

async function pageOfTab(
  deps: Deps,
  scope: QueueScope,
  request: QueueRequest,
  place: Place,
): Promise<FoundPage> {
  const { tab, kind, agreed } = request
  if (agreed && tab === 'free') {
    const wish = { kind, after: place.at, limit: batchPageSize(deps) }
    const { rows, next } = await fitPage(deps, scope, wish)
    return { rows, next: next && { at: next, only: undefined } }
  }
  const parts: readonly (QueuePart | undefined)[] = tab === 'free' ? freeParts(scope, kind) : [undefined]
  return pageOfParts(deps, scope, request, ...beginOf(place, parts))
}

/**
 * The parts still to be read, and where. An exam may have come near or passed between two pages: then some are shown again, and none
 * is left out.
 */
function beginOf(
  { at, only }: Place,
  parts: readonly (QueuePart | undefined)[],
): [readonly (QueuePart | undefined)[], Cursor | null] {
  if (parts.includes(only)) return [parts.slice(parts.indexOf(only)), at]
  return [parts, only === 'first' ? null : at]
}

/** A page begins in one part and may end in the next. */
async function pageOfParts(
  { store: { read, t } }: Deps,
  scope: QueueScope,
  { tab, kind }: QueueRequest,
  parts: readonly (QueuePart | undefined)[],
  from: Cursor | null,
): Promise<FoundPage> {
  const rows: Line[] = []
  for (const [index, only] of parts.entries()) {
    const wish = { tab, ...(kind ? { kind } : {}), only }
    const limit = queuePageSize - rows.length + 1
    const found = await queuePage(read, t, scope, { ...wish, after: index === 0 ? from : null, limit })
    const shown = found.slice(0, limit - 1)
    rows.push(...shown)
    // Full to the line at the end of a part: the next page begins the next one.
    const last = shown.at(-1)
    if (found.length === limit) return { rows, next: { at: last ? placeOf(last) : null, only } }
  }
  return { rows, next: null }
}

async function found(deps: Deps, scope: QueueScope, request: QueueRequest, place: Place): Promise<FoundPage> {
  const { read, t } = deps.store
  if (request.ids) return { rows: await queueByIds(read, t, scope, request.ids), next: null }
  if (request.number) return { rows: await queueByNumber(read, t, scope, request.number), next: null }
  return pageOfTab(deps, scope, request, place)
}

/** As many as may be passed at once, up to what a page can show. */
const batchPageSize = ({ env }: Deps) => Math.min(env.limits.batchCases, 50)

/** The same with how much of what it holds, where counting would take a look at each of many departments. */
async function countedScopeOf(deps: Deps, actor: Staff): Promise<QueueScope> {
  const scope = await scopeOf(deps, actor)
  if (scope.departments.length <= fewDepartments) return scope
  const { read, t } = deps.store
  const roots = outermost(reviewedPaths(actor)).map(nodeOf)
  return { ...scope, kept: await keptCounts(read, t, { ...scope, roots }) }
}

export async function reviewQueue(deps: Deps, actor: Staff, request: QueueRequest) {
  const { read, t } = deps.store
  const { tab, kind, after } = request
  const scope = await countedScopeOf(deps, actor)
  const place = placeIn(after)
  const { rows: shown, next } = await found(deps, scope, request, place)
  const rush = new Set(scope.rush)
  const counts = await queueCounts(read, t, scope, kind)
  const late = await casesWithLate(read, t, shown)
  const names = await staffNames(
    deps,
    shown.flatMap(({ claimedBy }) => claimedBy ?? []),
  )
  return {
    tab,
    /** When it was read. */
    now: scope.now,
    counts,
    /** How many are on their way: registers are asked first (CHK-4). */
    checking: counts.get('checking') ?? 0,
    cap: countCap,
    /** Of 待领取 some comes first now (EXM-3). */
    isRush: tab === 'free' && !request.agreed && freeParts(scope, kind).length > 1,
    continued: place.at !== null || place.only !== undefined,
    next: next && placeText(next),
    rows: shown.map((row): QueueRow => {
      const open = row.state === 'waiting' || row.state === 'in_review'
      return {
        id: row.id,
        kind: row.kind,
        number: row.number ?? '',
        state: row.state,
        round: row.round,
        stage: row.stage,
        version: row.version,
        applicant: maskedName(deps.keys.unseal(row.nameSealed, accountContext(row.personId, 'name'))),
        department: row.department,
        submittedAt: row.submittedAt ?? scope.now,
        dueOn: row.dueOn,
        paused: row.state === 'checking' && row.dueOn === '',
        secondLook: open && row.secondLookAt !== null,
        late: late.has(row.id),
        rush: open && row.sentTo !== null && rush.has(row.sentTo) && rushKinds.includes(row.kind),
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

/** The 受理编号 of those of these cases that are within the actor's scope. */
export async function numbersOf(
  deps: Deps,
  actor: Staff,
  caseIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await queueByIds(deps.store.read, deps.store.t, await scopeOf(deps, actor), caseIds)
  return rows.flatMap(({ number }) => number ?? [])
}
