import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import { assertNodeApi } from './node-version.ts'
import { codesOf } from './unavailable.ts'

/** Beside `app.db`, and empty: what counts is who has it locked. */
const lockName = 'server.lock'

/**
 * Holds a data folder for one server process, as long as what it gives is kept; null while another process holds it. Node has no
 * `flock`; an exclusive lock of SQLite is one of the operating system, which ends with its process however that ends.
 */
export async function holdFolder(dataDir: string): Promise<Database | null> {
  assertNodeApi()
  const { default: SQLite } = await import('better-sqlite3')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const lock = new SQLite(path.join(dataDir, lockName), { timeout: 0 })
  try {
    // Nothing is ever written into it, but a journal would be a second file.
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (codesOf(error).some((code) => code.startsWith('SQLITE_BUSY'))) return null
    throw error
  }
}
