import { and, eq } from 'drizzle-orm'
import { accountById, accountByIdentity } from '#db/queries/accounts.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused, stale } from '#lib/domain/errors.ts'
import { issue, issuesAt } from '#lib/domain/result.ts'
import { checkNumber, isIdentityType } from '#lib/schemas/identity-number.ts'
import { mainRow, valueOf } from '#lib/sections/define.ts'
import { identityColumns, nameColumns } from '../support/account-row.ts'
import { closeForGood } from '../support/end-account.ts'
import { countedNow, recountPerson } from '../support/figures.ts'
import { holdAlone } from '../support/hold-alone.ts'
import { lockAccount } from '../support/lock-account.ts'
import { notify } from '../support/notify.ts'

/**
 * 身份信息更正 as approved: the new name, or the new number with what it tells. An account that holds the new number and
 * was never verified is closed, as by an appeal (ACC-9); refused where it was: `number-held`.
 */
export async function correctIdentity(deps: Deps, q: Q, file: CaseFile): Promise<void> {
  const { keys, store, clock } = deps
  const { account } = file
  const row = file.proposals.get('correction')?.rows.find(({ id }) => id === mainRow)
  if (!row) throw new Error('a correction without its row')
  const change =
    valueOf(row, 'what') === 'name'
      ? nameColumns(deps, account.id, valueOf(row, 'newName'))
      : await numbered()
  const [written] = await q
    .update(store.t.account)
    .set({ ...change, version: account.version + 1 })
    .where(and(eq(store.t.account.id, account.id), eq(store.t.account.version, account.version)))
    .returning({ id: store.t.account.id })
  if (!written) throw stale()
  await recountPerson(deps, q, account.id, await countedNow(deps, q, account.id))

  async function numbered() {
    const { idType, nationality } = account
    if (!isIdentityType(idType) || !row) throw new Error('an applicant without a document')
    const read = checkNumber(idType, valueOf(row, 'newNumber'), { nationality, today: dayOf(clock.now()) })
    if (!read.ok) throw refused(...issuesAt(null, read.issues))
    const holder = await accountByIdentity(q, store.t, keys, read.value.identityKey)
    if (holder && holder.id !== account.id) await makeRoom(deps, q, holder.id)
    await holdAlone(deps, q, { identityKey: read.value.identityKey }, account.id)
    const { sex, birth } = read.value
    return {
      ...identityColumns(deps, account.id, read.value),
      ...(sex ? { sex } : {}),
      ...(birth ? { birth } : {}),
    }
  }
}

async function makeRoom(deps: Deps, q: Q, holderId: string): Promise<void> {
  await lockAccount(deps, q, holderId)
  const holder = await accountById(q, deps.store.t, deps.keys, holderId)
  if (!holder || holder.identityState === 'verified') throw refused(issue(null, 'number-held'))
  await notify(deps, q, holder, { kind: 'account-handed-over' })
  await closeForGood(deps, q, holder.id, { reason: 'number-corrected' })
}
