import { and, eq } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { accountContext } from '#db/queries/accounts.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound, refused, stale } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { checkClaimedPhone } from '#lib/schemas/appeal.ts'
import { ownAccount } from './support/own-password.ts'
import { checkSmsCode, spendSmsCode } from './support/sms-code.ts'
import { hasCaseUnderReview } from './support/under-review.ts'

/**
 * The first step of an appeal where the registered phone is lost (ACC-8): proves the new one by its code and keeps it
 * beside the account, which it changes only once the appeal is approved. Refused: the issues of `checkClaimedPhone`,
 * `code-wrong`, `appeal-under-review`; `stale` where the account was changed meanwhile.
 */
export async function claimPhone(
  deps: Deps,
  actor: Applicant,
  {
    typed,
    browser,
  }: { /** The form as typed, by field name. */ readonly typed: unknown; readonly browser: string },
): Promise<void> {
  const { store, clock, keys } = deps
  const { t } = store
  const account = await ownAccount(deps, actor)
  if (account.kind !== 'applicant') throw notFound()
  const read = checkClaimedPhone(typed, account.phone)
  if (!read.ok) throw refused(...read.issues)
  const { phone, code } = read.value
  const codeId = await checkSmsCode(deps, { phone, purpose: 'phone-lost', browser, code })
  if (codeId === null) throw refused(issue('code', 'code-wrong'))
  const { id, version } = account
  await store.tx(async (q) => {
    const at = clock.now()
    if (await hasCaseUnderReview(deps, q, id, 'appeal')) throw refused(issue(null, 'appeal-under-review'))
    if (!(await spendSmsCode(q, t, codeId, at))) throw refused(issue('code', 'code-wrong'))
    const [row] = await q
      .update(t.account)
      .set({ nextPhoneSealed: keys.seal(phone, accountContext(id, 'next-phone')), version: version + 1 })
      .where(and(eq(t.account.id, id), eq(t.account.version, version), eq(t.account.status, 'active')))
      .returning({ id: t.account.id })
    if (!row) throw stale()
    await record(q, t, { id: newId(at), kind: 'phone.claimed', actorId: id, personId: id, at })
  })
}
