/** What tells a database that is ours and readable from an empty or a foreign one, or from one under other keys. */
import { desc } from 'drizzle-orm'
import type { Keyring } from './crypto.ts'
import { accountContext } from './queries/accounts.ts'
import type { Q, Schema } from './store.ts'

const installationId = 'one'
/** What the known text is bound to. */
export const keyCheckContext = 'installation:one:key-check'
const known = 'kuaiji-platform'

type Sealer = Pick<Keyring, 'seal'>
type Opener = Pick<Keyring, 'unseal'>

/** The known text under the key that writes now. */
const sealKeyCheck = (keys: Sealer): string => keys.seal(known, keyCheckContext)

function opens(keys: Opener, sealed: string, where: string): boolean {
  try {
    keys.unseal(sealed, where)
    return true
  } catch {
    return false
  }
}

/** Whether one of these keys made it. */
export const opensKeyCheck = (keys: Opener, sealed: string): boolean => opens(keys, sealed, keyCheckContext)

/** The id of the key that made a sealed value, as it stands in APP_KEYS. */
export const keyIdOf = (sealed: string): string => sealed.split('.', 2)[1] ?? ''

/** The row of this installation; null before its first `migrate`. The table is there since migration 0011. */
export async function installationOf(q: Q, { installation }: Schema) {
  const [row] = await q.select().from(installation).limit(1)
  return row ?? null
}

/** Writes the row where there is none. */
export async function noteInstallation(q: Q, t: Schema, keys: Sealer, at: Date): Promise<void> {
  await q
    .insert(t.installation)
    .values({ id: installationId, keyCheckSealed: sealKeyCheck(keys), createdAt: at })
    .onConflictDoNothing()
}

/** Whether anybody has an account: by columns that every release has. */
export async function holdsPeople(q: Q, { account }: Schema): Promise<boolean> {
  return (await q.select({ id: account.id }).from(account).limit(1)).length > 0
}

/** For a database without the row above: a value of its newest account, which these keys open or not; null where nobody has one. */
export async function sampleOpens(
  q: Q,
  { account }: Schema,
  keys: Opener,
): Promise<{ keyId: string; opens: boolean } | null> {
  const [row] = await q
    .select({ id: account.id, nameSealed: account.nameSealed })
    .from(account)
    .orderBy(desc(account.id))
    .limit(1)
  if (!row) return null
  return {
    keyId: keyIdOf(row.nameSealed),
    opens: opens(keys, row.nameSealed, accountContext(row.id, 'name')),
  }
}
