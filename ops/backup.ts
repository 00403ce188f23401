import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { asc, count, eq, gt, isNotNull, sum } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Frozen } from '#db/engine.ts'
import { record } from '#db/events.ts'
import { installationOf } from '#db/installation.ts'
import { chainHead } from '#db/queries/audit-chain.ts'
import type { Deps } from '#lib/deps.ts'
import { openFiles } from '#lib/files/open.ts'
import type { FileStore } from '#lib/files/store.ts'
import { newId } from '#lib/ids.ts'
import { holdingFiles } from '#lib/jobs/file-hold.ts'
import { checkStore } from '#lib/start-checks.ts'
import { type Add, partOf, writeArchive } from './backup/archive.ts'
import { databasePrefix, filesPrefix, type Manifest, manifestName } from './backup/manifest.ts'
import { assertRoom } from './backup/room.ts'
import { withDeps } from './with-deps.ts'

const usage = 'npm run ops -- backup FILE'
const pieceBytes = 8 * 1024 * 1024
const keysAtOnce = 1000
/** So many files are on their way to the archive at a time: a bucket answers slowly. */
const ahead = 8

type Say = (line: string) => void

export interface BackupDeps extends Pick<Deps, 'env' | 'store' | 'keys' | 'clock' | 'files'> {
  /** The files as they lie there, sealed. */
  readonly stored: FileStore
}

export interface BackedUp {
  readonly bytes: number
  readonly pictures: number
  readonly exports: number
  /** Keys of files that were missing, although their rows are there. */
  readonly missing: readonly string[]
  readonly manifest: Manifest
}

/**
 * Writes everything but the keys into a new file, while the server goes on: one moment of the database, and every stored file it
 * refers to. Throws a sentence where that cannot be, and then leaves nothing behind.
 */
export async function backup(deps: BackupDeps, file: string): Promise<BackedUp> {
  const { store } = deps
  if ((await store.pendingMigrations()) > 0) throw new Error('migrations are missing: run migrate first')
  await checkStore(deps)
  await assertRoomFor(deps, file)
  const done = await holdingFiles(deps, () => written(deps, file))
  const at = deps.clock.now()
  const data = { pictures: done.pictures, exports: done.exports, chain: done.manifest.head.seq }
  await store.tx((q) => record(q, store.t, { id: newId(at), kind: 'backup.written', data, at }))
  return done
}

async function written(deps: BackupDeps, file: string): Promise<BackedUp> {
  const missing: string[] = []
  const gone: string[] = []
  let told: Manifest | undefined
  let [pictures, exports] = [0, 0]
  const near = `${partOf(file)}.db`
  const { bytes } = await writeArchive(file, deps.keys, async (add) => {
    // Left by one that was killed: whoever made the part has the name to themselves.
    await rm(near, { force: true })
    const at = deps.clock.now()
    return deps.store.freeze(near, async (frozen) => {
      told = await manifestOf(deps, frozen, at)
      await add(manifestName, Buffer.from(JSON.stringify(told, null, 2)))
      await addDatabase(frozen, add)
      const fetched = inOrder(keysOf(deps, frozen), ahead, async (one) => ({
        ...one,
        bytes: await deps.stored.get(one.key),
      }))
      for await (const one of fetched) {
        if (one.bytes === null) ((await one.isStill()) ? missing : gone).push(one.key)
        else {
          await add(`${filesPrefix}${one.key}`, one.bytes)
          if (one.isPicture) pictures += 1
          else exports += 1
        }
      }
      return { gone, missing }
    })
  })
  if (!told) throw new Error('a backup without its manifest')
  return { bytes, pictures, exports, missing, manifest: told }
}

async function manifestOf({ store, keys }: BackupDeps, { read }: Frozen, at: Date): Promise<Manifest> {
  const { t } = store
  const rows = async (table: SQLiteTable) =>
    Number((await read.select({ n: count() }).from(table))[0]?.n ?? 0)
  const installation = await installationOf(read, t)
  const migration = await store.lastMigration()
  if (!installation || migration === null)
    throw new Error('this installation has no row of its own: run migrate first')
  return {
    format: 1,
    engine: store.engine,
    at: at.toISOString(),
    migration,
    head: await chainHead(read, t),
    keys: [...keys.ids],
    keyCheckSealed: installation.keyCheckSealed,
    counts: {
      accounts: await rows(t.account),
      cases: await rows(t.serviceCase),
      pictures: await rows(t.storedFile),
      exports: await rows(t.exportFile),
    },
  }
}

