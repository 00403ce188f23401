import type { Account } from '#db/queries/accounts.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { isOfOffice } from '#lib/domain/conduct.ts'
import { newId } from '#lib/ids.ts'
import { day, limitKey, take } from '#lib/limits.ts'
import {
  type MessageData,
  type MessageKind,
  messageSms,
  messageWords,
  noticeOfAccount,
} from '#lib/text/messages.ts'
import { enqueueSms } from './outbox.ts'

export interface Notice {
  readonly kind: MessageKind
  readonly caseId?: string
  readonly data?: MessageData
}

/** Puts a message into a person's inbox and an SMS for it into the outbox, in the transaction of the change (MSG-1). */
export async function notify(
  deps: Deps,
  q: Q,
  to: Pick<Account, 'id' | 'phone'>,
  { kind, caseId, data = {} }: Notice,
): Promise<void> {
  const at = deps.clock.now()
  await insert(q, deps.store.t.message, {
    id: newId(at),
    accountId: to.id,
    kind,
    caseId: caseId ?? null,
    data,
    createdAt: at,
  })
  await noticeSms(deps, q, to.phone, { kind, data })
}

/**
 * The SMS alone, for a phone whose inbox is not the place: one that was given up, say. Nothing where there is no phone, or
 * it has had its day's.
 */
export async function noticeSms(
  deps: Deps,
  q: Q,
  phone: string,
  { kind, data = {} }: Omit<Notice, 'caseId'>,
): Promise<void> {
  if (phone === '') return
  // Submitting and taking back in turns must not fill somebody's phone.
  const perDay = { limit: deps.env.limits.noticesPerPhonePerDay, windowMs: day }
  if (!(await take(q, deps.store.t, limitKey(deps, 'notice-phone', phone), perDay, deps.clock.now()))) return
  await enqueueSms(deps, q, {
    phone,
    purpose: 'notice',
    text: messageSms(kind, data),
    notice: { number: String(data.number ?? '') || noticeOfAccount, event: messageWords[kind].event },
  })
}

/**
 * Tells the applicant of a case what became of it; the department is where the case stands. Who has lost the registered
 * phone hears of it on the new one too (ACC-8), and whoever has the old one hears that there is an appeal. Of a case
 * that the office filed its person hears nothing on the way (AWD-1).
 */
export async function notifyOfCase(
  deps: Deps,
  q: Q,
  file: CaseFile,
  kind: MessageKind,
  more: MessageData = {},
): Promise<void> {
  if (isOfOffice(file.case.kind)) return
  const data = {
    kind: file.case.kind,
    number: file.case.number ?? '',
    department: file.standsAt?.fullName ?? '',
    ...more,
  }
  await notify(deps, q, file.account, { kind, caseId: file.case.id, data })
  if (file.case.kind === 'appeal') await noticeSms(deps, q, file.account.nextPhone, { kind, data })
}
