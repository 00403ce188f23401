import { accountById } from '#db/queries/accounts.ts'
import { openPrinted, receiptByCode } from '#db/queries/receipts.ts'
import type { Deps } from '#lib/deps.ts'
import { refused } from '#lib/domain/errors.ts'
import { groupedCode, type ReceiptKind, readCode } from '#lib/domain/receipts.ts'
import { issue } from '#lib/domain/result.ts'
import { hour, limitKey, spend } from '#lib/limits.ts'
import { networkOf } from '#lib/network.ts'
import { maskedName } from '#lib/text/surnames.ts'
import { paperNow } from './support/papers.ts'

/** What whoever holds the code of a paper is told, and nothing else. */
export interface CheckedReceipt {
  /** The code in groups. */
  readonly shown: string
  readonly kind: ReceiptKind
  /** Which exam it is of; '' for what a person has one of. */
  readonly subject: string
  readonly maskedName: string
  readonly department: string
  readonly issuedAt: Date
  /** `ended`: the account is closed. `void`: the registration it is of does not stand any more. */
  readonly state: 'same' | 'changed' | 'ended' | 'void'
}

/**
 * Whether there is a paper with this code, as it was typed, and whether it still says what would be printed now; null where
 * there is none. Takes a turn of the network first, whatever is asked. Refused: `verify-too-many` {until}.
 */
export async function checkReceipt(
  deps: Deps,
  { typed, address }: { readonly typed: string; readonly address: string },
): Promise<CheckedReceipt | null> {
  const { store, keys, clock, env } = deps
  const { read, t } = store
  const perHour = { limit: env.limits.verifiesPerAddressPerHour, windowMs: hour }
  const key = limitKey(deps, 'verify', networkOf(address))
  const turn = await store.tx((q) => spend(q, t, key, perHour, clock.now()))
  if (!turn.within) throw refused(issue(null, 'verify-too-many', { until: turn.resetAt.toISOString() }))
  const code = readCode(typed)
  const found = code === null ? null : await receiptByCode(read, t, code)
  if (!found) return null
  const { kind, personId, department, issuedAt } = found
  const account = await accountById(read, t, keys, personId)
  const { name, about, subject = '' } = openPrinted(keys, found)
  const now = await paperNow(deps, read, kind, personId, about)
  const isSame = now?.digests.includes(found.digest) === true
  const otherwise = kind === 'exam' && now === null ? 'void' : 'changed'
  return {
    shown: groupedCode(found.code),
    kind,
    subject,
    maskedName: maskedName(name),
    department,
    issuedAt,
    state: account?.status === 'closed' ? 'ended' : isSame ? 'same' : otherwise,
  }
}
