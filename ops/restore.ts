import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Keyring, makeAppKeys, openKeyring } from '#db/crypto.ts'
import type { Engine } from '#db/engine.ts'
import { assertReadable, type Filling } from '#db/postgres-copy.ts'
import { type Clock, systemClock } from '#lib/clock.ts'
import { openDeps } from '#lib/deps.ts'
import { type Env, readEnv } from '#lib/env.ts'
import { openFiles } from '#lib/files/open.ts'
import { type FileStore, keyAt } from '#lib/files/store.ts'
import { type Ending, notOne, read, readArchive } from './backup/archive.ts'
import {
  databasePrefix,
  filesPrefix,
  type Manifest,
  manifest,
  manifestName,
  obstacle,
} from './backup/manifest.ts'
import { type DatabasePlace, databasePlace } from './backup/places.ts'
import { assertRoom } from './backup/room.ts'
import { type Settled, settle } from './backup/settle.ts'
import { migrate } from './migrate.ts'
import { verify } from './verify.ts'

const usage = 'npm run ops -- restore [--send] FILE | restore --check FILE'
/** So many files are put at a time: each waits for the disk or the bucket. */
const lanes = 8

type Say = (line: string) => void

export interface RestoreDeps {
  readonly env: Env
  readonly keys: Keyring
  readonly clock: Clock
  /** Where files go, as they are, sealed. */
  readonly stored: FileStore
}

export interface Checked {
  readonly manifest: Manifest
  readonly ending: Ending
  readonly files: number
  readonly databaseBytes: number
  readonly filesBytes: number
}

const engineOf = ({ databaseUrl }: Pick<Env, 'databaseUrl'>): Engine =>
  databaseUrl === undefined ? 'sqlite' : 'pg'

const sqliteMagic = 'SQLite format 3\0'

async function assertDatabase({ engine }: Manifest, file: string, beginning: Buffer): Promise<void> {
  if (engine === 'pg') await assertReadable(beginning)
  else if (!beginning.subarray(0, sqliteMagic.length).equals(Buffer.from(sqliteMagic)))
    throw new Error(`${file} is damaged: what it holds is no SQLite database`)
}

/** Reads an archive whole and writes nothing; throws a sentence where it could not be restored here. */
export async function check(
  { env, keys }: Pick<RestoreDeps, 'env' | 'keys'>,
  file: string,
): Promise<Checked> {
  let told: Manifest | undefined
  let [files, databaseBytes, filesBytes] = [0, 0, 0]
  const ending = await readArchive(file, keys, async (name, bytes) => {
    if (!told) {
      told = name === manifestName ? read(manifest, bytes) : undefined
      if (!told) throw notOne(file)
      const why = obstacle(told, { engine: engineOf(env), keys })
      if (why !== null) throw new Error(`${file} cannot be restored here: ${why}`)
    } else if (name.startsWith(databasePrefix)) {
      if (databaseBytes === 0) await assertDatabase(told, file, bytes)
      databaseBytes += bytes.length
    } else if (keyIn(name) !== null) {
      files += 1
      filesBytes += bytes.length
    } else throw new Error(`${file} holds ${name}, which is nothing of a backup`)
  })
  if (!told) throw notOne(file)
  return { manifest: told, ending, files, databaseBytes, filesBytes }
}

/** The key of a file by its name in an archive; null for anything else. */
function keyIn(name: string): string | null {
  if (!name.startsWith(filesPrefix)) return null
  const key = name.slice(filesPrefix.length)
  return keyAt(`${key.slice(0, 2)}/${key.slice(2, 4)}/${key}`)
}

async function assertNoFiles({ list }: FileStore): Promise<void> {
  for await (const _ of list())
    throw new Error(
      'There are files where files are kept: a backup is restored into an empty place, never over data.',
    )
}

/**
 * Puts all of a backup into an empty place. First the archive is read whole, so that nothing is written where it could not be
 * restored. Until it is done a start refuses, and the same archive can be restored again; afterwards the database is in its place,
 * up to date, and settled.
 */
