/** Backup and restore (OPS-2): one moment, whole or not at all, and nothing lives again that must not. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { makeAppKeys, openKeyring } from '#db/crypto.ts'
import { noteInstallation } from '#db/installation.ts'
import { deleteExport } from '#lib/commands/delete-export.ts'
import { linkAudit } from '#lib/commands/link-audit.ts'
import { openDeps } from '#lib/deps.ts'
import { readEnv } from '#lib/env.ts'
import { type FileStore, folderStore, newFileKey, sealedFiles } from '#lib/files/store.ts'
import { newId } from '#lib/ids.ts'
import { areFilesHeld, holdingFiles } from '#lib/jobs/file-hold.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { checkPlace, checkStore } from '#lib/start-checks.ts'
import { readArchive, writeArchive } from '#ops/backup/archive.ts'
import { backup } from '#ops/backup.ts'
import { check, type RestoreDeps, restore } from '#ops/restore.ts'
import { verify } from '#ops/verify.ts'
import { submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { testFolder } from '#tests/support/folder.ts'
import { describeEachEngine, type Open, type Place } from '#tests/support/stores.ts'

const name = '欧阳备份'

/** A system over real folders: somebody's submitted case with its pictures, a session, a message on its way, a job at work. */
async function system(open: Open) {
  const folder = await testFolder()
  const store = await open()
  const { dataDir, url } = open.place(store)
  const appKeys = makeAppKeys(makeAppKeys())
  const env = { DATA_DIR: dataDir, ...(url === undefined ? {} : { DATABASE_URL: url }) }
  const base = testDeps(store, { now: new Date(), keys: appKeys, env })
  const stored = folderStore(path.join(dataDir, 'files'))
  const deps: TestDeps & { stored: FileStore } = { ...base, stored, files: sealedFiles(stored, base.keys) }
  const { t } = store
  await seedDepartments(deps)
  await store.tx((q) => noteInstallation(q, t, deps.keys, deps.clock.now()))
  const { actor } = await makeApplicant(deps, { name })
  const caseId = await submittedCase(deps, actor, '440106')
  const at = deps.clock.now()
  const later = new Date(at.getTime() + 3_600_000)
  await store.tx(async (q) => {
    await q
      .insert(t.session)
      .values({ id: 'session', accountId: actor.id, createdAt: at, lastSeenAt: at, endsAt: later })
    await q
      .insert(t.outbox)
      .values({ id: 'waiting', channel: 'sms', bodySealed: '', createdAt: at, nextAt: later })
    await q.insert(t.job).values({
      id: 'work',
      kind: 'test',
      data: {},
      createdAt: at,
      runAt: at,
      worker: 'w',
      leaseUntil: later,
    })
  })
  while ((await linkAudit(deps)) > 0);
  return { deps, actor, caseId, folder, appKeys, file: path.join(folder, 'whole.backup') }
}
type System = Awaited<ReturnType<typeof system>>

/** An empty place on the same engine, as `restore` is given it. */
async function elsewhere(open: Open, { folder, appKeys, deps }: System, keys = appKeys) {
  const place: Place =
    open.engine === 'pg'
      ? { ...open.place(await open.empty()), dataDir: path.join(folder, 'other') }
      : { dataDir: path.join(folder, 'other') }
  const env = readEnv(
    {
      DATA_DIR: place.dataDir,
      DEMO: '1',
      APP_KEYS: keys,
      ...(place.url === undefined ? {} : { DATABASE_URL: place.url }),
    },
    makeAppKeys,
  )
  const stored = folderStore(path.join(place.dataDir, 'files'))
  const to: RestoreDeps = { env, keys: openKeyring(keys), clock: deps.clock, stored }
  return { place, to }
}

async function rowsOf({ store }: Pick<TestDeps, 'store'>) {
  const { read, t } = store
  return {
    accounts: await read.select().from(t.account),
    cases: await read.select().from(t.serviceCase),
    pages: await read.select().from(t.caseSection),
    rounds: await read.select().from(t.caseRound),
    pictures: await read.select().from(t.storedFile).orderBy(t.storedFile.id),
    installation: await read.select().from(t.installation),
  }
}

const faultsOf = async (to: RestoreDeps, head: Parameters<typeof verify>[1] = null) => {
  const opened = await openDeps(to.env)
  const said: string[] = []
  try {
    await verify(opened, head, (line) => said.push(line))
    return said.filter((line) => line.startsWith('wrong'))
  } finally {
    await opened.store.close()
  }
}

