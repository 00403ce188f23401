import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import {
  type Frozen,
  migrationsAfter,
  migrationsOf,
  muted,
  openTransaction,
  type Q,
  quietly,
  type Schema,
  type Store,
  type Transaction,
  within,
} from './engine.ts'
import { assertDump, dumpOf, writeNew } from './postgres-copy.ts'
import * as tables from './schema/pg/all.ts'
import { codesOf } from './unavailable.ts'

const RETRIES = 5
const MIGRATION_LOCK = 7_203_116 // any number, the same in every process of this system

const isTransient = (error: unknown) => codesOf(error).some((code) => code === '40001' || code === '40P01')

async function retried<T>(fn: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fn()
    } catch (error) {
      if (attempt > RETRIES || !isTransient(error)) throw error
      await sleep(attempt * (5 + Math.random() * 20))
    }
  }
}

// Not drizzle's own `transaction`: it loses the connection when `begin` fails, and it takes the `commit` of
// a transaction that PostgreSQL has already given up (a swallowed constraint error) for a success.
async function committed<T>(
  pool: Pool,
  isolation: 'read committed' | 'repeatable read',
  fn: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await quietly(() => pool.connect())
  let sound = false
  try {
    await quietly(() => client.query(`begin isolation level ${isolation}`))
    try {
      const value = await fn(client)
      const { command } = await quietly(() => client.query('commit'))
      sound = true
      if (command !== 'COMMIT')
        throw new Error('The transaction was rolled back: an error inside it had been swallowed')
      return value
    } catch (error) {
      if (!sound)
        sound = await client.query('rollback').then(
          () => true,
          () => false,
        )
      throw error
    }
  } finally {
    client.release(!sound)
  }
}

/** What its catalogues know of damage; the pages themselves are read by its own tools alone. */
const FAULTS = `
  select 'index ' || c.relname || ' is not valid' as fault
    from pg_index i join pg_class c on c.oid = i.indexrelid where not i.indisvalid
  union all select 'constraint ' || conname || ' was never checked' from pg_constraint where not convalidated
  union all select checksum_failures || ' pages failed their checksum'
    from pg_stat_database where datname = current_database() and checksum_failures > 0`

/** OPS-3: the same store on PostgreSQL; `max` connections per process. Transactions are READ COMMITTED unless they ask for a snapshot. */
export async function openPostgres(url: string, max = 10): Promise<Store> {
  const [{ default: pg }, { drizzle }, { migrate }] = await Promise.all([
    import('pg'),
    import('drizzle-orm/node-postgres'),
    import('drizzle-orm/node-postgres/migrator'),
  ])
  // int8 and numeric come as text by default; here they are counts, sums and averages.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number)
  pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 10_000,
    options: '-c TimeZone=UTC', // moments are read as text, whose look must not depend on the server
  })
  // A connection that breaks fails its query, or is dropped when idle; unheard, the event would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))

  // The casts of this engine: `schema/same.ts` proves that both flavours have the same rows.
  const asQ = (connection: Pool | PoolClient) =>
    muted(drizzle(connection, { schema: tables })) as unknown as Q
  const reading = asQ(pool)
  const writing = new WeakMap<PoolClient, Q>() // building one reads the whole schema, so once per connection
  const queriesOf = (client: PoolClient): Q => {
    const q = writing.get(client) ?? asQ(client)
    writing.set(client, q)
    return q
  }
  const current = new AsyncLocalStorage<Transaction>()

  async function lastMigration(): Promise<number | null> {
    const table = 'drizzle.__drizzle_migrations'
    const [known] = (
      await quietly(() =>
        pool.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table]),
      )
    ).rows
    if (!known?.there) return null
    const { rows } = await quietly(() =>
      pool.query<{ last: number | null }>(`select max(created_at) as last from ${table}`),
    )
    return rows[0]?.last ?? null
  }

  async function serverMajor(): Promise<number> {
    const { rows } = await quietly(() =>
      pool.query<{ server_version_num: string }>('show server_version_num'),
    )
    return Math.floor(Number(rows[0]?.server_version_num ?? 0) / 10_000)
  }

  /** What is read and what is dumped are of one exported snapshot. */
  async function frozen<T>(work: (moment: Frozen) => Promise<T>): Promise<T> {
    await assertDump(await serverMajor())
    const client = await quietly(() => pool.connect())
    try {
      await quietly(() => client.query('begin isolation level repeatable read, read only'))
      await quietly(() => client.query('set local idle_in_transaction_session_timeout = 0'))
      const { rows } = await quietly(() => client.query<{ id: string }>('select pg_export_snapshot() as id'))
      return await work({ read: queriesOf(client), bytes: () => dumpOf(url, rows[0]?.id) })
    } finally {
      client.release(true)
    }
  }

  return {
    engine: 'pg',
    t: tables as unknown as Schema,
    get read() {
      return openTransaction(current) ?? reading
    },
    async tx(fn, { snapshot = false } = {}) {
      const outer = openTransaction(current)
      if (outer) return fn(outer)
      const isolation = snapshot ? 'repeatable read' : 'read committed'
      return retried(() => committed(pool, isolation, (client) => within(current, queriesOf(client), fn)))
    },
    async migrate(folder = migrationsOf('pg')) {
      const client = await pool.connect()
      try {
        await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
        await quietly(() => migrate(drizzle(client), { migrationsFolder: folder }))
      } finally {
        client.release(true) // ending the session is what surely gives the lock back
      }
    },
    async pendingMigrations(folder = migrationsOf('pg')) {
      return migrationsAfter(folder, await lastMigration()).length
    },
    lastMigration,
    async size() {
      const { rows } = await quietly(() =>
        pool.query<{ size: number }>('select pg_database_size(current_database()) as size'),
      )
      return rows[0]?.size ?? 0
    },
    freeze: (_near, work) => frozen(work),
    async copyTo(target) {
      await assertDump(await serverMajor())
      await writeNew(target, dumpOf(url))
    },
    async ping() {
      await pool.query('select 1')
    },
    load: (fn) => fn(),
    async faults() {
      const { rows } = await quietly(() => pool.query<{ fault: string }>(FAULTS))
      return rows.map(({ fault }) => fault)
    },
    close: () => pool.end(),
  }
}
