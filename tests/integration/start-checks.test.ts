/** What a start refuses, each in a sentence that says what to do (OPS-2). */
import { execFile } from 'node:child_process'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished, vi } from 'vitest'
import { makeAppKeys, openKeyring } from '#db/crypto.ts'
import { noteInstallation } from '#db/installation.ts'
import { openSqlite } from '#db/sqlite.ts'
import type { Store } from '#db/store.ts'
import { folderStore, newFileKey, sealedFiles } from '#lib/files/store.ts'
import { checkPlace, checkStore } from '#lib/start-checks.ts'
import { run } from '#ops/migrate.ts'
import { withDeps } from '#ops/with-deps.ts'
import { filledCase } from '#tests/support/cases.ts'
import { makeApplicant, seedDepartments, testDeps } from '#tests/support/deps.ts'
import { testFolder } from '#tests/support/folder.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const appKeys = makeAppKeys()

async function over(open: Open, store: Store) {
  const { dataDir, url } = open.place(store)
  const env = { DATA_DIR: dataDir, ...(url === undefined ? {} : { DATABASE_URL: url }) }
  const base = testDeps(store, { keys: appKeys, env })
  const deps = { ...base, files: sealedFiles(folderStore(path.join(dataDir, 'files')), base.keys) }
  return { deps, real: { ...deps, env: { ...deps.env, demo: false } } }
}

describeEachEngine('a store', (open) => {
  it('that is empty is refused outside demo mode, but to make a new one, once', async () => {
    const store = await open.empty()
    const { deps, real } = await over(open, store)
    await expect(checkStore(real)).rejects.toThrow(/is empty\. Is it the right one\?.*migrate --new/)
    expect(await checkStore(deps)).toEqual([])
    expect(await checkStore(real, true)).toEqual([])
    await store.migrate()
    await expect(checkStore(real, true)).rejects.toThrow('already: leave out --new')
    expect(await checkStore(real)).toEqual([])
  })

  it('that is empty is refused beside files in any mode', async () => {
    const { deps, real } = await over(open, await open.empty())
    await deps.files.put(newFileKey(), Buffer.from('picture'))
    for (const one of [deps, real])
      for (const isNew of [false, true])
        await expect(checkStore(one, isNew)).rejects.toThrow('files of an installation are there')
  })

  it('of a newer release is refused', async () => {
    const { deps } = await over(open, await open())
    const newer: Store = Object.create(deps.store, {
      lastMigration: { value: async () => 9_999_999_999_999 },
    })
    await expect(checkStore({ ...deps, store: newer })).rejects.toThrow('newer release')
  })

  it('under other keys is refused, with the id of the key that is wanted', async () => {
    const { deps } = await over(open, await open())
    await deps.store.tx((q) => noteInstallation(q, deps.store.t, deps.keys, deps.clock.now()))
    const [second = ''] = makeAppKeys(appKeys).split(',')
    const under = (keys: string) => checkStore({ ...deps, keys: openKeyring(keys) })
    await expect(under(makeAppKeys())).rejects.toThrow('The key k1 of APP_KEYS is not the k1')
    await expect(under(second)).rejects.toThrow('written with the key k1, and APP_KEYS has k2: add k1')
    expect(await under(`${second},${appKeys}`)).toEqual([])
  })

  it('with pictures is refused without any of its files', async () => {
    const { deps } = await over(open, await open())
    await seedDepartments(deps)
    const { actor } = await makeApplicant(deps)
    await filledCase(deps, actor, '440106')
    expect(await checkStore(deps)).toEqual([])
    await rm(path.join(deps.env.dataDir, 'files'), { recursive: true })
    await expect(checkStore(deps)).rejects.toThrow('bring back the folder "files"')
  })

  it('is told of where an embedded one with people lies beside it', async () => {
    const { deps } = await over(open, await open())
    const other = await openSqlite(await testFolder())
    await other.close()
    if (open.engine !== 'pg') return expect(await checkStore(deps)).toEqual([])
    const embedded = await openSqlite(deps.env.dataDir)
    await embedded.migrate()
    expect(await checkStore(deps)).toEqual([])
    await makeApplicant({ ...deps, store: embedded })
    await embedded.close()
    expect(await checkStore(deps)).toEqual([expect.stringContaining('holds people as well')])
  })
})

it('a folder without a database is refused before one is made', async () => {
  const dataDir = path.join(await testFolder(), 'data')
  const files = { kind: 'folder', dir: path.join(dataDir, 'files') } as const
  const place = { dataDir, files, databaseUrl: undefined, demo: false }
  await expect(checkPlace(place)).rejects.toThrow(/no database in .*migrate --new/)
  await checkPlace(place, true)
  await checkPlace({ ...place, demo: true })
  await checkPlace({ ...place, databaseUrl: 'postgres://localhost/none' })
  await expect(readdir(dataDir)).rejects.toThrow('ENOENT')
  await folderStore(files.dir).put(newFileKey(), Buffer.from('picture'))
  for (const demo of [false, true])
    for (const isNew of [false, true])
      await expect(checkPlace({ ...place, demo }, isNew)).rejects.toThrow(
        'files of an installation and no database',
      )
  await mkdir(path.join(dataDir, 'restoring'))
  await expect(checkPlace({ ...place, demo: true })).rejects.toThrow('begun and not finished')
  await writeFile(path.join(dataDir, 'app.db'), '')
  await checkPlace(place)
})

it('an operator reads the sentence, and nothing was made', async () => {
  const dataDir = path.join(await testFolder(), 'data')
  const env = {
    PATH: process.env.PATH ?? '',
    DATA_DIR: dataDir,
    APP_KEYS: appKeys,
    DEMO: '0',
    SMS_PROVIDER: 'http',
    SMS_HTTP_URL: 'http://127.0.0.1:9/',
  }
  const failed = await promisify(execFile)(process.execPath, ['ops/main.ts', 'migrate'], {
    env: { ...process.env, ...env },
  }).catch((error: unknown) => error)
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining(`no database in ${dataDir}`) })
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  await expect(withDeps(async () => undefined)).rejects.toThrow('no database in')
  await expect(readdir(dataDir)).rejects.toThrow('ENOENT')
  const printed = vi.spyOn(console, 'log').mockReturnValue()
  onTestFinished(() => printed.mockRestore())
  await run(['--new'])
  await run([])
  await expect(run(['--new'])).rejects.toThrow('already')
})

it('whatever keeps a server from starting ends it with a sentence, and not with half a server', async () => {
  const dataDir = await testFolder()
  // Where the lock should be is something else: no fault that anybody thought of.
  await mkdir(path.join(dataDir, 'server.lock'))
  const program = "const { start } = await import('./lib/jobs/start.ts'); await start()"
  const ended = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, DATA_DIR: dataDir, DEMO: '1' },
  }).catch((error: unknown) => error)
  expect(ended).toMatchObject({ code: 1, stderr: 'unable to open database file\n' })
})
