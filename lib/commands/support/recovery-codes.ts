/** What stands in for a lost authenticator: ten codes, each good once, of which only keyed hashes are stored (ACC-10). */
import { randomInt } from 'node:crypto'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { recoveryCodeHashes } from '#db/queries/staff.ts'
import type { Q } from '#db/store.ts'
import { insert, remove } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'
import { recoveryCodes } from '#lib/schemas/authenticator.ts'

const { count, length, alphabet } = recoveryCodes

const newCode = () => Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')

/** Ten new codes in place of those there were; gives them as people read them, ABCDE-FGHJK, this once. */
export async function replaceCodes(
  { store, keys, clock }: Deps,
  q: Q,
  accountId: string,
): Promise<readonly string[]> {
  const { recoveryCode } = store.t
  const at = clock.now()
  const codes = [...new Set(Array.from({ length: count * 2 }, newCode))].slice(0, count)
  await remove(q, recoveryCode, { accountId })
  await insert(
    q,
    recoveryCode,
    codes.map((code) => ({
      id: newId(at),
      accountId,
      codeHash: keys.blind('recovery-code', `${accountId}:${code}`),
      createdAt: at,
    })),
  )
  return codes.map((code) => `${code.slice(0, length / 2)}-${code.slice(length / 2)}`)
}

/** Uses a code up; false where it is none of this account's, or was used. */
export async function spendCode(
  { store, keys, clock }: Deps,
  q: Q,
  accountId: string,
  code: string,
): Promise<boolean> {
  const { recoveryCode } = store.t
  const spent = await q
    .update(recoveryCode)
    .set({ usedAt: clock.now() })
    .where(
      and(
        eq(recoveryCode.accountId, accountId),
        inArray(recoveryCode.codeHash, recoveryCodeHashes(keys, accountId, code)),
        isNull(recoveryCode.usedAt),
      ),
    )
    .returning({ id: recoveryCode.id })
  return spent.length > 0
}
