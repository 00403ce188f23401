/** Papers a person had made, and one of them as it was printed. */
import { openPrinted, receiptByCode, receiptsOf } from '#db/queries/receipts.ts'
import { hasRecord } from '#db/queries/records.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { groupedCode, readCode } from '#lib/domain/receipts.ts'
import { paths } from '#lib/paths.ts'

/** Whether there is a record that could be printed. */
export const isOnRecord = ({ store }: Deps, { id }: Applicant) => hasRecord(store.read, store.t, id)

/** More of them are in 导出本人信息. */
const listed = 50

/** Newest first; `shown` is the code as it is printed. */
export async function ownReceipts({ store }: Deps, actor: Applicant) {
  const found = await receiptsOf(store.read, store.t, actor.id, { limit: listed })
  return found.map(({ code, kind, department, issuedAt }) => ({
    code,
    shown: groupedCode(code),
    kind,
    department,
    issuedAt,
  }))
}

/** One of one's own, by its code as the address has it, with where it is verified; `not-found` for any other. */
export async function ownReceipt({ store, keys, env }: Deps, actor: Applicant, typed: string) {
  const code = readCode(typed)
  const found = code === null ? null : await receiptByCode(store.read, store.t, code)
  if (found?.personId !== actor.id) throw notFound()
  const { kind, department, issuedAt } = found
  return {
    code: found.code,
    shown: groupedCode(found.code),
    kind,
    department,
    issuedAt,
    paper: openPrinted(keys, found).paper,
    /** Where its reader types the code, and the address that has it already. */
    verifyAt: `${env.origin}${paths.verify()}`,
    verifyHref: `${env.origin}${paths.verify(found.code)}`,
  }
}
