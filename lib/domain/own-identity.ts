/**
 * Whom the office says a member of staff is (REV-2), as the blind indexes of that identity by every key of the ring: two rows
 * may have been written under different ones. Empty where the office has not said.
 */
export type OwnIdentity = readonly string[]

export const isSameOwn = (one: OwnIdentity, other: OwnIdentity): boolean =>
  one.some((index) => other.includes(index))
