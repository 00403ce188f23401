import { and, eq } from 'drizzle-orm'
import { remove, update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { checkClosing } from '#lib/schemas/account-changes.ts'
import { closeWords } from '#lib/text/my-account.ts'
import { cancelCases, closeForGood } from './support/end-account.ts'
import { enqueueSms } from './support/outbox.ts'
import { ownAccount, proveOwn } from './support/own-password.ts'

const reason = 'account-closed'

/**
 * 注销账户 (ACC-8): open cases are cancelled, drafts emptied, every session ends, number and phone are free to register
 * anew; what was submitted and approved stays, as the law on archives asks. Done once, however often it is sent. Refused:
 * the issues of `checkClosing` and `proveOwn`. Staff accounts are ended by who manages them: `not-found`.
 */
export async function closeAccount(
  deps: Deps,
  actor: Actor,
  { typed }: { /** The form as typed, by field name. */ readonly typed: unknown },
): Promise<void> {
  const { store } = deps
  const { t } = store
  const account = await ownAccount(deps, actor)
  if (account.kind !== 'applicant') throw notFound()
  const { id, phone } = account
  const read = checkClosing(typed)
  if (!read.ok) throw refused(...read.issues)
  await proveOwn(deps, account, { password: read.value })
  await store.tx(async (q) => {
    // Before the account, as a reviewer's approval does: so the two wait for each other.
    await cancelCases(deps, q, id, { reason, actorId: id })
    const [open] = await q
      .update(t.account)
      .set({ status: 'closed' })
      .where(and(eq(t.account.id, id), eq(t.account.status, 'active')))
      .returning({ id: t.account.id })
    if (!open) return
    await closeForGood(deps, q, id, { reason, actorId: id })
    await update(q, t.certifyOrder, { accountId: id, state: 'pending' }, { state: 'failed' })
    await remove(q, t.echo, { ownerId: id })
    if (phone !== '') await enqueueSms(deps, q, { phone, purpose: 'notice', ...closeWords.sms })
  })
}
