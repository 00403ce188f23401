import { liveCodeOf } from '#db/queries/sms-codes.ts'
import type { Deps } from '#lib/deps.ts'
import { maskPhone } from '#lib/domain/masking.ts'
import type { SmsPurpose } from '#lib/schemas/account.ts'
import { normalisePhone } from '#lib/schemas/phone.ts'

export interface CodeWait {
  readonly sentAt: Date
  /** When the next code may be asked for; this one is good until then. */
  readonly nextAt: Date
}

/** The code on its way to this browser (ACC-3): from the database, so that the wait survives a reload. */
export async function codeWait(
  deps: Deps,
  browser: string | null,
  purpose: SmsPurpose,
): Promise<CodeWait | null> {
  if (browser === null) return null
  const { read, t } = deps.store
  const live = await liveCodeOf(read, t, deps.keys, { browser, purpose, now: deps.clock.now() })
  return live && { sentAt: live.createdAt, nextAt: live.expiresAt }
}

/** A typed phone as it is shown back. */
export const shownPhone = (typed: string) => maskPhone(normalisePhone(typed))
