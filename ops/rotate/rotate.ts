/**
 * Writes everything anew that is not under the newest key (SEC-2), beside a running server: pages are read and computed outside
 * any transaction, a batch is written in a short one and only where a row is still what was read, and how far it has come
 * stands in the same transaction. Told to begin again it goes on there.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { and, eq, min, sql } from 'drizzle-orm'
import { keyIdOf } from '#db/crypto.ts'
import { record } from '#db/events.ts'
import { isUnique, type Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'
import { type Lost, lostNow, recoverOwnIdentities } from './own-identities.ts'
import { isThere, pageOf, placeOf, writeRow } from './pages.ts'
import { type Part, plan, type Stored } from './plan.ts'
import { type Rewritten, rewrite } from './rewrite.ts'
import { resolveTwins } from './twins.ts'

const pageSize = 200
/** Files are waited for, so a few of them at once. */
const filesAtOnce = 4
/** As often as all parts are looked through again for what a process wrote that still had the older key. */
const mostPasses = 4

export interface RotateOptions {
  /** Forgets how far an earlier run came under this key. */
  readonly again?: boolean
  /** Between two batches, so that whoever waits for the database gets it. */
  readonly pauseMs?: number
  readonly batch?: number
  /** After every batch that was written. */
  readonly onBatch?: (part: string, seen: number) => void | Promise<void>
  readonly say?: (line: string) => void
}

export interface Rotated extends Lost {
  readonly keyId: string
  readonly rows: number
  readonly files: number
  /** Values that do not open, by the key they ask for ('' where no header says it) and by table and column. */
  readonly left: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Values that open and are under an older key all the same. */
  readonly waiting: number
  /** Files that are not there, and files that do not open. */
  readonly missing: number
  readonly damaged: number
  /** Receipts whose paper says something else by now: they say so for good. */
  readonly outdated: number
  /** Rows whose index somebody else holds under the newest key, `table place`. */
  readonly twins: readonly string[]
}

interface Tally {
  seen: number
  rows: number
  files: number
  missing: number
  damaged: number
  outdated: number
  readonly neededByFiles: Map<string, number>
  readonly twins: Set<string>
}

const newTally = (): Tally => ({
  seen: 0,
  rows: 0,
  files: 0,
  missing: 0,
  damaged: 0,
  outdated: 0,
  neededByFiles: new Map(),
  twins: new Set(),
})

interface Made extends Rewritten {
  readonly row: Stored
  readonly fileKey: string | null
}

/** The row as it is to be, its file already sealed anew under the same name. */
async function prepare(deps: Deps, part: Part, row: Stored, tally: Tally): Promise<Made> {
  const { bytes, ...made } = await rewrite(deps, part, row, true)
  const fileKey = part.file?.(row) ?? null
  if (fileKey !== null && made.file === 'waits' && bytes !== null) {
    await deps.files.put(fileKey, bytes)
    tally.files += 1
  }
  if (made.file === 'missing') tally.missing += 1
  for (const { column, keyId } of made.unopened) {
    if (column !== 'file') continue
    const isKnown = keyId === null || deps.keys.ids.includes(keyId)
    if (isKnown) tally.damaged += 1
    else tally.neededByFiles.set(keyId, (tally.neededByFiles.get(keyId) ?? 0) + 1)
  }
  if (part.table === 'receipt' && made.stuck.length > 0) tally.outdated += 1
  return { ...made, row, fileKey }
}

async function prepareAll(deps: Deps, part: Part, rows: readonly Stored[], tally: Tally): Promise<Made[]> {
  const made: Made[] = []
  const atOnce = part.file ? filesAtOnce : rows.length
  for (let from = 0; from < rows.length; from += atOnce)
    made.push(
      ...(await Promise.all(rows.slice(from, from + atOnce).map((row) => prepare(deps, part, row, tally)))),
    )
  return made
}

interface Progress {
  readonly keyId: string
  /** null where none is kept: a later pass begins anew. */
  readonly place: string | null
}

const progressOf = ({ store: { t } }: Deps, keyId: string, part: Part) =>
  and(eq(t.keyRotation.keyId, keyId), eq(t.keyRotation.part, part.table))

async function note(deps: Deps, q: Q, part: Part, { keyId, place }: Progress, changed: number) {
  const { keyRotation } = deps.store.t
  await q
    .update(keyRotation)
    .set({ ...(place === null ? {} : { after: place }), changed: sql`${keyRotation.changed} + ${changed}` })
    .where(progressOf(deps, keyId, part))
}

/** Writes a batch; gives how many rows became other ones. A row that was saved meanwhile is left for the next pass. */
async function write(
  deps: Deps,
  part: Part,
  made: readonly Made[],
  progress: Progress,
  tally: Tally,
): Promise<void> {
  const { store } = deps
  const changed = made.filter(({ change }) => Object.keys(change).length > 0)
  const writeAll = (some: readonly Made[]) =>
    store.tx(async (q) => {
      const unchanged: Made[] = []
      for (const one of some)
        if (!(await writeRow(q, store.t, part, one.row, one.change))) unchanged.push(one)
      await note(deps, q, part, progress, some.length - unchanged.length)
      return unchanged
    })
  const passed: Made[] = []
  try {
    passed.push(...(await writeAll(changed)))
  } catch (error) {
    if (!isUnique(error)) throw error
    // Somebody has the same index under the newest key: one by one, so that the others are written.
    for (const one of changed)
      try {
        passed.push(...(await writeAll([one])))
      } catch (again) {
        if (!isUnique(again)) throw again
        const outcome = await resolveTwins(deps, part, one.row, one.change)
        if (outcome === 'stays') passed.push(...(await writeAll([one])))
        else passed.push(one)
        if (outcome === 'people') tally.twins.add(`${part.table} ${placeOf(part, one.row)}`)
      }
  }
  tally.rows += changed.length - passed.length
  // Swept between reading and putting back: without its row it would belong to nothing.
  for (const { row, fileKey, file } of passed)
    if (fileKey !== null && file === 'waits' && !(await isThere(store.read, store.t, part, row)))
      await deps.files.delete(fileKey)
}

