import type { AsyncLocalStorage } from 'node:async_hooks'
import path from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type * as tables from './schema/all.ts'

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
  /** Resolves when the database answers. */
  ping(): Promise<void>
  /**
   * For filling a store that nobody uses yet: while `fn` runs, SQLite does not wait for the disk and keeps more pages in memory, so
   * that a machine that loses its power meanwhile may leave a broken file. Once it resolves, everything is on the disk.
   */
  load<T>(fn: () => Promise<T>): Promise<T>
  /** What the engine itself finds wrong with its files, a line each, naming tables and no values; reads a SQLite file whole. */
  faults(): Promise<string[]>
  close(): Promise<void>
}

export const migrationsOf = (engine: Engine) =>
  path.join(/* turbopackIgnore: true */ process.cwd(), 'drizzle', engine)

/** The migrations of a folder that came after the last one applied, which is known by its `created_at`; null = none is. */
export const migrationsAfter = (folder: string, last: number | null) =>
  readMigrationFiles({ migrationsFolder: folder }).filter(({ folderMillis }) => folderMillis > (last ?? -1))

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

/** Driver error codes, from the outermost error to its root cause: drizzle wraps what drivers throw. */
export function codesOf(error: unknown): string[] {
  const codes: string[] = []
  let at = error
  for (let depth = 0; depth < 8 && at instanceof Error; depth += 1) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code)
    at = at.cause
  }
  return codes
}

/** What failed, by the drivers' codes alone: their own errors spell out the values a query was given. */
class QueryFailed extends Error {
  readonly code: string
  constructor(error: unknown) {
    const codes = codesOf(error)
    const what = codes.length > 0 ? codes.join(' ') : error instanceof Error ? error.name : typeof error
    super(`A query failed: ${what}`)
    this.name = 'QueryFailed'
    this.code = codes.at(-1) ?? ''
  }
}

const withoutValues = (error: unknown) => (error instanceof QueryFailed ? error : new QueryFailed(error))

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
