/**
 * What a region code of GB/T 2260 says by itself: two digits province, two city, two county.
 * No names and no list here; see `lib/text/regions.ts`.
 */

export type RegionLevel = 'province' | 'city' | 'county'

export type Region = { readonly code: string; readonly name: string; readonly parent: string | null }

const codePattern = /^[1-9]\d{5}$/

/** Beijing, Tianjin, Shanghai, Chongqing: their city level is only a heading of the standard. */
const municipalities: ReadonlySet<string> = new Set(['110000', '120000', '310000', '500000'])

/** Taiwan, Hong Kong, Macau: listed without units beneath them. */
const undivided: ReadonlySet<string> = new Set(['710000', '810000', '820000'])

/** Cities with a provincial plan of their own, directly under the ministry for accounting matters. */
const separatelyPlanned: ReadonlySet<string> = new Set(['210200', '330200', '350200', '370200', '440300'])

/** The Corps has a province-like code of its own but lies in Xinjiang. */
const corps = '660000'
const xinjiang = '650000'

/** True for six digits that can be a region code, whether or not such a region exists. */
export function isRegionCode(code: string): boolean {
  return codePattern.test(code)
}

/** Level by the shape of the code; `code` is six digits. */
export function levelOf(code: string): RegionLevel {
  if (code.endsWith('0000')) return 'province'
  return code.endsWith('00') ? 'city' : 'county'
}

/** Code of the province a region lies in (a province lies in itself). */
export function provinceOf(code: string): string {
  return `${code.slice(0, 2)}0000`
}

export function isMunicipality(code: string): boolean {
  return municipalities.has(code)
}

/**
 * True for city-level codes that name no city: the headings in the municipalities (1101, 5002) and
 * the ones for county-level units directly under a province (4290, 6590).
 */
export function isPseudoCity(code: string): boolean {
  if (levelOf(code) !== 'city') return false
  return municipalities.has(provinceOf(code)) || code.slice(2, 4) === '90'
}

/**
 * Code of the city a region belongs to as people name it: the municipality itself for its districts,
 * the county-level unit itself where no city stands above it; null for a province, which is in no city.
 */
export function cityOf(code: string): string | null {
  const province = provinceOf(code)
  if (municipalities.has(province) || undivided.has(province)) return province
  if (levelOf(code) === 'province') return null
  const city = `${code.slice(0, 4)}00`
  if (!isPseudoCity(city)) return city
  return code === city ? null : code
}

/** True for Taiwan, Hong Kong and Macau, which no mainland department serves. */
export function isUndivided(province: string): boolean {
  return undivided.has(province)
}

export function isSeparatelyPlanned(cityCode: string): boolean {
  return separatelyPlanned.has(cityCode)
}

/** BAS-4: a separately planned city counts as in its province, the Corps as in Xinjiang. */
export function sameProvince(a: string, b: string): boolean {
  return land(a) === land(b)
}

function land(code: string): string {
  const province = provinceOf(code)
  return province === corps ? xinjiang : province
}

/**
 * Reads the stored rows `[code, name, parent or ""]`.
 * @throws Error when a row has another shape: the file is generated, so this is a broken build.
 */
export function readRegions(rows: readonly (readonly string[])[]): readonly Region[] {
  return rows.map(([code, name, parent], index) => {
    if (!code || !isRegionCode(code) || !name || parent === undefined)
      throw new Error(`regions: row ${index} is malformed`)
    return { code, name, parent: parent === '' ? null : parent }
  })
}
