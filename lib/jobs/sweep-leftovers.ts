import path from 'node:path'
import { inArray } from 'drizzle-orm'
import { exportKeysAmong } from '#db/queries/exports.ts'
import type { Deps } from '#lib/deps.ts'
import { sweepTemp } from '#lib/files/receive.ts'
import { INCOMING } from '#lib/files/store.ts'

/** Longer than any upload may take. */
const uploadTime = 10 * 60_000
const keysAtOnce = 200

/** Removes what a killed process left on its way in: uploads as received, and half-written sealed files. */
export async function sweepUploads({ env, clock }: Deps): Promise<void> {
  for (const folder of ['incoming', path.join('files', INCOMING)])
    await sweepTemp(path.join(/* turbopackIgnore: true */ env.dataDir, folder), uploadTime, clock.now())
}

/** Removes sealed files that no row knows, of a picture or an export, and that are older than any upload. Walks the whole store: for the verb, not the loop. */
export async function sweepOrphans({ store, files, clock }: Deps): Promise<number> {
  const { storedFile } = store.t
  const before = clock.now().getTime() - uploadTime
  let removed = 0
  const judge = async (keys: readonly string[]) => {
    const known = await store.read
      .select({ key: storedFile.storageKey })
      .from(storedFile)
      .where(inArray(storedFile.storageKey, [...keys]))
    const exported = await exportKeysAmong(store.read, store.t, keys)
    const kept = new Set([...known.map(({ key }) => key), ...exported])
    for (const key of keys.filter((one) => !kept.has(one))) {
      await files.delete(key)
      removed += 1
    }
  }
  let batch: string[] = []
  for await (const { key, storedAt } of files.list()) {
    if (storedAt.getTime() > before) continue
    batch.push(key)
    if (batch.length < keysAtOnce) continue
    await judge(batch)
    batch = []
  }
  if (batch.length > 0) await judge(batch)
  return removed
}