/** All rows of a part from a place on, or those whose header says that they wait. */
async function pass(
  deps: Deps,
  part: Part,
  { from, all, keeps }: { from: string; all: boolean; keeps: boolean },
  { pauseMs = 0, batch = pageSize, onBatch }: RotateOptions,
  tally: Tally,
): Promise<void> {
  const { store, keys } = deps
  const keyId = keys.ids[0] ?? ''
  const header = all ? null : keys.header
  let place = from
  for (;;) {
    const rows = await pageOf(store.read, store.t, part, { place, header, limit: batch })
    const last = rows.at(-1)
    if (last) {
      const made = await prepareAll(deps, part, rows, tally)
      place = placeOf(part, last)
      tally.seen += rows.length
      await write(deps, part, made, { keyId, place: keeps ? place : null }, tally)
      await onBatch?.(part.table, tally.seen)
    }
    if (rows.length < batch) return
    await pause(pauseMs)
  }
}

async function begin(deps: Deps, keyId: string, again: boolean): Promise<void> {
  const { store, clock } = deps
  const { keyRotation } = store.t
  const startedAt = clock.now()
  await store.tx(async (q) => {
    if (again) await q.delete(keyRotation).where(eq(keyRotation.keyId, keyId))
    for (const { table } of plan)
      await q.insert(keyRotation).values({ keyId, part: table, startedAt }).onConflictDoNothing()
  })
}

/** What is not under the newest key though everything was looked at. */
async function leftNow({ store, keys }: Deps) {
  const left = new Map<string, Map<string, number>>()
  let waiting = 0
  const opens = (sealed: string, context: string) => {
    try {
      keys.unseal(sealed, context)
      return true
    } catch {
      return false
    }
  }
  for (const part of plan) {
    let place = ''
    for (;;) {
      const rows = await pageOf(store.read, store.t, part, { place, header: keys.header, limit: pageSize })
      for (const row of rows)
        for (const [column, contextOf] of part.sealed) {
          const sealed = row[column]
          if (typeof sealed !== 'string' || sealed === '' || sealed.startsWith(keys.header)) continue
          if (opens(sealed, contextOf(row))) {
            waiting += 1
            continue
          }
          const of = keyIdOf(sealed) ?? ''
          const counts = left.get(of) ?? left.set(of, new Map()).get(of)
          const name = `${part.table}.${column}`
          counts?.set(name, (counts.get(name) ?? 0) + 1)
        }
      const last = rows.at(-1)
      if (!last || rows.length < pageSize) break
      place = placeOf(part, last)
    }
  }
  return { left, waiting }
}

/** Rewrites what is not under the newest key and says what is left. */
export async function rotateKeys(deps: Deps, options: RotateOptions = {}): Promise<Rotated> {
  const { store, keys, clock } = deps
  const { t } = store
  const keyId = keys.ids[0] ?? ''
  const say = options.say ?? (() => undefined)
  await begin(deps, keyId, options.again === true)
  // Before the accounts they are recovered from are indexed anew.
  await recoverOwnIdentities(deps)
  const total = newTally()
  for (const part of plan) {
    const [held] = await store.read
      .select()
      .from(t.keyRotation)
      .where(progressOf(deps, keyId, part))
    if (!held || held.doneAt !== null) continue
    const before = { rows: total.rows, files: total.files }
    // A file's own header is not in its row.
    await pass(deps, part, { from: held.after, all: part.file !== null, keeps: true }, options, total)
    await store.tx((q) =>
      q
        .update(t.keyRotation)
        .set({ doneAt: clock.now() })
        .where(progressOf(deps, keyId, part)),
    )
    const [rows, files] = [total.rows - before.rows, total.files - before.files]
    if (rows + files > 0) say(`${part.table}: ${rows} rows${files > 0 ? `, ${files} files` : ''}`)
  }
  let later = newTally()
  for (let round = 0; round < mostPasses; round += 1) {
    later = newTally()
    for (const part of plan)
      await pass(deps, part, { from: '', all: part.small, keeps: false }, options, later)
    total.rows += later.rows
    total.files += later.files
    for (const twin of later.twins) total.twins.add(twin)
    if (later.rows + later.files === 0) break
  }
  const { rows, files } = total
  const { left, waiting } = await leftNow(deps)
  for (const [needed, count] of total.neededByFiles) {
    const counts = left.get(needed) ?? new Map<string, number>()
    left.set(needed, counts.set('files', count))
  }
  if (rows + files > 0) {
    const at = clock.now()
    const data = { key: keyId, rows, files }
    await store.tx((q) => record(q, t, { id: newId(at), kind: 'keys.rotated', data, at }))
  }
  const { missing, damaged, outdated } = total
  const [first] = await store.read
    .select({ at: min(t.keyRotation.startedAt) })
    .from(t.keyRotation)
    .where(eq(t.keyRotation.keyId, keyId))
  const lost = await lostNow(deps, first?.at ?? clock.now())
  return { keyId, rows, files, left, waiting, missing, damaged, outdated, twins: [...total.twins], ...lost }
}
