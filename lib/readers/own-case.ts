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
  own: string | null,
  passes: readonly { readonly by: string; readonly ownIdentityIndex: string | null }[],
): readonly string[] {
  const isAgain = own !== null && passes.some(({ ownIdentityIndex }) => ownIdentityIndex === own)
  return [...passes.map(({ by }) => by), ...(isAgain ? [staffId] : [])]
}

/**
 * Whether a member of staff is the applicant of a case, as far as their office has named them (REV-2). `own` is that
 * name as a blind index, `indexes` writes one by every key: the two rows may have been indexed by different ones.
 */
export function isSamePerson(
  own: string | null,
  account: Document,
  indexes: (identityKey: string) => readonly string[],
  today: string,
): boolean {
  if (own === null) return false
  const key = lifelongKey(account, today)
  return own === account.identityIndex || (key !== null && indexes(key).includes(own))
}
