import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import {
  migrationsAfter,
  migrationsOf,
  muted,
  openTransaction,
  type Q,
  quietly,
  type Store,
  type Transaction,
  within,
} from './engine.ts'
import { assertNodeApi } from './node-version.ts'
import * as tables from './schema/all.ts'
import { copySqlite, frozenSqlite, sizeOfSqlite } from './sqlite-copy.ts'
import { rememberingStatements } from './statements.ts'
import { codesOf } from './unavailable.ts'

const OLDEST = '3.51.3' // earlier ones can lose a WAL reset race between processes
const WRITER_BUSY_MS = 0 // SQLite's own wait blocks the event loop: `begin` waits instead
const READER_BUSY_MS = 1000 // only while another process recovers the WAL
const GIVE_UP_MS = 15_000
// Of SQLite's own 2 MB little is left from one page of a province to the next when a million people are in the file.
const READER_CACHE_KB = 16_384

/** Whether a dotted version is at least another: `atLeast('3.51.10', '3.51.3')`. */
export const atLeast = (version: string, floor: string): boolean =>
  version.localeCompare(floor, 'en', { numeric: true }) >= 0

/** OPS-1: throws when the file cannot be held to write-ahead logging with full synchronisation. */
function configure(connection: Database, readonly: boolean): Database {
  if (!readonly) {
    connection.pragma(`busy_timeout = ${GIVE_UP_MS}`)
    connection.pragma('journal_mode = WAL')
  }
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  if (readonly) connection.pragma(`cache_size = -${READER_CACHE_KB}`)
  connection.pragma(`busy_timeout = ${readonly ? READER_BUSY_MS : WRITER_BUSY_MS}`)
  const version = String(connection.prepare('select sqlite_version()').pluck().get())
  if (!atLeast(version, OLDEST)) throw new Error(`SQLite ${version} is too old: ${OLDEST} or later is needed`)
  for (const [pragma, wanted] of [
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
  ] as const) {
    const found = connection.pragma(pragma, { simple: true })
    if (found !== wanted) throw new Error(`SQLite did not accept ${pragma} = ${wanted}: it says ${found}`)
  }
  return connection
}

/** Runs one job at a time, in the order they came. */
function queue() {
  let tail: Promise<unknown> = Promise.resolve()
  return <T>(job: () => Promise<T>): Promise<T> => {
    const result = tail.then(job)
    tail = result.catch(() => undefined)
    return result
  }
}

/** Waits for whoever else writes until the moment `until`; whose turn comes later than that has one try. */
async function begin(writer: Database, until: number): Promise<void> {
  for (;;) {
    try {
      writer.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      const busy = codesOf(error).some((code) => code.startsWith('SQLITE_BUSY'))
      if (!busy || performance.now() > until) throw error
      await sleep(5 + Math.random() * 20)
    }
  }
}

async function committed<T>(writer: Database, until: number, fn: () => Promise<T>): Promise<T> {
  await quietly(() => begin(writer, until))
  try {
    const value = await fn()
    await quietly(async () => writer.exec('COMMIT'))
    return value
  } catch (error) {
    // A full disk may have rolled back already.
    if (writer.inTransaction) writer.exec('ROLLBACK')
    throw error
  }
}

/** Who asks now waits this long, however many wait before. */
const patience = () => performance.now() + GIVE_UP_MS

/** When the last applied migration was made; null before the first. */
function lastApplied(connection: Database): number | null {
  const table = connection.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get()
  if (!table) return null
  const last = connection.prepare('select max(created_at) from "__drizzle_migrations"').pluck().get()
  return typeof last === 'number' ? last : null
}

// Not drizzle's own migrator: it looks up what is applied before it locks, and it leaves foreign keys on
// while a table is rebuilt, whose DROP would then delete the rows that refer to it.
async function migrate(writer: Database, folder: string): Promise<void> {
  const last = lastApplied(writer)
  // Nothing to do: no start reads the whole file for it, and one that is damaged somewhere still serves the rest.
  if (last !== null && migrationsAfter(folder, last).length === 0) return
  writer.pragma('foreign_keys = OFF')
  try {
    await committed(writer, patience(), async () => {
      writer.exec(
        'CREATE TABLE IF NOT EXISTS "__drizzle_migrations" (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric)',
      )
      const mark = writer.prepare('insert into "__drizzle_migrations" (hash, created_at) values (?, ?)')
      for (const migration of migrationsAfter(folder, lastApplied(writer))) {
        for (const statement of migration.sql) writer.exec(statement)
        mark.run(migration.hash, migration.folderMillis)
      }
      const broken = writer.pragma('foreign_key_check')
      if (Array.isArray(broken) && broken.length > 0)
        throw new Error(`The migration would leave ${broken.length} rows without the row they refer to`)
    })
  } finally {
    writer.pragma('foreign_keys = ON')
  }
}

