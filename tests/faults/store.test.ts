import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { openSqlite } from '#db/sqlite.ts'
import type { Q, Store } from '#db/store.ts'
import { describeEachEngine, describePostgres, type Place } from '#tests/support/stores.ts'

const add = (store: Store, q: Q, id: string) =>
  q.insert(store.t.counter).values({ id, count: 0, resetAt: new Date(0) })

const counters = async (store: Store) =>
  (await store.read.select({ id: store.t.counter.id }).from(store.t.counter)).map((row) => row.id)

/** What a writing process had acknowledged when it was killed with SIGKILL. */
async function acknowledgedBeforeKill(place: Place): Promise<string[]> {
  const script = path.join(import.meta.dirname, '../support/write-until-killed.ts')
  const child = spawn(process.execPath, [script, JSON.stringify(place)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (text: string) => {
    output += text
    if (output.split('\n').length > 50) child.kill('SIGKILL')
  })
  const signal = await new Promise((resolve) => child.once('close', (_code, by) => resolve(by)))
  expect(signal).toBe('SIGKILL')
  return output.split('\n').slice(0, -1)
}

describeEachEngine('after the writer was killed', (open) => {
  it('everything it had acknowledged is there, and writing goes on', async () => {
    const store = await open()
    const acknowledged = await acknowledgedBeforeKill(open.place(store))
    expect(acknowledged.length).toBeGreaterThan(40)
    expect(await counters(store)).toEqual(expect.arrayContaining(acknowledged))
    await store.tx((q) => add(store, q, 'next'))
    expect(await counters(await open.again(store))).toContain('next')
  })
})

describeEachEngine('a constraint error that is swallowed inside a transaction', (open) => {
  it('is never a success that kept nothing', async () => {
    const store = await open()
    await store.tx((q) => add(store, q, 'a'))
    const outcome = await store
      .tx(async (q) => {
        await add(store, q, 'b')
        await add(store, q, 'a').catch(() => undefined)
      })
      .then(
        () => 'kept',
        () => 'refused',
      )
    expect((await counters(store)).includes('b')).toBe(outcome === 'kept')
  })
})

describePostgres('a broken connection', (open) => {
  it('fails what was under way and serves the next', async () => {
    const store = await open()
    const { url } = open.place(store)
    const terminate = async () => {
      const client = new pg.Client({ connectionString: inject('pgUrl') ?? '' })
      await client.connect()
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        new URL(url ?? '').pathname.slice(1),
      ])
      await client.end()
    }
    for (let n = 0; n < 8; n += 1) {
      const broken = store.tx(async (q) => {
        await add(store, q, `lost${n}`)
        await terminate()
        await add(store, q, `late${n}`)
      })
      await expect(broken).rejects.toThrow()
    }
    // More rounds than the pool has connections: none was lost on the way.
    await store.tx((q) => add(store, q, 'next'))
    expect(await counters(store)).toEqual(['next'])
  })
})

describe('a migration that rebuilds a table · sqlite', () => {
  const before = [
    'CREATE TABLE parent (id text PRIMARY KEY)',
    'CREATE TABLE child (id text PRIMARY KEY, parent text NOT NULL REFERENCES parent(id) ON DELETE CASCADE)',
    "INSERT INTO parent VALUES ('p')",
    "INSERT INTO child VALUES ('c', 'p')",
  ]
  const rebuild = [
    'PRAGMA foreign_keys=OFF',
    'CREATE TABLE __new_parent (id text PRIMARY KEY, name text)',
    'INSERT INTO __new_parent (id) SELECT id FROM parent',
    'DROP TABLE parent',
    'ALTER TABLE __new_parent RENAME TO parent',
  ]

  async function folderOf(...steps: string[][]) {
    const folder = await mkdtemp(path.join(tmpdir(), 'migrations-'))
    await mkdir(path.join(folder, 'meta'))
    const entries = steps.map((_, n) => ({
      idx: n,
      version: '6',
      when: n + 1,
      tag: `000${n}`,
      breakpoints: true,
    }))
    await writeFile(path.join(folder, 'meta/_journal.json'), JSON.stringify({ version: '7', entries }))
    for (const [n, step] of steps.entries())
      await writeFile(path.join(folder, `000${n}.sql`), step.join(';\n--> statement-breakpoint\n'))
    return folder
  }

  async function migrated(...steps: string[][]) {
    const [dataDir, folder] = [await mkdtemp(path.join(tmpdir(), 'store-test-')), await folderOf(...steps)]
    const store = await openSqlite(dataDir)
    const { default: SQLite } = await import('better-sqlite3')
    const error = await store.migrate(folder).then(
      () => undefined,
      (thrown: unknown) => String(thrown),
    )
    await store.close()
    const file = new SQLite(path.join(dataDir, 'app.db'), { readonly: true })
    const rowsOf = (table: string) =>
      file.prepare('select 1 from sqlite_master where name = ?').get(table)
        ? file.prepare(`select * from ${table}`).all()
        : []
    const found = { error, parents: rowsOf('parent'), children: rowsOf('child') }
    file.close()
    for (const made of [dataDir, folder]) await rm(made, { recursive: true })
    return found
  }

  it('keeps the rows that refer to it', async () => {
    expect(await migrated(before, rebuild)).toEqual({
      error: undefined,
      parents: [{ id: 'p', name: null }],
      children: [{ id: 'c', parent: 'p' }],
    })
  })

  it('is undone as a whole when it would orphan rows or has an error', async () => {
    const untouched = { parents: [], children: [] }
    expect(await migrated(before, ['DELETE FROM parent'])).toEqual({
      ...untouched,
      error: expect.stringContaining('1 row'),
    })
    expect(await migrated(before, ['DROP TABLE nothing'])).toEqual({
      ...untouched,
      error: expect.stringContaining('nothing'),
    })
  })
})
