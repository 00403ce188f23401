import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { spendPrintTurn } from './support/print-turn.ts'

/** One PDF of the hour's allowance, taken before it is made; refused: `print-too-many` {until}. */
export async function takePrintTurn(deps: Deps, actor: Applicant): Promise<void> {
  await deps.store.tx((q) => spendPrintTurn(deps, q, actor.id))
}
