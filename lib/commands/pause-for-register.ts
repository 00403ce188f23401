import type { Deps } from '#lib/deps.ts'
import { changeCase, log } from './support/case-work.ts'
import { changeClaim, dueNow, isBeingChecked, openUnsettled } from './support/checks.ts'

/** A register does not answer: the clocks stand still until it does (CHK-1), and both sides see it. */
export async function pauseForRegister(deps: Deps, { claimId }: { claimId: string }): Promise<void> {
  await deps.store.tx(async (q) => {
    const open = await openUnsettled(deps, q, claimId)
    if (!open || open.claim.failingSince !== null) return
    const { file, claim } = open
    const others = file.claims.filter(({ round, id }) => round === claim.round && id !== claimId)
    await changeClaim(deps, q, claimId, { failingSince: deps.clock.now() })
    if (!isBeingChecked(file, claim) || others.some(({ failingSince }) => failingSince !== null)) return
    await log(deps, q, file, null, 'clock.paused', { round: claim.round })
    await changeCase(deps, q, file, { dueOn: await dueNow(deps, q, file) })
  })
}