const pieceName = (number: number) => `${databasePrefix}${String(number).padStart(8, '0')}`

/** In pieces of one size, because a tar wants to know the size of a thing before it is written. */
async function addDatabase({ bytes }: Frozen, add: Add): Promise<void> {
  let held: Uint8Array[] = []
  let [size, pieces] = [0, 0]
  const pass = async () => {
    const whole = Buffer.concat(held)
    held = [whole.subarray(pieceBytes)]
    size = Math.max(0, size - pieceBytes)
    await add(pieceName(pieces), whole.subarray(0, pieceBytes))
    pieces += 1
  }
  for await (const chunk of bytes()) {
    held.push(chunk)
    size += chunk.length
    while (size >= pieceBytes) await pass()
  }
  if (size > 0) await pass()
}

interface Kept {
  readonly key: string
  readonly isPicture: boolean
  /** Whether the row is there by now, too. */
  readonly isStill: () => Promise<boolean>
}

/** What the snapshot refers to: pictures, and exports that were finished. */
async function* keysOf({ store }: BackupDeps, { read }: Frozen): AsyncGenerator<Kept> {
  const { t } = store
  const { storedFile, exportFile } = t
  for (let after = ''; ; ) {
    const rows = await read
      .select({ id: storedFile.id, key: storedFile.storageKey })
      .from(storedFile)
      .where(gt(storedFile.id, after))
      .orderBy(asc(storedFile.id))
      .limit(keysAtOnce)
    for (const { id, key } of rows)
      yield {
        key,
        isPicture: true,
        isStill: async () =>
          (await store.read.select({ id: storedFile.id }).from(storedFile).where(eq(storedFile.id, id)))
            .length > 0,
      }
    after = rows.at(-1)?.id ?? after
    if (rows.length < keysAtOnce) break
  }
  const finished = await read
    .select({ id: exportFile.id, key: exportFile.storageKey })
    .from(exportFile)
    .where(isNotNull(exportFile.doneAt))
    .orderBy(asc(exportFile.id))
  for (const { id, key } of finished)
    if (key !== null)
      yield {
        key,
        isPicture: false,
        isStill: async () =>
          (await store.read.select({ id: exportFile.id }).from(exportFile).where(eq(exportFile.id, id)))
            .length > 0,
      }
}

/** Up to `most` at a time, in the order they came. */
async function* inOrder<T, U>(
  from: AsyncIterable<T>,
  most: number,
  work: (one: T) => Promise<U>,
): AsyncGenerator<U> {
  const under: Promise<U>[] = []
  const next = async () => {
    const one = under.shift()
    if (!one) throw new Error('nothing is under way')
    return one
  }
  for await (const one of from) {
    const begun = work(one)
    // Told when its turn comes.
    begun.catch(() => undefined)
    under.push(begun)
    if (under.length >= most) yield await next()
  }
  while (under.length > 0) yield await next()
}

/** The copy of the database, the same once more in the file, and the files. */
async function assertRoomFor({ store }: BackupDeps, file: string): Promise<void> {
  const { storedFile, exportFile } = store.t
  const [pictures] = await store.read.select({ n: sum(storedFile.bytes) }).from(storedFile)
  const [exports] = await store.read.select({ n: sum(exportFile.bytes) }).from(exportFile)
  const database = store.engine === 'sqlite' ? 2 * (await store.size()) : 0
  const needed = database + Number(pictures?.n ?? 0) + Number(exports?.n ?? 0)
  const folder = path.dirname(path.resolve(file))
  await stat(folder).catch(() => {
    throw new Error(`${folder} is not there`)
  })
  await assertRoom(folder, needed, 'the backup')
}

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1)

/** Ends with 1 where a file was missing; the backup is written all the same. */
export async function run(args: readonly string[]): Promise<void> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new Error(usage)
  const say: Say = (line) => console.log(line)
  await withDeps(async (deps) => {
    const begun = performance.now()
    const { bytes, pictures, exports, missing, manifest } = await backup(
      { ...deps, stored: await openFiles(deps.env.files) },
      file,
    )
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    say(`${file}: ${megabytes(bytes)} MB in ${seconds} s, ${pictures} pictures, ${exports} exported files`)
    say(`keys ${manifest.keys.join(', ')}: not in it, keep them elsewhere`)
    say(`head ${manifest.head.seq}:${manifest.head.hash}`)
    for (const key of missing) say(`wrong: files: ${key} is missing`)
    if (missing.length > 0)
      throw new Error(`it was written, but ${missing.length} files were missing: run verify`)
  })
}
