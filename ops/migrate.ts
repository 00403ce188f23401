import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Engine, migrationsOf } from '#db/engine.ts'
import { holdsPeople, installationOf, noteInstallation } from '#db/installation.ts'
import { loadDepartments } from '#db/seed/load-departments.ts'
import type { Deps } from '#lib/deps.ts'
import { checkStore } from '#lib/start-checks.ts'
import { assertRoom } from './backup/room.ts'
import { withDeps } from './with-deps.ts'

const copiesKept = 3
const endings: Readonly<Record<Engine, string>> = { sqlite: 'db', pg: 'dump' }

type MigrateDeps = Pick<Deps, 'store' | 'clock' | 'keys' | 'env'>

/**
 * Applies the migrations that are missing, notes whose keys this database belongs to, and brings the tree of departments up to
 * date; says what it changed. A database with people in it is copied before.
 */
export async function migrate(deps: MigrateDeps, { withoutCopy = false } = {}): Promise<string> {
  const { store, clock, keys } = deps
  const said: string[] = []
  if (!withoutCopy && (await needsCopy(deps))) said.push(`the database as it was: ${await copyBefore(deps)}`)
  await store.migrate()
  const { read, t } = store
  if (!(await installationOf(read, t))) await store.tx((q) => noteInstallation(q, t, keys, clock.now()))
  const { added, corrected } = await loadDepartments(store, clock.now())
  if (added + corrected > 0) said.push(`departments: ${added} added, ${corrected} corrected`)
  return said.join('\n')
}

async function needsCopy({ store }: MigrateDeps): Promise<boolean> {
  if ((await store.lastMigration()) === null || (await store.pendingMigrations()) === 0) return false
  return holdsPeople(store.read, store.t)
}

/** What the last migration of this program is called. */
async function newestMigration(engine: Engine): Promise<string> {
  const journal: { entries: { tag: string }[] } = JSON.parse(
    await readFile(path.join(migrationsOf(engine), 'meta/_journal.json'), 'utf8'),
  )
  return journal.entries.at(-1)?.tag ?? ''
}

/** A copy in `DATA_DIR/backups`, of which the last three are kept; gives its name. */
async function copyBefore({ store, clock, env }: MigrateDeps): Promise<string> {
  const folder = path.join(env.dataDir, 'backups')
  const time = clock
    .now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, '')
  const file = path.join(
    folder,
    `before-${await newestMigration(store.engine)}-${time}.${endings[store.engine]}`,
  )
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await assertRoom(folder, await store.size(), 'A copy of the database')
    const part = `${file}.part`
    await rm(part, { force: true })
    await store.copyTo(part)
    await rename(part, file)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(
      `migrations are missing, and no copy of the database could be made before: ${why}. Nothing was changed. ` +
        'Mend that, or set MIGRATE_WITHOUT_BACKUP=1 for this once, if there is a backup elsewhere.',
    )
  }
  await keepLast(folder)
  return file
}

/** By the time in their names. */
async function keepLast(folder: string): Promise<void> {
  const timeOf = (name: string) => /-(\d{8}T\d{6}Z)\.(?:db|dump)$/.exec(name)?.[1]
  const copies = (await readdir(folder))
    .flatMap((name) => {
      const time = timeOf(name)
      return name.startsWith('before-') && time !== undefined ? [{ name, time }] : []
    })
    .sort((a, b) => (a.time < b.time ? 1 : -1))
  for (const { name } of copies.slice(copiesKept)) await rm(path.join(folder, name), { force: true })
}

/** `--new` makes an installation where there is none; outside demo mode nothing else does. */
export async function run(args: readonly string[] = []): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { new: { type: 'boolean', default: false } } })
  const withoutCopy = process.env.MIGRATE_WITHOUT_BACKUP === '1'
  await withDeps(async (deps) => {
    for (const line of await checkStore(deps, values.new)) console.log(line)
    const said = await migrate(deps, { withoutCopy })
    if (said !== '') console.log(said)
  }, values.new)
}
