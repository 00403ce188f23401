import { and, eq, isNull, sql } from 'drizzle-orm'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'

/** A 异议 was right: the entry it is about counts no more (AWD-1). Refused where it does not stand any more. */
export async function revokeConduct(deps: Deps, q: Q, file: CaseFile): Promise<void> {
  const { conduct } = deps.store.t
  const { id, about, personId } = file.case
  const [revoked] = await q
    .update(conduct)
    .set({
      revokedAt: deps.clock.now(),
      revokedBy: id,
      published: false,
      version: sql`${conduct.version} + 1`,
    })
    .where(and(eq(conduct.id, about ?? ''), eq(conduct.personId, personId), isNull(conduct.revokedAt)))
    .returning({ id: conduct.id })
  if (!revoked) throw refused(issue(null, 'conduct-revoked'))
}
