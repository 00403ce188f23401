import type { AsyncLocalStorage } from 'node:async_hooks'
import path from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type * as tables from './schema/all.ts'
import { codesOf, connectionFailed, isConnectionLost, noteUnavailable } from './unavailable.ts'

export type Schema = typeof tables
export type Engine = 'sqlite' | 'pg'

/** What both engines can do, typed once against the SQLite flavour. Await the builder: no `.get() .all() .run()`. */
export type Q = Pick<
  BaseSQLiteDatabase<'async', unknown, Schema>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | 'query' | '$with'
>

export interface Store {
  readonly engine: Engine
  /** The tables of this engine; use these and not an import, so that one query serves both. */
  readonly t: Schema
  /** For reading outside a transaction; inside one it is the transaction. */
  readonly read: Q
  /**
   * Runs `fn` in one write transaction: commits what it returns, rolls back what it throws. A `tx` inside a
   * `tx` joins it. Only queries may be awaited inside (no files, hashing or network), and on PostgreSQL `fn`
   * runs again after a deadlock. Never go on after a failed constraint inside: use `onConflictDoNothing`.
   * With `snapshot` all of it sees one moment (on PostgreSQL repeatable read, run again when somebody was faster).
   */
  tx<T>(fn: (q: Q) => Promise<T>, how?: { readonly snapshot?: boolean }): Promise<T>
  /** Applies the migrations of `drizzle/<engine>` that are missing; safe when several processes start at once. */
  migrate(folder?: string): Promise<void>
  /** How many of those migrations are missing. */
  pendingMigrations(folder?: string): Promise<number>
  /** When the last migration applied was made (its `created_at`); null before the first. */
  lastMigration(): Promise<number | null>
  /** Resolves when the database answers. */
  ping(): Promise<void>
  /**
   * For filling a store that nobody uses yet: while `fn` runs, SQLite does not wait for the disk and keeps more pages in memory, so
   * that a machine that loses its power meanwhile may leave a broken file. Once it resolves, everything is on the disk.
   */
  load<T>(fn: () => Promise<T>): Promise<T>
  /** About how much room the database takes, in bytes. */
  size(): Promise<number>
  /**
   * Runs `work` over the database as it is at this moment, while others read and write on. SQLite makes a copy of itself at `near`
   * for it, which is removed at the end and needs room for `size()`.
   */
  freeze<T>(near: string, work: (frozen: Frozen) => Promise<T>): Promise<T>
  /** Writes such a copy into `target`, a new file of mode 0600 on the disk when it resolves: a SQLite file, or what pg_dump writes. */
  copyTo(target: string): Promise<void>
  /** What the engine itself finds wrong with its files, a line each, naming tables and no values; reads a SQLite file whole. */
  faults(): Promise<string[]>
  close(): Promise<void>
}

/** A database as it was at one moment. */
export interface Frozen {
  readonly read: Q
  /** All of it, in the engine's own form: a SQLite file, or what pg_dump writes in its custom format. */
  bytes(): AsyncIterable<Uint8Array>
}

export const migrationsOf = (engine: Engine) =>
  path.join(/* turbopackIgnore: true */ process.cwd(), 'drizzle', engine)

/** The migrations of a folder that came after the last one applied, which is known by its `created_at`; null = none is. */
export const migrationsAfter = (folder: string, last: number | null) =>
  readMigrationFiles({ migrationsFolder: folder }).filter(({ folderMillis }) => folderMillis > (last ?? -1))

/** Whether an applied migration is none of this program: a newer one has been here. */
export const isUnknown = (engine: Engine, last: number | null, folder = migrationsOf(engine)): boolean =>
  last !== null &&
  !readMigrationFiles({ migrationsFolder: folder }).some(({ folderMillis }) => folderMillis === last)

export interface Transaction {
  readonly q: Q
  ended: boolean
}

/**
 * Runs `fn` with a `Q` that refuses to work once the transaction has ended, so that a promise nobody awaited
 * cannot write into the next one.
 */
export async function within<T>(
  current: AsyncLocalStorage<Transaction>,
  q: Q,
  fn: (q: Q) => Promise<T>,
): Promise<T> {
  const guarded = new Proxy(q, {
    get(target, property) {
      if (transaction.ended)
        throw new Error('A query came after its transaction had ended: an await is missing')
      return Reflect.get(target, property, target)
    },
  })
  const transaction: Transaction = { q: guarded, ended: false }
  try {
    return await current.run(transaction, () => fn(guarded))
  } finally {
    transaction.ended = true
  }
}

/** The transaction we are in; one that has ended counts as none (a timer set inside it may outlive it). */
export const openTransaction = (current: AsyncLocalStorage<Transaction>): Q | undefined => {
  const transaction = current.getStore()
  return transaction && !transaction.ended ? transaction.q : undefined
}

/** What failed, by the drivers' codes alone: their own errors spell out the values a query was given. */
class QueryFailed extends Error {
  readonly code: string
  constructor(error: unknown) {
    const codes = isConnectionLost(error) ? [connectionFailed] : codesOf(error)
    const what = codes.length > 0 ? codes.join(' ') : error instanceof Error ? error.name : typeof error
    super(`A query failed: ${what}`)
    this.name = 'QueryFailed'
    this.code = codes.at(-1) ?? ''
  }
}

/** The error as it may be seen; one of a store that cannot be used is noted on the request. */
function withoutValues(error: unknown): QueryFailed {
  noteUnavailable(error)
  return error instanceof QueryFailed ? error : new QueryFailed(error)
}

/** Runs work on the database; what it throws names no value (SEC-4). */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw withoutValues(error)
  }
}

/** Calls it, whether it answers at once or by a promise. */
function call(work: () => unknown): unknown {
  try {
    const answer = work()
    return answer instanceof Promise ? answer.catch((error) => Promise.reject(withoutValues(error))) : answer
  } catch (error) {
    throw withoutValues(error)
  }
}

const runs = new Set(['execute', 'run', 'all', 'get', 'values'])

/** drizzle's one gate for every query, of builders and relational queries alike. */
interface Session {
  prepareQuery(...given: unknown[]): unknown
}
const isSession = (value: unknown): value is Session =>
  typeof value === 'object' &&
  value !== null &&
  'prepareQuery' in value &&
  typeof value.prepareQuery === 'function'

/** Makes every query of this drizzle instance fail with `QueryFailed`: its own errors carry the query's parameters. */
export function muted<T extends object>(drizzled: T): T {
  const session: unknown = Reflect.get(drizzled, 'session')
  if (!isSession(session)) throw new Error('drizzle has changed: its queries cannot be watched')
  const prepare = session.prepareQuery.bind(session)
  session.prepareQuery = (...given) => {
    const prepared = call(() => prepare(...given))
    if (typeof prepared !== 'object' || prepared === null) return prepared
    for (const name of runs) {
      const run: unknown = Reflect.get(prepared, name)
      if (typeof run === 'function')
        Reflect.set(prepared, name, (...values: unknown[]) =>
          call(() => Reflect.apply(run, prepared, values)),
        )
    }
    return prepared
  }
  return drizzled
}
