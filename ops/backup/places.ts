/**
 * Where a restore puts a database: beside its place until all of it is there, so that one that was killed is seen for what it is
 * and can be run again. Each kind of database has its own way of being empty.
 */
import { existsSync } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { type Filling, fillFromDump, unfinished } from '#db/postgres-copy.ts'
import { openStore, type Store } from '#db/store.ts'
import type { Env } from '#lib/env.ts'
import { restoringFolder } from '#lib/start-checks.ts'

export interface DatabasePlace {
  /** Throws a sentence where something is there that is not of a restore of this very archive. Changes nothing. */
  assertFree(): Promise<void>
  /** Whether a restore of this archive was begun here before. */
  isBegun(): Promise<boolean>
  /** From here on a start refuses. What an earlier run of the same archive left is taken away. */
  begin(): Promise<Filling>
  /** The database as it was filled, not yet in its place. */
  open(): Promise<Store>
  /** Puts it into its place. The store must be closed. */
  finish(): Promise<void>
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function intoFile(handle: FileHandle): Filling {
  return {
    write: (bytes) => handle.writeFile(bytes),
    async end() {
      await handle.sync()
      await handle.close()
    },
  }
}

const another = (where: string) =>
  new Error(
    `A restore of another backup was begun in ${where}: finish that one, or begin with an empty place.`,
  )

/** `DATA_DIR/restoring` until it is done; then `app.db` is renamed. */
function sqlitePlace({ dataDir }: Pick<Env, 'dataDir'>, archive: string): DatabasePlace {
  const folder = restoringFolder(dataDir)
  const mark = path.join(folder, 'archive')
  const begun = () => readFile(mark, 'utf8').catch(() => null)
  return {
    async assertFree() {
      if (['', '-wal'].some((end) => existsSync(path.join(dataDir, `app.db${end}`))))
        throw new Error(
          `There is a database in ${dataDir}: a backup is restored into an empty folder, never over data.`,
        )
      const other = await begun()
      if (other !== null && other !== archive) throw another(dataDir)
    },
    isBegun: async () => (await begun()) === archive,
    async begin() {
      await mkdir(dataDir, { recursive: true, mode: 0o700 })
      await rm(folder, { recursive: true, force: true })
      await mkdir(folder, { mode: 0o700 })
      await writeSynced(mark, archive)
      await syncFolder(folder)
      await syncFolder(dataDir)
      return intoFile(await open(path.join(folder, 'app.db'), 'wx', 0o600))
    },
    open: () => openStore({ dataDir: folder }),
    async finish() {
      const log = await stat(`${path.join(folder, 'app.db')}-wal`).catch(() => null)
      if (log && log.size > 0) throw new Error('the restored database was not closed whole')
      await syncFolder(folder)
      await rename(path.join(folder, 'app.db'), path.join(dataDir, 'app.db'))
      await syncFolder(dataDir)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function asked<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const TABLES = `select count(*)::int as tables from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'S') and n.nspname not in ('information_schema', $1) and n.nspname not like 'pg\\_%'`

/** The schema `restoring` is there until it is done. */
function postgresPlace(url: string, archive: string): DatabasePlace {
  const begun = () =>
    asked(url, async (client) => {
      const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
        `${unfinished}.archive`,
      ])
      if (!rows[0]?.there) return null
      const found = await client.query<{ id: string }>(`select id from ${unfinished}.archive`)
      return found.rows[0]?.id ?? ''
    })
  return {
    async assertFree() {
      const other = await begun()
      if (other === archive) return
      if (other !== null) throw another('this database')
      const { rows } = await asked(url, (client) => client.query<{ tables: number }>(TABLES, [unfinished]))
      if (rows[0]?.tables !== 0)
        throw new Error(
          'The database that DATABASE_URL names is not empty: a backup is restored into an empty one, never over data.',
        )
    },
    isBegun: async () => (await begun()) === archive,
    async begin() {
      const again = (await begun()) === archive
      await asked(url, async (client) => {
        await client.query('begin')
        if (again)
          await client.query(
            'drop schema public cascade; create schema public; drop schema if exists drizzle cascade',
          )
        else {
          await client.query(`create schema ${unfinished}; create table ${unfinished}.archive (id text)`)
          await client.query(`insert into ${unfinished}.archive values ($1)`, [archive])
        }
        await client.query('commit')
      })
      return fillFromDump(url)
    },
    open: () => openStore({ url, dataDir: '' }),
    async finish() {
      await asked(url, (client) => client.query(`drop schema ${unfinished} cascade`))
    },
  }
}

/** `archive` says which backup it is. */
export const databasePlace = (env: Pick<Env, 'dataDir' | 'databaseUrl'>, archive: string): DatabasePlace =>
  env.databaseUrl === undefined ? sqlitePlace(env, archive) : postgresPlace(env.databaseUrl, archive)