describeEachEngine('a backup', (open) => {
  it('holds everything, and comes back elsewhere with nothing alive that must not be', async () => {
    const made = await system(open)
    const { deps, file } = made
    const before = await rowsOf(deps)
    const { pictures, missing, manifest } = await backup(deps, file)
    expect({ pictures, missing }).toEqual({ pictures: before.pictures.length, missing: [] })
    expect(pictures).toBeGreaterThan(3)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(made.folder)).toEqual(['whole.backup'])
    const whole = await readFile(file)
    for (const secret of [name, '体育西路', made.appKeys.slice(3, 40)])
      expect(whole.includes(secret)).toBe(false)

    const { to } = await elsewhere(open, made)
    const done = await restore(to, file)
    expect(done).toMatchObject({ sessions: 1, unsent: 2, files: pictures })
    expect(await faultsOf(to, manifest.head)).toEqual([])
    const opened = await openDeps(to.env)
    const { read, t } = opened.store
    expect(await rowsOf(opened)).toEqual(before)
    expect(await checkStore(opened)).toEqual([])
    const [session] = await read.select().from(t.session)
    const [message] = await read.select().from(t.outbox).where(eq(t.outbox.id, 'waiting'))
    const [job] = await read.select().from(t.job).where(eq(t.job.id, 'work'))
    expect([session?.endedAt, message?.deadAt]).toEqual([deps.clock.now(), deps.clock.now()])
    expect(job).toMatchObject({ worker: '', leaseUntil: null })
    await opened.store.close()
    // What is there by now is never restored over, and no backup is replaced.
    await expect(restore(to, file)).rejects.toThrow('never over data')
    await expect(backup(deps, file)).rejects.toThrow('not replaced')
    expect((await readFile(file)).equals(whole)).toBe(true)
  })

  it('is refused before anything is written where it is cut off, changed, under other keys, or for somewhere else', async () => {
    const made = await system(open)
    const { deps, file, folder, appKeys } = made
    await backup(deps, file)
    const { to } = await elsewhere(open, made)
    const whole = await readFile(file)
    const other = path.join(folder, 'other.backup')
    const refusal = async (bytes: Uint8Array, at: RestoreDeps = to) => {
      await writeFile(other, bytes)
      const said = await restore(at, other).then(() => 'restored', String)
      expect(await readdir(to.env.dataDir).catch(() => 'nothing')).toBe('nothing')
      return said
    }
    for (const share of [0.001, 0.3, 0.7, 0.99, 1])
      expect(await refusal(whole.subarray(0, Math.floor(whole.length * share) - 2048))).toMatch(
        /is cut off|is no backup/,
      )
    for (const share of [0.1, 0.5, 0.9]) {
      const changed = Buffer.from(whole)
      // Never in the padding, which says nothing.
      const at = whole.indexOf('files/', Math.floor(whole.length * share) - 60_000) + 512
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(await refusal(changed)).toMatch(/is damaged|is no backup/)
    }
    expect(await refusal(Buffer.from('no tar at all'))).toContain('is no backup')
    expect(await refusal(Buffer.alloc(0))).toContain('is no backup')

    const [newest = '', oldest = ''] = appKeys.split(',')
    const under = (keys: string) => ({ ...to, keys: openKeyring(keys) })
    expect(await refusal(whole, under(newest))).toMatch(/keys k2, k1, and APP_KEYS has k2: add k1/)
    expect(await refusal(whole, under(makeAppKeys(oldest)))).toMatch(/its key k2 is another one/)
    const elsewise = open.engine === 'pg' ? undefined : 'postgres://localhost/none'
    expect(await refusal(whole, { ...to, env: { ...to.env, databaseUrl: elsewise } })).toMatch(/it is one of/)
    expect(await check(to, file)).toMatchObject({ files: (await rowsOf(deps)).pictures.length })
  })

  it('of a newer release is refused', async () => {
    const made = await system(open)
    await backup(made.deps, made.file)
    const newer = path.join(made.folder, 'newer.backup')
    await writeArchive(newer, made.deps.keys, async (add) => {
      await readArchive(made.file, made.deps.keys, async (entry, bytes) => {
        const next = entry === 'manifest.json' ? { ...JSON.parse(bytes.toString()), migration: 1e15 } : null
        await add(entry, next ? Buffer.from(JSON.stringify(next)) : bytes)
      })
      return { gone: [], missing: [] }
    })
    const { to } = await elsewhere(open, made)
    await expect(restore(to, newer)).rejects.toThrow('newer release')
  })

  it('keeps what it is about to copy, and does without what a person took away meanwhile', async () => {
    const made = await system(open)
    const { deps, file, caseId } = made
    const { store, stored } = deps
    const { t } = store
    const staff = await makeStaff(deps, { role: 'manager', departmentId: '440106' })
    const exportId = newId(deps.clock.now())
    const storageKey = newFileKey()
    await deps.files.put(storageKey, Buffer.from('rows'))
    const at = deps.clock.now()
    await store.tx((q) =>
      q.insert(t.exportFile).values({
        id: exportId,
        accountId: staff.actor.id,
        kind: 'people',
        format: 'csv',
        departmentId: '440106',
        filter: {},
        storageKey,
        createdAt: at,
        doneAt: at,
        expiresAt: new Date(at.getTime() + 7 * 86_400_000),
      }),
    )
    // Nothing shows these pictures any more: the next sweep would take them away.
    await store.tx((q) => q.delete(t.attachment).where(eq(t.attachment.caseId, caseId)))
    await store.tx((q) => q.delete(t.roundFile))
    deps.clock.advance(2 * 86_400_000)
    const { length } = (await rowsOf(deps)).pictures
    let meanwhile: Promise<void> | undefined
    const interrupted: FileStore = {
      ...stored,
      async get(key) {
        meanwhile ??= sweep(deps).then(() => deleteExport(deps, staff.actor, { exportId }))
        await meanwhile
        return stored.get(key)
      },
    }
    const { pictures, exports, missing } = await backup({ ...deps, stored: interrupted }, file)
    expect({ pictures, exports, missing }).toEqual({ pictures: length, exports: 0, missing: [] })
    // And the next one takes them.
    await sweep(deps)
    expect((await rowsOf(deps)).pictures).toEqual([])

    const { to } = await elsewhere(open, made)
    await restore(to, file)
    expect(await faultsOf(to)).toEqual([])
    const opened = await openDeps(to.env)
    expect(await opened.store.read.select().from(opened.store.t.exportFile)).toEqual([])
    expect((await rowsOf(opened)).pictures).toHaveLength(length)
    await opened.store.close()
  })

  it('is written all the same where a picture is missing, and says which', async () => {
    const { deps, file } = await system(open)
    const [picture] = (await rowsOf(deps)).pictures
    await deps.stored.delete(picture?.storageKey ?? '')
    expect((await backup(deps, file)).missing).toEqual([picture?.storageKey])
  })

  it('leaves nothing behind where it fails', async () => {
    const { deps, file, folder } = await system(open)
    const failing: FileStore = {
      ...deps.stored,
      get: async () => {
        throw new Error('the disk is gone')
      },
    }
    await expect(backup({ ...deps, stored: failing }, file)).rejects.toThrow('the disk is gone')
    expect(await readdir(folder)).toEqual([])
    const { counter } = deps.store.t
    expect(await deps.store.read.select().from(counter).where(eq(counter.id, 'files-held'))).toEqual([])
  })

  it('that ends leaves pictures where they are for another one that goes on', async () => {
    const deps = testDeps(await open())
    const { store, clock } = deps
    const isHeld = () => store.tx((q) => areFilesHeld(q, store.t, clock.now()))
    await holdingFiles(deps, async () => {
      await expect(holdingFiles(deps, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room')
      expect([await isHeld(), await isHeld()]).toEqual([true, true])
    })
    expect(await isHeld()).toBe(false)
  })

  it('that is restored and killed on the way is seen as begun, and can be restored again', async () => {
    const made = await system(open)
    const { deps, file } = made
    await backup(deps, file)
    const second = path.join(made.folder, 'second.backup')
    await backup(deps, second)
    const { to } = await elsewhere(open, made)
    let left = 3
    const failing: FileStore = {
      ...to.stored,
      put: async (key, bytes) => {
        if (left === 0) throw new Error('killed')
        left -= 1
        await to.stored.put(key, bytes)
      },
    }
    await expect(restore({ ...to, stored: failing }, file)).rejects.toThrow('killed')
    const begun = async () => {
      await checkPlace(to.env)
      const opened = await openDeps(to.env)
      await checkStore(opened).finally(() => opened.store.close())
    }
    await expect(begun()).rejects.toThrow('begun and not finished')
    await expect(restore(to, second)).rejects.toThrow('another backup')
    await restore(to, file)
    await begun()
    expect(await faultsOf(to)).toEqual([])
  })
})
