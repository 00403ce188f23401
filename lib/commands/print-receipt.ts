import { record } from '#db/events.ts'
import { receiptByCode } from '#db/queries/receipts.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { spendPrintTurn } from './support/print-turn.ts'

/** Before a PDF of a receipt is made: takes a turn of the hour and leaves a line in the log. `not-found` for anybody else's. */
export async function printReceipt(deps: Deps, actor: Applicant, code: string): Promise<void> {
  const { store, clock } = deps
  const { t } = store
  await store.tx(async (q) => {
    const found = await receiptByCode(q, t, code)
    if (found?.personId !== actor.id) throw notFound()
    await spendPrintTurn(deps, q, actor.id)
    const at = clock.now()
    await record(q, t, {
      id: newId(at),
      kind: 'receipt.printed',
      actorId: actor.id,
      personId: actor.id,
      data: { kind: found.kind },
      at,
    })
  })
}
