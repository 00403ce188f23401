import { setTimeout as sleep } from 'node:timers/promises'
import { caseById } from '#db/queries/cases.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { collectionDesk, type Desk } from './collection.ts'

const lookEvery = 150

/** Whether the machine checks of a case have ended, as soon as they have and at the latest after `patienceMs`. */
export async function checksFate(
  deps: Deps,
  caseId: string,
  patienceMs: number,
): Promise<'ended' | 'checking'> {
  const { read, t } = deps.store
  for (let left = patienceMs; ; left -= lookEvery) {
    const state = (await caseById(read, t, caseId))?.state
    if (state !== 'checking') return 'ended'
    if (left <= 0) return 'checking'
    await sleep(Math.min(left, lookEvery))
  }
}

/** The desk as it is once the checks have ended, or after `patienceMs`: most people see the outcome at once (SUB-3). */
export async function deskOnceChecked(
  deps: Deps,
  actor: Applicant,
  desk: Desk,
  patienceMs: number,
): Promise<Desk> {
  if (desk.file.case.state !== 'checking') return desk
  const fate = await checksFate(deps, desk.file.case.id, patienceMs)
  return fate === 'ended' ? ((await collectionDesk(deps, actor)) ?? desk) : desk
}
