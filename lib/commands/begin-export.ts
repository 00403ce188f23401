import { record } from '#db/events.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { day, limitKey, spend } from '#lib/limits.ts'
import { checkOwnPassword } from '#lib/schemas/account-changes.ts'
import { ownAccount, proveOwn } from './support/own-password.ts'

/**
 * Allows one 导出本人信息 and writes it down (ACC-8); what it holds is `ownData`. Refused: the issues of `checkOwnPassword`
 * and `proveOwn`, `export-too-many` {until}.
 */
export async function beginExport(
  deps: Deps,
  actor: Actor,
  { typed }: { /** The form as typed, by field name. */ readonly typed: unknown },
): Promise<void> {
  const { store, clock } = deps
  const account = await ownAccount(deps, actor)
  const read = checkOwnPassword(typed)
  if (!read.ok) throw refused(...read.issues)
  await proveOwn(deps, account, { password: read.value })
  const { id } = account
  const at = clock.now()
  const over = await store.tx(async (q): Promise<Issue | null> => {
    const perDay = { limit: deps.env.limits.exportsPerDay, windowMs: day }
    const turn = await spend(q, store.t, limitKey(deps, 'export', id), perDay, at)
    if (!turn.within) return issue(null, 'export-too-many', { until: turn.resetAt.toISOString() })
    await record(q, store.t, { id: newId(at), kind: 'account.exported', actorId: id, personId: id, at })
    return null
  })
  if (over) throw refused(over)
}
