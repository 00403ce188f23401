/** What an archive says of itself, first of all: enough to refuse it before anything is written. No personal data. */
import { z } from 'zod'
import type { Keyring } from '#db/crypto.ts'
import { type Engine, isUnknown } from '#db/engine.ts'
import { keyIdOf, opensKeyCheck } from '#db/installation.ts'

export const manifestName = 'manifest.json'
export const databasePrefix = 'database/'
export const filesPrefix = 'files/'

const count = z.int().nonnegative()

export const manifest = z.strictObject({
  format: z.literal(1),
  engine: z.enum(['sqlite', 'pg']),
  /** When the moment was that it holds. */
  at: z.iso.datetime(),
  /** When the last migration in it was made. */
  migration: z.int(),
  /** Where the audit chain ended. */
  head: z.strictObject({ seq: z.string(), hash: z.string() }),
  /** Ids of the keys at that time, newest first: any of them may be needed. */
  keys: z.array(z.string()),
  keyCheckSealed: z.string(),
  counts: z.strictObject({ accounts: count, cases: count, pictures: count, exports: count }),
})
export type Manifest = z.output<typeof manifest>

const engineNames: Readonly<Record<Engine, string>> = { sqlite: 'SQLite', pg: 'PostgreSQL' }

/** Why this program with these keys and settings cannot restore it, in a sentence; null where it can. */
export function obstacle(
  { engine, keys: needed, keyCheckSealed, migration }: Manifest,
  here: { readonly engine: Engine; readonly keys: Keyring },
): string | null {
  const ids = here.keys.ids
  const missing = needed.filter((id) => !ids.includes(id))
  if (missing.length > 0)
    return `it was made under the keys ${needed.join(', ')}, and APP_KEYS has ${ids.join(', ')}: add ${missing.join(', ')}`
  if (!opensKeyCheck(here.keys, keyCheckSealed))
    return `its key ${keyIdOf(keyCheckSealed)} is another one than the ${keyIdOf(keyCheckSealed)} of APP_KEYS: give the keyring it was made under`
  if (engine !== here.engine)
    return `it is one of ${engineNames[engine]}, and DATABASE_URL ${here.engine === 'pg' ? 'names' : 'does not name'} a PostgreSQL database`
  if (isUnknown(engine, migration))
    return 'it was made by a newer release of this program: restore it with that one'
  return null
}
