/**
 * How typed numbers are read before any check (ACC-2): full-width forms become ASCII, spaces and the invisible
 * characters that copying brings along are dropped, letters become upper case.
 */
export const normaliseCode = (raw: string): string =>
  raw
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toUpperCase()

/** As above, without the dashes people group digits with. */
export const normaliseGrouped = (raw: string): string =>
  normaliseCode(raw).replace(/[-\u2010-\u2015\u2212]/g, '')