const LOAD_CACHE_KB = 655_360
// A page that is written often goes into the file once for many times: 128 MB of log instead of 4.
const LOAD_CHECKPOINT_PAGES = 32_768

/** Runs `fn` without waiting for the disk, and waits for all of it at the end. */
async function loading<T>(writer: Database, file: string, fn: () => Promise<T>): Promise<T> {
  const cache = Number(writer.pragma('cache_size', { simple: true }))
  writer.pragma('synchronous = OFF')
  writer.pragma(`cache_size = -${LOAD_CACHE_KB}`)
  const checkpoint = Number(writer.pragma('wal_autocheckpoint', { simple: true }))
  writer.pragma(`wal_autocheckpoint = ${LOAD_CHECKPOINT_PAGES}`)
  try {
    return await fn()
  } finally {
    writer.pragma(`cache_size = ${cache}`)
    writer.pragma(`wal_autocheckpoint = ${checkpoint}`)
    writer.pragma('synchronous = FULL')
    writer.pragma('wal_checkpoint(TRUNCATE)')
    // Earlier checkpoints did not wait, and the last one waits only for what it wrote itself.
    const handle = await open(file, 'r+')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
}

const mostFaults = 100

/** Damage of the file, and rows that refer to rows that are not there. */
function faultsOf(connection: Database): string[] {
  const damage = connection.prepare(`pragma integrity_check(${mostFaults})`).pluck().all().map(String)
  const dangling = connection
    .prepare(
      `select "table" || ': ' || count(*) || ' rows refer to rows of ' || parent || ' that are not there'
       from pragma_foreign_key_check group by "table", parent`,
    )
    .pluck()
    .all()
    .map(String)
  return [...damage.filter((line) => line !== 'ok'), ...dangling]
}

/**
 * The embedded store, a file `app.db` in `dataDir` (made if absent): one writer connection behind a
 * queue, one read-only connection that never sees what is not committed.
 */
export async function openSqlite(dataDir: string): Promise<Store> {
  assertNodeApi()
  const [{ default: SQLite }, { drizzle }] = await Promise.all([
    import('better-sqlite3'),
    import('drizzle-orm/better-sqlite3'),
  ])
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const file = path.join(/* turbopackIgnore: true */ dataDir, 'app.db')
  const connected = (readonly: boolean): Database => {
    const connection = new SQLite(file, { readonly })
    try {
      return configure(connection, readonly)
    } catch (error) {
      connection.close()
      throw error
    }
  }
  const unwritable = (of: string) => new SQLite(of, { readonly: true, timeout: READER_BUSY_MS })
  const writer = connected(false)
  const reader = connected(true)
  // The one cast of this engine: better-sqlite3 is synchronous, and awaiting its builders works all the same.
  const asQ = (connection: Database) =>
    muted(drizzle(rememberingStatements(connection), { schema: tables })) as unknown as Q
  const [writing, reading] = [asQ(writer), asQ(reader)]
  const current = new AsyncLocalStorage<Transaction>()
  const inTurn = queue()

  return {
    engine: 'sqlite',
    t: tables,
    get read() {
      return openTransaction(current) ?? reading
    },
    async tx(fn) {
      const outer = openTransaction(current)
      if (outer) return fn(outer)
      const until = patience()
      return inTurn(() => committed(writer, until, () => within(current, writing, fn)))
    },
    migrate: (folder = migrationsOf('sqlite')) => inTurn(() => migrate(writer, folder)),
    async pendingMigrations(folder = migrationsOf('sqlite')) {
      return migrationsAfter(folder, lastApplied(reader)).length
    },
    lastMigration: async () => lastApplied(reader),
    size: () => sizeOfSqlite(file),
    freeze: (near, work) => frozenSqlite({ opened: unwritable, asQ, file, near }, work),
    copyTo: (target) => copySqlite(unwritable, file, target),
    async ping() {
      reader.prepare('select 1').get()
    },
    load: (fn) => loading(writer, file, fn),
    faults: async () => faultsOf(reader),
    close: () =>
      inTurn(async () => {
        reader.close()
        writer.close()
      }),
  }
}
