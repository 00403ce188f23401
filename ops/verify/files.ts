/** Every stored file against its row, one at a time. */
import { and, asc, eq, gt, inArray, isNotNull } from 'drizzle-orm'
import { storedFileById } from '#db/queries/files.ts'
import type { Deps } from '#lib/deps.ts'
import type { Tell } from './chain.ts'

const pageSize = 200
/** A file younger than this may be on its way to its row. */
const uploadMs = 10 * 60_000

interface Kept {
  readonly id: string
  readonly key: string
  /** null where the row knows none. */
  readonly digest: string | null
}

/** A page of rows in the order of their ids. */
type Pages = (after: string) => Promise<readonly Kept[]>

/** Each file is there, opens under its key and is what its row says. Gives how many there are. */
async function verifyKept(
  { files, keys }: Deps,
  pageAfter: Pages,
  isStill: (id: string) => Promise<boolean>,
  tell: Tell,
) {
  let after = ''
  let count = 0
  for (;;) {
    const rows = await pageAfter(after)
    for (const { id, key, digest } of rows) {
      const bytes = await files.get(key).catch(() => 'damaged' as const)
      if (bytes === 'damaged')
        tell(`files: ${key} does not open under the keys given: it is damaged, or a key is missing`)
      else if (bytes === null) {
        // It may have had its time meanwhile, row and file.
        if (await isStill(id)) tell(`files: ${key} is missing`)
      } else if (digest !== null && !keys.digests('picture', bytes).includes(digest))
        tell(`files: ${key} is not what was stored: its digest differs`)
    }
    count += rows.length
    after = rows.at(-1)?.id ?? after
    if (rows.length < pageSize) return count
  }
}

/** Every picture. */
export function verifyPictures(deps: Deps, tell: Tell): Promise<number> {
  const { read, t } = deps.store
  const { id, storageKey: key, digest } = t.storedFile
  const pageAfter: Pages = (after) =>
    read.select({ id, key, digest }).from(t.storedFile).where(gt(id, after)).orderBy(asc(id)).limit(pageSize)
  return verifyKept(deps, pageAfter, async (one) => (await storedFileById(read, t, one)) !== null, tell)
}

/** Every exported file that was finished (ADM-2). */
export function verifyExports(deps: Deps, tell: Tell): Promise<number> {
  const { read, t } = deps.store
  const { id, storageKey, doneAt } = t.exportFile
  const finished = and(isNotNull(doneAt), isNotNull(storageKey))
  const pageAfter: Pages = async (after) => {
    const rows = await read
      .select({ id, key: storageKey })
      .from(t.exportFile)
      .where(and(finished, gt(id, after)))
      .orderBy(asc(id))
      .limit(pageSize)
    return rows.map((row) => ({ id: row.id, key: row.key ?? '', digest: null }))
  }
  const isStill = async (one: string) =>
    (
      await read
        .select({ id })
        .from(t.exportFile)
        .where(and(finished, eq(id, one)))
    ).length > 0
  return verifyKept(deps, pageAfter, isStill, tell)
}

/** Files that no row knows. */
export async function verifyOrphans({ store, files, clock }: Deps, tell: Tell): Promise<void> {
  const { storedFile, exportFile } = store.t
  const before = clock.now().getTime() - uploadMs
  const judge = async (keys: readonly string[]) => {
    const pictures = await store.read
      .select({ key: storedFile.storageKey })
      .from(storedFile)
      .where(inArray(storedFile.storageKey, [...keys]))
    const exported = await store.read
      .select({ key: exportFile.storageKey })
      .from(exportFile)
      .where(and(isNotNull(exportFile.storageKey), inArray(exportFile.storageKey, [...keys])))
    const known = new Set([...pictures, ...exported].map(({ key }) => key))
    for (const key of keys.filter((one) => !known.has(one)))
      if ((await files.get(key).catch(() => 'there')) !== null)
        tell(`files: ${key} belongs to nothing; npm run ops -- sweep takes it away`)
  }
  let batch: string[] = []
  for await (const { key, storedAt } of files.list()) {
    if (storedAt.getTime() > before) continue
    batch.push(key)
    if (batch.length < pageSize) continue
    await judge(batch)
    batch = []
  }
  if (batch.length > 0) await judge(batch)
}
