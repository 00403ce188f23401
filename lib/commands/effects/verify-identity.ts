import { and, eq } from 'drizzle-orm'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { stale } from '#lib/domain/errors.ts'

/** Past 实名认证 by documents (IDV-3); whoever was verified another way meanwhile stays so. */
export async function verifyIdentity(deps: Deps, q: Q, file: CaseFile): Promise<void> {
  const { t } = deps.store
  const { id, identityState, version } = file.account
  if (identityState === 'verified') return
  const [row] = await q
    .update(t.account)
    .set({
      identityState: 'verified',
      identityMethod: 'documents',
      identityAt: deps.clock.now(),
      version: version + 1,
    })
    .where(and(eq(t.account.id, id), eq(t.account.version, version)))
    .returning({ id: t.account.id })
  if (!row) throw stale()
}
