import { and, inArray, ne, or } from 'drizzle-orm'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { minute, spend } from '#lib/limits.ts'

/**
 * While the ring has several keys, a unique index is not enough: who holds a phone or an identity may have been written under
 * another one. To be called in the transaction that writes them, before it does. Whoever asks for the same waits for the
 * other's end, whichever key is the first of its process, and throws what the index would have thrown (`isUnique`).
 */
export async function holdAlone(
  { keys, store, clock }: Deps,
  q: Q,
  wanted: { readonly identityKey?: string; readonly phone?: string },
  ownId: string,
): Promise<void> {
  if (keys.ids.length === 1) return
  const { account } = store.t
  const identities = wanted.identityKey === undefined ? [] : keys.blinds('identity', wanted.identityKey)
  const phones = wanted.phone === undefined ? [] : keys.blinds('phone', wanted.phone)
  for (const index of [...identities, ...phones].sort())
    await spend(q, store.t, `hold:${index}`, { limit: 1, windowMs: minute }, clock.now())
  const [holder] = await q
    .select({ id: account.id })
    .from(account)
    .where(
      and(
        ne(account.id, ownId),
        or(inArray(account.identityIndex, identities), inArray(account.phoneIndex, phones)),
      ),
    )
    .limit(1)
  if (holder) throw Object.assign(new Error('Held under another key'), { code: '23505' })
}
