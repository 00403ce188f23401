/**
 * What a start refuses, each in a sentence that says what to do (OPS-2): asked by the server before it serves and by `migrate`
 * before it changes anything. The first question comes before a database is opened, because opening SQLite makes one.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { isUnknown } from '#db/engine.ts'
import { installationOf, keyIdOf, opensKeyCheck, sampleOpens } from '#db/installation.ts'
import { unfinished } from '#db/postgres-copy.ts'
import { sqliteHoldsPeople } from '#db/sqlite-copy.ts'
import type { Store } from '#db/store.ts'
import type { Deps } from './deps.ts'
import type { Env } from './env.ts'
import { openFiles } from './files/open.ts'
import type { FileStore } from './files/store.ts'

/** The migration that brought the table `installation`. */
const installationSince = 1795361178177

const newOne = 'npm run ops -- migrate --new'

/** The folder of a restore under way, or of one that was ended before it was done. */
export const restoringFolder = (dataDir: string) =>
  path.join(/* turbopackIgnore: true */ dataDir, 'restoring')

const refuse = (sentence: string): never => {
  throw new Error(sentence)
}

/** Whether anything is stored; a store that does not answer is taken to hold something. */
async function holdsFiles(files: Pick<FileStore, 'list'>): Promise<boolean> {
  try {
    for await (const _ of files.list()) return true
    return false
  } catch {
    return true
  }
}

type Place = Pick<Env, 'dataDir' | 'databaseUrl' | 'demo' | 'files'>

/** Refuses where opening would make an empty database in the place of one that should be there. */
export async function checkPlace({ dataDir, databaseUrl, demo, files }: Place, isNew = false): Promise<void> {
  if (databaseUrl !== undefined || existsSync(path.join(/* turbopackIgnore: true */ dataDir, 'app.db')))
    return
  if (existsSync(restoringFolder(dataDir)))
    refuse(
      `A restore into ${dataDir} was begun and not finished: run "npm run ops -- restore FILE" again with the same file.`,
    )
  if (files.kind === 'folder' && (await holdsFiles(await openFiles(files))))
    refuse(
      `${dataDir} has files of an installation and no database (app.db): restore a backup into an empty folder, or say the right DATA_DIR.`,
    )
  if (!demo && !isNew)
    refuse(
      `There is no database in ${dataDir}. Is DATA_DIR right, and the disk mounted? A new installation is made once, by "${newOne}".`,
    )
}

async function isRestoring({ engine, read }: Store): Promise<boolean> {
  if (engine !== 'pg') return false
  const [row] = await read
    .select({ there: sql<boolean>`to_regnamespace(${unfinished}) is not null` })
    .from(sql`(values (1)) as one`)
  return row?.there === true
}

async function checkKeys({ store, keys }: Pick<Deps, 'store' | 'keys'>, last: number): Promise<void> {
  const { read, t } = store
  const row = last < installationSince ? null : await installationOf(read, t)
  // Before its first migrate by this release, whatever somebody's account holds.
  const found = row
    ? { keyId: keyIdOf(row.keyCheckSealed), opens: opensKeyCheck(keys, row.keyCheckSealed) }
    : await sampleOpens(read, t, keys)
  if (!found || found.opens) return
  const ids = keys.ids.join(', ')
  refuse(
    keys.ids.includes(found.keyId)
      ? `The key ${found.keyId} of APP_KEYS is not the ${found.keyId} this database was written with: give the keyring that belongs to it.`
      : `This database was written with the key ${found.keyId}, and APP_KEYS has ${ids}: add ${found.keyId} to it.`,
  )
}

/**
 * Refuses a database that is empty where it should not be, of a newer release, under other keys, half restored, or without its
 * files; gives what is worth telling. `isNew`: it is to be made, and must not be there.
 */
export async function checkStore(
  deps: Pick<Deps, 'env' | 'store' | 'keys' | 'files'>,
  isNew = false,
): Promise<string[]> {
  const { env, store, files } = deps
  const place = store.engine === 'pg' ? 'DATABASE_URL' : env.dataDir
  if (await isRestoring(store))
    refuse(
      'A restore into this database was begun and not finished: run "npm run ops -- restore FILE" again with the same file.',
    )
  const last = await store.lastMigration()
  if (last === null) {
    if (await holdsFiles(files))
      refuse(
        `The database of ${place} is empty, and files of an installation are there: restore a backup instead.`,
      )
    if (!env.demo && !isNew)
      refuse(
        `The database of ${place} is empty. Is it the right one? A new installation is made once, by "${newOne}".`,
      )
    return []
  }
  if (isNew) refuse(`There is a database in ${place} already: leave out --new.`)
  if (isUnknown(store.engine, last))
    refuse(
      'This database was brought up to date by a newer release of this program: start that one, or restore a backup from before.',
    )
  await checkKeys(deps, last)
  const { storedFile } = store.t
  const [picture] = await store.read.select({ id: storedFile.id }).from(storedFile).limit(1)
  if (picture && !(await holdsFiles(files)))
    refuse(
      `The database of ${place} has pictures, and none of them is where files are kept: bring back the folder "files" of DATA_DIR, or say the right FILES_URL.`,
    )
  return env.databaseUrl !== undefined && (await sqliteHoldsPeople(env.dataDir))
    ? [
        `DATABASE_URL is used; ${path.join(/* turbopackIgnore: true */ env.dataDir, 'app.db')} holds people as well, and is not looked at.`,
      ]
    : []
}
