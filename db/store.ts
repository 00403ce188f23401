import type { Store } from './engine.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import { codesOf } from './unavailable.ts'

export type { Q, Schema, Store } from './engine.ts'

const UNIQUE = new Set(['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'])

/** Whether this error says that a row with the same unique key is already there, whichever engine threw it. */
export const isUnique = (error: unknown): boolean => codesOf(error).some((code) => UNIQUE.has(code))

/**
 * Opens the store: PostgreSQL when `url` is a `postgres://` address (at most `max` connections, 10 unless
 * said), else the embedded SQLite file in `dataDir`. It migrates nothing; call `migrate()`.
 */
export async function openStore(place: { url?: string; dataDir: string; max?: number }): Promise<Store> {
  if (!place.url) return openSqlite(place.dataDir)
  if (!/^postgres(ql)?:\/\//.test(place.url))
    throw new Error('DATABASE_URL must start with postgres:// (leave it empty for the embedded database)')
  return openPostgres(place.url, place.max)
}
