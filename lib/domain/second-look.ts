/**
 * Whether a case that could be passed with others is held back for a look by itself (REV-5). `digest` is a keyed hash of the case
 * and its round, so nobody can tell beforehand, and asking again gives the same answer. `percent` of 100.
 */
export const isHeldBack = (digest: string, percent: number): boolean =>
  Number.parseInt(digest.slice(0, 12), 16) % 10_000 < percent * 100
