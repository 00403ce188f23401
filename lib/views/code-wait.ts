import { fateOf } from '#db/queries/outbox.ts'
import { liveCodeOf } from '#db/queries/sms-codes.ts'
import type { Deps } from '#lib/deps.ts'
import { maskPhone } from '#lib/domain/masking.ts'
import type { SmsPurpose } from '#lib/schemas/account.ts'
import { normalisePhone } from '#lib/schemas/phone.ts'

export interface CodeWait {
  readonly sentAt: Date
  /** When the next code may be asked for; this one is good until then. */
  readonly nextAt: Date
  /** `waiting` = the provider has not taken it over yet. */
  readonly state: 'sent' | 'waiting'
}

/**
 * The code on its way to this browser (ACC-3): from the database, so that the wait survives a reload. Null as well for
 * one that will never go out.
 */
export async function codeWait(
  deps: Deps,
  browser: string | null,
  purpose: SmsPurpose,
): Promise<CodeWait | null> {
  if (browser === null) return null
  const { read, t } = deps.store
  const live = await liveCodeOf(read, t, deps.keys, { browser, purpose, now: deps.clock.now() })
  if (!live) return null
  const state = await fateOf(read, t, live.outboxId)
  return state === 'refused' ? null : { sentAt: live.createdAt, nextAt: live.expiresAt, state }
}

/** A typed phone as it is shown back. */
export const shownPhone = (typed: string) => maskPhone(normalisePhone(typed))
