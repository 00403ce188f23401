import { caseById } from '#db/queries/cases.ts'
import { claimById } from '#db/queries/claims.ts'
import { isRegisterAway } from '#lib/adapters/registers.ts'
import { pauseForRegister } from '#lib/commands/pause-for-register.ts'
import { settleClaim } from '#lib/commands/settle-claim.ts'
import { isBeingChecked } from '#lib/commands/support/checks.ts'
import type { Deps } from '#lib/deps.ts'
import { type ClaimAnswer, judgeClaim } from '#lib/domain/claims.ts'
import type { JobKind } from './kinds.ts'

const hour = 3_600_000

const unavailable = (why: 'no-data' | 'gave-up'): ClaimAnswer => ({
  state: 'unavailable',
  why,
  fields: [],
  notes: [],
})

const idOf = ({ claim }: Readonly<Record<string, string | number>>) => String(claim)

/** Asks a register about one claim, outside any transaction, and writes down what it said (CHK-1). */
async function check(deps: Deps, claimId: string): Promise<void> {
  const { store, keys, registers } = deps
  const claim = await claimById(store.read, store.t, keys, claimId)
  if (claim?.state !== 'checking') return
  const held = await caseById(store.read, store.t, claim.caseId)
  // Switched off meanwhile, so that a person decides; or taken back, and then nobody is told about this person any more.
  if (registers === null || !held || !isBeingChecked({ case: held }, claim))
    return settleClaim(deps, { claimId, answer: unavailable('no-data'), source: '' })
  const { records, source } = await registers.look(claim.kind, claim.subject)
  await settleClaim(deps, { claimId, answer: judgeClaim(claim.kind, claim.subject, records), source })
}

export const checkClaim: JobKind = {
  run: (deps, data) => check(deps, idOf(data)),
  // A register that is given a rest has been found failing already: the clocks stand still for this claim too.
  failed: (deps, data) => pauseForRegister(deps, { claimId: idOf(data) }),
  failingSince: async ({ store, keys }, data) =>
    (await claimById(store.read, store.t, keys, idOf(data)))?.failingSince ?? null,
  /** After that long a person decides; it never passes by itself. */
  giveUpAfterMs: ({ env }) => env.limits.registerRetryHours * hour,
  giveUp: (deps, data) =>
    settleClaim(deps, { claimId: idOf(data), answer: unavailable('gave-up'), source: '' }),
  isNoTry: isRegisterAway,
}