export async function restore(
  deps: RestoreDeps,
  file: string,
  { send = false, say = () => undefined }: { readonly send?: boolean; readonly say?: Say } = {},
): Promise<Checked & Settled> {
  const { env, stored, clock } = deps
  const checked = await check(deps, file)
  const { manifest: told, ending } = checked
  say(`of ${told.at}: ${told.counts.accounts} accounts, ${told.counts.cases} cases, ${checked.files} files`)
  const place = databasePlace(env, `${told.at} ${ending.sums}`)
  await place.assertFree()
  if (!(await place.isBegun())) await assertNoFiles(stored)
  await assertRoomFor(deps, checked)
  await fill(deps, file, place)
  const store = await place.open()
  const settled = await (async () => {
    try {
      // Its copy is the archive.
      const said = await migrate({ ...deps, store }, { withoutCopy: true })
      if (said !== '') say(said)
      return await settle({ store, clock }, told, ending, send)
    } finally {
      await store.close()
    }
  })()
  await place.finish()
  return { ...checked, ...settled }
}

async function assertRoomFor({ env }: RestoreDeps, { databaseBytes, filesBytes }: Checked): Promise<void> {
  const here =
    (env.databaseUrl === undefined ? databaseBytes : 0) + (env.files.kind === 'folder' ? filesBytes : 0)
  const folder = await nearest(env.dataDir)
  await assertRoom(folder, here, 'the restore')
}

/** The folder itself, or what is above it where it is not there yet. */
async function nearest(folder: string): Promise<string> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = await stat(at).catch(() => null)
    if (found || at === dirname(at)) return at
  }
}

async function fill({ keys, stored }: RestoreDeps, file: string, place: DatabasePlace): Promise<void> {
  const database = await place.begin()
  let filling: Filling | undefined = database
  const under = new Set<Promise<void>>()
  const failed: unknown[] = []
  const put = async (key: string, bytes: Buffer) => {
    while (under.size >= lanes) await Promise.race(under)
    if (failed.length > 0) throw failed[0]
    const one = stored
      .put(key, bytes)
      .catch((error: unknown) => void failed.push(error))
      .finally(() => under.delete(one))
    under.add(one)
  }
  await readArchive(file, keys, async (name, bytes) => {
    if (name.startsWith(databasePrefix)) return filling?.write(bytes)
    const key = keyIn(name)
    if (key === null) return
    await filling?.end()
    filling = undefined
    await put(key, bytes)
  })
  await filling?.end()
  await Promise.all(under)
  if (failed.length > 0) throw failed[0]
}

/** Ends with 1 where the archive is not whole, or anything of what was restored is wrong. */
export async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { check: { type: 'boolean', default: false }, send: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new Error(usage)
  const say: Say = (line) => console.log(line)
  const env = readEnv(process.env, makeAppKeys)
  const deps = { env, keys: openKeyring(env.appKeys), clock: systemClock, stored: await openFiles(env.files) }
  if (values.check) return sayChecked(await check(deps, file), say)
  const { sessions, unsent, manifest: told } = await restore(deps, file, { send: values.send, say })
  say(`${sessions} sessions ended, ${unsent} unsent messages given up`)
  const opened = await openDeps(env)
  try {
    const faults = await verify(opened, told.head, say)
    if (faults > 0) throw new Error(`it was restored, but ${faults} things are wrong`)
    say('nothing is wrong')
  } finally {
    await opened.store.close()
  }
}

function sayChecked({ manifest: told, ending, files }: Checked, say: Say): void {
  const { accounts, cases } = told.counts
  say(`of ${told.at}: ${accounts} accounts, ${cases} cases, ${files} files; every byte is what was written`)
  say(`keys ${told.keys.join(', ')}`)
  say(`head ${told.head.seq}:${told.head.hash}`)
  for (const key of ending.missing) say(`missing already when it was made: ${key}`)
}
