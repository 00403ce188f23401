import { and, eq } from 'drizzle-orm'
import { record } from '#db/events.ts'
import type { Account } from '#db/queries/accounts.ts'
import { heldBy } from '#db/queries/accounts.ts'
import { isUnique } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound, refused, stale } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { checkPhoneChange, type PhoneChange } from '#lib/schemas/account-changes.ts'
import { phoneColumns } from './support/account-row.ts'
import { holdAlone } from './support/hold-alone.ts'
import { noticeSms, notify } from './support/notify.ts'
import { ownAccount, proveOwn } from './support/own-password.ts'
import { releasePhone } from './support/release-phone.ts'
import { checkSmsCode, spendSmsCode } from './support/sms-code.ts'
import { mayAskTaken, tellTaken } from './support/taken.ts'

export interface PhoneInput {
  /** The form as typed, by field name. */
  readonly typed: unknown
  readonly browser: string
}

/**
 * 更换手机号 (ACC-8): proven by a code to the new phone and one to the old; whoever has none any more proves it by the
 * password. Both codes are used up together, by success alone. A phone that another account holds moves only where its
 * holder-by-code says so (`release`, ACC-9), and that it is held is told to nobody else. Refused: the issues of
 * `checkPhoneChange` and `proveOwn`, `code-wrong`, `taken-too-often`, `phone-held`; `stale` where the phone was changed
 * meanwhile. Staff have no phone: `not-found`.
 */
export async function changePhone(deps: Deps, actor: Actor, { typed, browser }: PhoneInput): Promise<void> {
  const account = await ownAccount(deps, actor)
  if (account.kind !== 'applicant') throw notFound()
  const read = checkPhoneChange(typed, account.phone)
  if (!read.ok) throw refused(...read.issues)
  const { phone, release, currentPassword } = read.value
  const codeIds = await checkCodes(deps, account, read.value, browser)
  if (account.phone === '') await proveOwn(deps, account, { password: currentPassword })
  if (!(await mayAskTaken(deps, phone))) throw refused(issue(null, 'taken-too-often'))
  const { read: q, t } = deps.store
  if (!release && (await heldBy(q, t, deps.keys, { phone }))) throw await held(deps)
  try {
    await writePhone(deps, account, { phone, codeIds, release })
  } catch (error) {
    // Somebody registered it since the look.
    if (isUnique(error)) throw await held(deps)
    throw error
  }
}

const held = async (deps: Deps) => refused(...(await tellTaken(deps, [issue('release', 'phone-held')])))

/** Ids of the codes that are right; every wrong one is told. */
async function checkCodes(
  deps: Deps,
  { phone: old }: Account,
  { phone, codeNew, codeOld }: PhoneChange,
  browser: string,
): Promise<readonly string[]> {
  const asked = [
    { field: 'codeNew', code: codeNew, phone, purpose: 'phone-new' },
    { field: 'codeOld', code: codeOld, phone: old, purpose: 'phone-old' },
  ] as const
  const ids: string[] = []
  const issues: Issue[] = []
  for (const { field, ...one } of asked) {
    if (one.phone === '') continue
    const id = await checkSmsCode(deps, { ...one, browser })
    if (id === null) issues.push(issue(field, 'code-wrong'))
    else ids.push(id)
  }
  if (issues.length > 0) throw refused(...issues)
  return ids
}

async function writePhone(
  deps: Deps,
  account: Account,
  { phone, codeIds, release }: { phone: string; codeIds: readonly string[]; release: boolean },
): Promise<void> {
  const { store, clock } = deps
  const { t } = store
  const { id, version } = account
  await store.tx(async (q) => {
    const at = clock.now()
    for (const codeId of codeIds)
      if (!(await spendSmsCode(q, t, codeId, at))) throw refused(issue('codeNew', 'code-wrong'))
    if (release) await releasePhone(deps, q, phone, id)
    await holdAlone(deps, q, { phone }, id)
    const [row] = await q
      .update(t.account)
      .set({ ...phoneColumns(deps, id, phone), version: version + 1 })
      .where(and(eq(t.account.id, id), eq(t.account.version, version)))
      .returning({ id: t.account.id })
    if (!row) throw stale()
    await noticeSms(deps, q, account.phone, { kind: 'phone-changed' })
    await notify(deps, q, { id, phone: '' }, { kind: 'phone-changed' })
    await record(q, t, { id: newId(at), kind: 'phone.changed', actorId: id, personId: id, at })
  })
}
