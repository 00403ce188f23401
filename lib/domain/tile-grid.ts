/**
 * Where each first-level division of GB/T 2260 stands when all are drawn as equal squares: about where it lies, and no
 * outline, since a map of China needs a map number of its own.
 */
export interface TilePlace {
  readonly code: string
  /** Both from 1 to 8. */
  readonly row: number
  readonly column: number
}

const rows: readonly string[] = [
  '-- -- -- -- -- -- -- 23',
  '-- -- -- -- -- 15 -- 22',
  '65 -- 62 64 14 11 12 21',
  '-- 63 -- 61 41 13 37 --',
  '54 -- 51 50 42 34 32 31',
  '-- -- 53 52 43 36 33 --',
  '-- -- -- 45 44 35 71 --',
  '-- -- -- 46 82 81 -- --',
]

export const provinceTiles: readonly TilePlace[] = rows.flatMap((line, row) =>
  line
    .split(' ')
    .flatMap((code, column) =>
      code === '--' ? [] : [{ code: `${code}0000`, row: row + 1, column: column + 1 }],
    ),
)
