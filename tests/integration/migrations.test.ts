/** From any earlier release to this one, with the people in it (OPS-2). */
import { randomBytes } from 'node:crypto'
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import SQLite from 'better-sqlite3'
import pg from 'pg'
import { expect, it, onTestFinished, vi } from 'vitest'
import { makeAppKeys, openKeyring } from '#db/crypto.ts'
import { type Engine, migrationsOf } from '#db/engine.ts'
import { installationOf, opensKeyCheck } from '#db/installation.ts'
import { accountById, accountContext } from '#db/queries/accounts.ts'
import type { Store } from '#db/store.ts'
import { linkAudit } from '#lib/commands/link-audit.ts'
import { folderStore, newFileKey, sealedFiles } from '#lib/files/store.ts'
import { checkStore } from '#lib/start-checks.ts'
import { migrate } from '#ops/migrate.ts'
import { verify } from '#ops/verify.ts'
import { testDeps } from '#tests/support/deps.ts'
import { testFolder } from '#tests/support/folder.ts'
import { describeEachEngine, type Open, type Place } from '#tests/support/stores.ts'

const isLong = process.env.TEST_LONG === '1'

interface Journal {
  readonly entries: { readonly when: number; readonly tag: string }[]
}

const journalOf = async (engine: Engine): Promise<Journal> =>
  JSON.parse(await readFile(path.join(migrationsOf(engine), 'meta/_journal.json'), 'utf8'))

/** The migrations as a release had them that ended with the `count`th. */
async function releaseOf(engine: Engine, count: number): Promise<string> {
  const folder = path.join(await testFolder(), 'drizzle')
  await cp(migrationsOf(engine), folder, { recursive: true })
  const journal = await journalOf(engine)
  const some = { ...journal, entries: journal.entries.slice(0, count) }
  await writeFile(path.join(folder, 'meta/_journal.json'), JSON.stringify(some))
  return folder
}

