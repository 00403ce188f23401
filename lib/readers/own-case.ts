import { isSameOwn, type OwnIdentity } from '#lib/domain/own-identity.ts'
import { lifelongKey } from '#lib/schemas/identity-number.ts'

/** An account's document, and the index it was written with. */
interface Document {
  readonly idType: string
  readonly number: string
  readonly nationality: string
  readonly identityIndex: string | null
}

/** Who passed the stages before, or had a part in what the case is about; with this member of staff among them where they did so by another account. */
export function passersSeenBy(
  staffId: string,
  own: OwnIdentity,
  passes: readonly { readonly by: string; readonly own: OwnIdentity }[],
): readonly string[] {
  const isAgain = passes.some((pass) => isSameOwn(own, pass.own))
  return [...passes.map(({ by }) => by), ...(isAgain ? [staffId] : [])]
}

/**
 * Whether a member of staff is the applicant of a case, as far as their office has named them (REV-2). `indexes` writes an
 * identity's index by every key: the two rows may have been indexed by different ones.
 */
export function isSamePerson(
  own: OwnIdentity,
  account: Document,
  indexes: (identityKey: string) => readonly string[],
  today: string,
): boolean {
  if (own.length === 0) return false
  if (account.identityIndex !== null && own.includes(account.identityIndex)) return true
  const key = lifelongKey(account, today)
  return key !== null && isSameOwn(own, indexes(key))
}
