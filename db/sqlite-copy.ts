/** A SQLite file as it was at one moment, while others write into it. */
import { createReadStream, existsSync } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import type { Frozen, Q } from './engine.ts'

type Opened = (file: string) => Database

/**
 * Writes a copy of `file` as of now into `target`, a new file of mode 0600 on the disk when it resolves. Readers and writers go
 * on; this process waits. What was deleted is not in it: pages are written anew (VACUUM INTO). A target that is there is an error.
 */
export async function copySqlite(opened: Opened, file: string, target: string): Promise<void> {
  const handle = await open(target, 'wx', 0o600)
  try {
    const connection = opened(file)
    try {
      connection.prepare('VACUUM INTO ?').run(target)
    } finally {
      connection.close()
    }
    await handle.sync()
  } catch (error) {
    await rm(target, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}

/** Runs `work` over such a copy at `near`, which is removed at the end. */
export async function frozenSqlite<T>(
  {
    opened,
    asQ,
    file,
    near,
  }: { opened: Opened; asQ: (connection: Database) => Q; file: string; near: string },
  work: (frozen: Frozen) => Promise<T>,
): Promise<T> {
  await copySqlite(opened, file, near)
  try {
    const connection = opened(near)
    try {
      return await work({ read: asQ(connection), bytes: () => createReadStream(near) })
    } finally {
      connection.close()
    }
  } finally {
    await rm(near, { force: true })
  }
}

/** The size of a database with its log, in bytes. */
export async function sizeOfSqlite(file: string): Promise<number> {
  const sizes = await Promise.all(
    [file, `${file}-wal`].map((one) =>
      stat(/* turbopackIgnore: true */ one).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Whether a folder has an embedded database with people in it; whatever cannot be read has none. Changes nothing. */
export async function sqliteHoldsPeople(dataDir: string): Promise<boolean> {
  const file = path.join(/* turbopackIgnore: true */ dataDir, 'app.db')
  if (!existsSync(file)) return false
  const { default: SQLite } = await import('better-sqlite3')
  try {
    const connection = new SQLite(file, { readonly: true, fileMustExist: true })
    try {
      return connection.prepare('select 1 from account limit 1').get() !== undefined
    } finally {
      connection.close()
    }
  } catch {
    return false
  }
}
