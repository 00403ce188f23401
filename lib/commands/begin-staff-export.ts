import { type ExportFile, runningExports, storedKind } from '#db/queries/exports.ts'
import type { Q } from '#db/store.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { examKept, purposeContext, rowCap } from '#lib/domain/exports.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { day, limitKey, spend } from '#lib/limits.ts'
import { exportableKinds, judgeExport } from '#lib/policy/export-policy.ts'
import { authorised } from '#lib/policy/staff-policy.ts'
import { checkStaffExport, type PostedExport } from '#lib/schemas/staff-export.ts'
import { exportSource } from './support/export-sources.ts'
import { exportJob, logExport } from './support/export-work.ts'
import { enqueueJob } from './support/jobs.ts'
import { actingStaff, chosenDepartment } from './support/staff-work.ts'

/**
 * 导出 (ADM-2, ADM-3): leaves a file to be written by a job; gives its id. The same wish asked again while it is being
 * written is that one. Refused: the issues of `checkStaffExport`, `export-full-beyond-you`, `export-empty`,
 * `export-too-many-rows` {limit} at `department`, `export-running` {limit}, `export-per-day` {limit, until}; `not-found`
 * for who exports nothing, and outside their scope.
 */
export async function beginStaffExport(
  deps: Deps,
  actor: Actor,
  { typed }: { /** The form as typed, by field name. */ readonly typed: unknown },
): Promise<string> {
  // Before the form is judged: who exports nothing learns nothing of it.
  if (exportableKinds(actor).length === 0) throw notFound()
  const read = checkStaffExport(typed)
  if (!read.ok) throw refused(...read.issues)
  const wish = read.value
  const asked = await allowed(deps, deps.store.read, actor, wish)
  await counted(deps, wish, asked)
  return deps.store.tx(async (q) => {
    const acting = await actingStaff(deps, q, actor)
    const place = await allowed(deps, q, acting, wish)
    return begin(deps, q, actor.id, wish, place.departmentId)
  })
}

interface Place {
  readonly departmentId: string
  readonly path: string
}

async function allowed(deps: Deps, q: Q, actor: Actor, wish: PostedExport): Promise<Place> {
  const node = await chosenDepartment(deps, q, wish.department)
  const place = { departmentId: node?.id ?? '', path: node?.path ?? '' }
  authorised(judgeExport(actor, { kind: wish.kind, path: place.path, full: wish.full }))
  return place
}

/** Outside any transaction: it may look at a hundred thousand rows. The job counts again. */
async function counted(deps: Deps, wish: PostedExport, place: Place): Promise<void> {
  const limit = rowCap(wish.format, deps.env.limits.exportRows)
  const found = await exportSource(deps, { ...wish, ...place, deciders: false }).count(limit + 1)
  if (found > limit) throw refused(issue('department', 'export-too-many-rows', { limit }))
  if (found === 0) throw refused(issue(null, 'export-empty'))
}

async function begin(
  deps: Deps,
  q: Q,
  accountId: string,
  wish: PostedExport,
  departmentId: string,
): Promise<string> {
  const { store, keys, clock, env } = deps
  const { kind, format, full, purpose, from, to, exam } = wish
  const filter = { from, to, ...examKept(kind, exam) }
  const running = await runningExports(q, store.t, accountId)
  const same = running.find((one) => isSame(one, { kind, format, full, departmentId, filter }))
  if (same) return same.id
  const { exportsRunning, staffExportsPerDay, exportDays } = env.limits
  if (running.length >= exportsRunning)
    throw refused(issue(null, 'export-running', { limit: exportsRunning }))
  const at = clock.now()
  const perDay = { limit: staffExportsPerDay, windowMs: day }
  const turn = await spend(q, store.t, limitKey(deps, 'staff-export', accountId), perDay, at)
  if (!turn.within)
    throw refused(
      issue(null, 'export-per-day', { limit: staffExportsPerDay, until: turn.resetAt.toISOString() }),
    )
  const id = newId(at)
  const row = { id, accountId, kind, format, departmentId, full }
  await insert(q, store.t.exportFile, {
    ...row,
    kind: storedKind(kind),
    purposeSealed: full ? keys.seal(purpose, purposeContext(id)) : '',
    filter,
    createdAt: at,
    expiresAt: new Date(at.getTime() + exportDays * day),
  })
  await enqueueJob(deps, q, { kind: exportJob, data: { export: id } })
  await logExport(deps, q, 'export.begun', row)
  return id
}

type Wished = Pick<ExportFile, 'kind' | 'format' | 'full' | 'departmentId' | 'filter'>

const isSame = (one: Wished, other: Wished) =>
  one.kind === other.kind &&
  one.format === other.format &&
  one.full === other.full &&
  one.departmentId === other.departmentId &&
  one.filter.from === other.filter.from &&
  one.filter.to === other.filter.to &&
  one.filter.level === other.filter.level &&
  one.filter.year === other.filter.year
