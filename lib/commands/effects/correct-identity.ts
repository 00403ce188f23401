import { and, eq } from 'drizzle-orm'
import { accountByIdentity } from '#db/queries/accounts.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused, stale } from '#lib/domain/errors.ts'
import { issue, issuesAt } from '#lib/domain/result.ts'
import { checkNumber, isIdentityType } from '#lib/schemas/identity-number.ts'
import { mainRow, valueOf } from '#lib/sections/define.ts'
import { identityColumns, nameColumns } from '../support/account-row.ts'

/**
 * 身份信息更正 as approved: the new name, or the new number with what it tells. Refused: `number-held` where the new
 * number is another account's.
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

  async function numbered() {
    const { idType, nationality } = account
    if (!isIdentityType(idType) || !row) throw new Error('an applicant without a document')
    const read = checkNumber(idType, valueOf(row, 'newNumber'), { nationality, today: dayOf(clock.now()) })
    if (!read.ok) throw refused(...issuesAt(null, read.issues))
    const holder = await accountByIdentity(q, store.t, keys, read.value.identityKey)
    if (holder && holder.id !== account.id) throw refused(issue(null, 'number-held'))
    const { sex, birth } = read.value
    return {
      ...identityColumns(deps, account.id, read.value),
      ...(sex ? { sex } : {}),
      ...(birth ? { birth } : {}),
    }
  }
}
