import { and, eq, ne } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { Part, Stored } from './plan.ts'

/**
 * Two records of a register about the same thing, brought in under different keys: the later import replaces the earlier, as it
 * would have done under one. Gives what became of the row that waits: it `stays`, it is `gone`, or it is left as it is, because
 * two accounts of one person are for `people` to judge.
 */
export async function resolveTwins(
  { store }: Deps,
  part: Part,
  row: Stored,
  change: Stored,
): Promise<'stays' | 'gone' | 'people'> {
  if (part.table !== 'registerEntry') return 'people'
  const { registerEntry } = store.t
  const { id } = row
  const index = change.entryIndex
  if (typeof id !== 'string' || typeof index !== 'string') return 'people'
  return store.tx(async (q) => {
    const [twin] = await q
      .select({ id: registerEntry.id, importId: registerEntry.importId })
      .from(registerEntry)
      .where(and(eq(registerEntry.entryIndex, index), ne(registerEntry.id, id)))
    const stays = !twin || twin.importId < String(row.importId)
    const gone = stays ? twin?.id : id
    if (gone !== undefined) await q.delete(registerEntry).where(eq(registerEntry.id, gone))
    return stays ? 'stays' : 'gone'
  })
}