async function execute({ url, dataDir }: Place, statements: readonly string[]): Promise<void> {
  if (url === undefined) {
    const file = new SQLite(path.join(dataDir, 'app.db'))
    for (const statement of statements) file.exec(statement)
    file.close()
    return
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

/** A store of an earlier release with a person, a case, a picture of it and an event, by columns that every release has. */
async function earlier(open: Open, count: number) {
  const store = await open.empty()
  const place = open.place(store)
  const appKeys = makeAppKeys()
  const env = { DATA_DIR: place.dataDir, ...(place.url === undefined ? {} : { DATABASE_URL: place.url }) }
  const base = testDeps(store, { now: new Date(), keys: appKeys, env })
  const files = sealedFiles(folderStore(path.join(place.dataDir, 'files')), base.keys)
  const deps = { ...base, files }
  await store.migrate(await releaseOf(open.engine, count))
  const { keys } = deps
  const picture = { key: newFileKey(), bytes: randomBytes(64) }
  await files.put(picture.key, picture.bytes)
  const at = open.engine === 'pg' ? 'to_timestamp(1790000000)' : '1790000000000'
  const sealed = (column: 'name' | 'number' | 'phone', value: string) =>
    `'${keys.seal(value, accountContext('person', column))}'`
  const { entries } = await journalOf(open.engine)
  // A program that has 0006 leaves each event it writes to be linked; 0006 itself does so for those before.
  const isChained = count > entries.findIndex(({ tag }) => tag.startsWith('0006'))
  await execute(place, [
    `insert into department (id, path, level, kind, name, full_name, sort, active, created_at)
     values ('440000', '440000', 1, 'province', '广东', '广东', 1, ${open.engine === 'pg' ? 'true' : '1'}, ${at})`,
    `insert into account (id, kind, status, id_type, name_sealed, name_index, number_sealed, phone_sealed, password_hash, created_at)
     values ('person', 'applicant', 'active', 'mainland_id', ${sealed('name', '张三')}, 'n', ${sealed('number', '1')}, ${sealed('phone', '2')}, 'h', ${at})`,
    `insert into service_case (id, kind, number, person_id, department_id, state, created_at, updated_at)
     values ('case', 'appeal', 'C1', 'person', '440000', 'submitted', ${at}, ${at})`,
    `insert into stored_file (id, owner_id, storage_key, format, bytes, width, height, name_sealed, digest, created_at)
     values ('file', 'person', '${picture.key}', 'jpeg', 64, 1, 1, '', '${keys.digest('picture', picture.bytes)}', ${at})`,
    `insert into attachment (id, case_id, section, row_id, slot, file_id, created_at)
     values ('slot', 'case', 'documents', 'main', 'face', 'file', ${at})`,
    `insert into event (id, kind, person_id, case_id, data, at)
     values ('01990000-0000-7000-8000-000000000001', 'case.submitted', 'person', 'case', '{}', ${at})`,
    ...(isChained
      ? [`insert into audit_pending (id, log) values ('01990000-0000-7000-8000-000000000001', 'event')`]
      : []),
  ])
  return { deps, place, store }
}

const countOf = async (engine: Engine) => (await journalOf(engine)).entries.length
const copiesIn = ({ dataDir }: Place) => readdir(path.join(dataDir, 'backups')).catch((): string[] => [])

async function faultsOf(deps: Parameters<typeof verify>[0]): Promise<string[]> {
  while ((await linkAudit(deps)) > 0);
  const said: string[] = []
  await verify(deps, null, (line) => said.push(line))
  return said.filter((line) => line.startsWith('wrong'))
}

describeEachEngine('a database of an earlier release', (open) => {
  it('is brought up to date from each of them, and nobody in it is lost', async () => {
    const newest = await countOf(open.engine)
    expect(newest).toBeGreaterThan(11)
    const some =
      isLong || open.engine === 'sqlite' ? [...Array(newest).keys()] : [0, 5, 9, newest - 2, newest - 1]
    for (const before of some) {
      const count = before + 1
      const { deps, place } = await earlier(open, count)
      await checkStore(deps)
      const said = await migrate(deps)
      expect(await copiesIn(place)).toHaveLength(count < newest ? 1 : 0)
      expect(said.includes('the database as it was')).toBe(count < newest)
      const { read, t } = deps.store
      const account = await accountById(read, t, deps.keys, 'person')
      expect(account).toMatchObject({ name: '张三', number: '1', phone: '2' })
      const cases = await read.select().from(t.serviceCase)
      // What an appeal was before its stages stood with it: 0009 says so.
      expect(cases).toMatchObject([{ id: 'case', personId: 'person', stages: count < 10 ? 2 : 1 }])
      expect(await read.select().from(t.attachment)).toMatchObject([{ fileId: 'file', caseId: 'case' }])
      expect(await faultsOf(deps)).toEqual([])
      const installation = await installationOf(read, t)
      expect(opensKeyCheck(deps.keys, installation?.keyCheckSealed ?? '')).toBe(true)
      await checkStore(deps)
    }
  }, 120_000)

  it('is copied before, three copies being kept, and the copy is what was there', async () => {
    const { deps, place } = await earlier(open, 3)
    const folder = path.join(place.dataDir, 'backups')
    await mkdir(folder)
    const old = ['20250101T000000Z', '20250102T000000Z', '20250103T000000Z'].map(
      (at) => `before-0003_x-${at}.db`,
    )
    for (const name of [...old, 'mine.txt']) await writeFile(path.join(folder, name), '')
    await migrate(deps)
    const [first, second] = old
    const left = await copiesIn(place)
    expect(left).toHaveLength(4)
    expect(left).toEqual(expect.arrayContaining(['mine.txt', ...old.slice(1)]))
    expect([left.includes(first ?? ''), left.includes(second ?? '')]).toEqual([false, true])
    const made = path.join(folder, left.find((name) => name.includes('2026')) ?? '')
    expect((await stat(made)).mode & 0o777).toBe(0o600)
    if (open.engine === 'pg') expect((await readFile(made)).subarray(0, 5).toString()).toBe('PGDMP')
    else {
      const copy = new SQLite(made, { readonly: true })
      expect(copy.prepare('select id from account').pluck().all()).toEqual(['person'])
      expect(copy.prepare('select count(*) from "__drizzle_migrations"').pluck().get()).toBe(3)
      copy.close()
    }
  })

  it('is left as it was where it cannot be copied, unless that is wished', async () => {
    const { deps } = await earlier(open, 3)
    const nowhere = await testFolder()
    // Where there should be a folder is a file; on PostgreSQL, no pg_dump either.
    await writeFile(path.join(nowhere, 'data'), '')
    const broken =
      open.engine === 'pg' ? deps : { ...deps, env: { ...deps.env, dataDir: path.join(nowhere, 'data') } }
    vi.stubEnv('PATH', nowhere)
    onTestFinished(() => void vi.unstubAllEnvs())
    const before = await deps.store.lastMigration()
    await expect(migrate(broken)).rejects.toThrow('MIGRATE_WITHOUT_BACKUP=1')
    expect(await deps.store.lastMigration()).toBe(before)
    await migrate(broken, { withoutCopy: true })
    expect(await deps.store.pendingMigrations()).toBe(0)
  })

  it('is as it was after a migration that failed', async () => {
    const { deps, store } = await earlier(open, 3)
    const folder = await releaseOf(open.engine, 5)
    const [wrong = ''] = (await readdir(folder)).filter((name) => name.startsWith('0004'))
    await writeFile(
      path.join(folder, wrong),
      `${await readFile(path.join(folder, wrong), 'utf8')};\n--> statement-breakpoint\nDROP TABLE nothing`,
    )
    const before = await store.lastMigration()
    const failing: Store = Object.create(store, { migrate: { value: () => store.migrate(folder) } })
    await expect(migrate({ ...deps, store: failing })).rejects.toThrow()
    expect(await store.lastMigration()).toBe(before)
    // And goes on from there.
    await migrate(deps)
    expect(await faultsOf(deps)).toEqual([])
  })

  it('under other keys is not brought up to date', async () => {
    const { deps, place } = await earlier(open, 4)
    for (const [keys, said] of [
      [makeAppKeys(), 'not the k1 this database was written with'],
      [makeAppKeys(makeAppKeys()).split(',')[0] ?? '', 'was written with the key k1, and APP_KEYS has k2'],
    ] as const)
      await expect(checkStore({ ...deps, keys: openKeyring(keys) })).rejects.toThrow(said)
    expect(await copiesIn(place)).toEqual([])
  })
})
