import { record } from '#db/events.ts'
import { accountById } from '#db/queries/accounts.ts'
import { type Printed, receiptContext, receiptsOf } from '#db/queries/receipts.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import type { ReceiptKind } from '#lib/domain/receipts.ts'
import { issue } from '#lib/domain/result.ts'
import { newId, newReceiptCode } from '#lib/ids.ts'
import { day, limitKey, spend } from '#lib/limits.ts'
import { lockAccount } from './support/lock-account.ts'
import { paperNow } from './support/papers.ts'

/**
 * Freezes what is printed of this person now and gives the code it can be verified by. The same content within a day is
 * the receipt there is, however often it is asked for. Refused: `receipt-nothing`, `receipt-per-day` {limit, until}.
 */
export async function issueReceipt(
  deps: Deps,
  actor: Applicant,
  {
    kind,
    about = '',
  }: { readonly kind: ReceiptKind /** Which of several, see `papers`. */; readonly about?: string },
): Promise<string> {
  const { store, keys, clock, env } = deps
  const { t } = store
  return store.tx(
    async (q) => {
      // Of two presses the second finds what the first has made.
      await lockAccount(deps, q, actor.id)
      const account = await accountById(q, t, keys, actor.id)
      if (account?.status !== 'active') throw notFound()
      const made = await paperNow(deps, q, kind, actor.id, about)
      if (!made) throw refused(issue(null, 'receipt-nothing'))
      const at = clock.now()
      const limit = env.limits.receiptsPerDay
      const same = (await receiptsOf(q, t, actor.id, { kind, limit })).find(
        ({ digest, issuedAt }) => made.digests.includes(digest) && issuedAt.getTime() > at.getTime() - day,
      )
      if (same) return same.code
      const turn = await spend(q, t, limitKey(deps, 'receipt', actor.id), { limit, windowMs: day }, at)
      if (!turn.within)
        throw refused(issue(null, 'receipt-per-day', { limit, until: turn.resetAt.toISOString() }))
      const code = newReceiptCode()
      const { paper, name, department, digest, subject, content } = made
      const printed: Printed = {
        paper,
        name,
        ...(about === '' ? {} : { about }),
        ...(subject ? { subject } : {}),
        content,
      }
      await insert(q, t.receipt, {
        code,
        kind,
        personId: actor.id,
        paperSealed: keys.seal(JSON.stringify(printed), receiptContext(code)),
        digest,
        department,
        issuedAt: at,
      })
      // Not the code: whoever has it can ask about the paper.
      const data = { kind }
      await record(q, t, {
        id: newId(at),
        kind: 'receipt.issued',
        actorId: actor.id,
        personId: actor.id,
        data,
        at,
      })
      return code
    },
    // Pages of the record are read one after another: a change approved meanwhile is in all of them or in none.
    { snapshot: true },
  )
}
