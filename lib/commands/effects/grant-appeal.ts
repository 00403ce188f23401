import { and, eq } from 'drizzle-orm'
import { record } from '#db/events.ts'
import type { Account } from '#db/queries/accounts.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q, Schema } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused, stale } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { lifelongKey } from '#lib/schemas/identity-number.ts'
import { identityColumns, nameColumns, phoneColumns } from '../support/account-row.ts'
import { cancelWhere } from '../support/cancel-cases.ts'
import { holderOf } from '../support/claims.ts'
import { closeForGood, endSessions } from '../support/end-account.ts'
import { holdAlone } from '../support/hold-alone.ts'
import { lockAccount } from '../support/lock-account.ts'
import { noticeSms, notify } from '../support/notify.ts'
import { releasePhone } from '../support/release-phone.ts'

/**
 * 账户申诉 as approved. A lost phone (ACC-8): the new one takes its place. A number held by somebody else (ACC-9): where
 * the holder was never verified, that account is closed and the claimant's becomes a person's own; where it was, it is
 * that very person's, and claimant gets into it with the phone and password they registered with.
 */
export async function grantAppeal(deps: Deps, q: Q, file: CaseFile): Promise<void> {
  const { account } = file
  if (account.status !== 'claiming') return changePhone(deps, q, account)
  const holder = await lockedHolder(deps, q, account)
  // Who judged an account that nobody had proven to hold did not judge this one.
  if (holder?.identityAt && file.case.submittedAt && holder.identityAt > file.case.submittedAt)
    throw refused(issue(null, 'holder-verified-meanwhile'))
  if (holder?.identityState === 'verified') return handOver(deps, q, { claimant: account, holder })
  if (holder) {
    await notify(deps, q, holder, { kind: 'account-handed-over' })
    await closeForGood(deps, q, holder.id, { reason: 'number-claimed', actorId: account.id })
  }
  await settle(deps, q, account)
}

/** Who holds the number, and cannot be verified or closed by somebody else before this is over. */
async function lockedHolder(deps: Deps, q: Q, claimant: Account): Promise<Account | null> {
  const seen = await holderOf(deps, q, claimant)
  if (!seen) return null
  await lockAccount(deps, q, seen.id)
  return holderOf(deps, q, claimant)
}

/** Writes to the account as it was read; `stale` where somebody did so meanwhile. */
async function write(
  { store }: Deps,
  q: Q,
  { id, version }: Account,
  change: Partial<Schema['account']['$inferInsert']>,
): Promise<void> {
  const { account } = store.t
  const [row] = await q
    .update(account)
    .set({ ...change, version: version + 1 })
    .where(and(eq(account.id, id), eq(account.version, version)))
    .returning({ id: account.id })
  if (!row) throw stale()
}

async function changePhone(deps: Deps, q: Q, account: Account): Promise<void> {
  const { id, phone, nextPhone } = account
  if (nextPhone === '') throw refused(issue(null, 'appeal-without-claim'))
  await releasePhone(deps, q, nextPhone, id)
  await holdAlone(deps, q, { phone: nextPhone }, id)
  await write(deps, q, account, { ...phoneColumns(deps, id, nextPhone), nextPhoneSealed: '' })
  await endSessions(deps, q, id)
  await noticeSms(deps, q, phone, { kind: 'phone-changed' })
  await notify(deps, q, { id, phone: nextPhone }, { kind: 'phone-changed' })
  await logChange(deps, q, id, 'phone.changed')
}

/** The claimant's account becomes an account like any other, verified by the documents that were judged. */
async function settle(deps: Deps, q: Q, account: Account): Promise<void> {
  const identityKey = lifelongKey(account, dayOf(deps.clock.now()))
  if (identityKey === null) throw new Error('a claim without a number')
  await holdAlone(deps, q, { identityKey }, account.id)
  await write(deps, q, account, {
    status: 'active',
    ...identityColumns(deps, account.id, { number: account.number, identityKey }),
    identityState: 'verified',
    identityMethod: 'documents',
    identityAt: deps.clock.now(),
  })
  await logChange(deps, q, account.id, 'number.granted')
}

async function handOver(
  deps: Deps,
  q: Q,
  { claimant, holder }: { claimant: Account; holder: Account },
): Promise<void> {
  const { phone, passwordHash, name } = claimant
  await noticeSms(deps, q, holder.phone, { kind: 'account-handed-over' })
  // First, so that the phone is free for the account it goes to.
  await closeForGood(deps, q, claimant.id, { reason: 'merged', actorId: claimant.id })
  await holdAlone(deps, q, { phone }, holder.id)
  await write(deps, q, holder, {
    ...phoneColumns(deps, holder.id, phone),
    ...nameColumns(deps, holder.id, name),
    passwordHash,
    nextPhoneSealed: '',
  })
  await endSessions(deps, q, holder.id)
  // An appeal of the one who held it was for a phone that is none of this account's any more.
  const { serviceCase } = deps.store.t
  const appeals = and(eq(serviceCase.personId, holder.id), eq(serviceCase.kind, 'appeal'))
  await cancelWhere(deps, q, appeals, { reason: 'handed-over' })
  await notify(deps, q, { id: holder.id, phone: '' }, { kind: 'account-handed-over' })
  await logChange(deps, q, holder.id, 'account.handed-over')
}

const logChange = ({ store, clock }: Deps, q: Q, personId: string, kind: string) =>
  record(q, store.t, { id: newId(clock.now()), kind, personId, at: clock.now() })
