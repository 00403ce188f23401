import { cityOf, isPseudoCity, levelOf, provinceOf, type Region, readRegions } from '#lib/domain/regions.ts'
import rows from '#lib/text/regions.json' with { type: 'json' }

export type NamedRegion = { readonly code: string; readonly name: string }

type RegionIndex = {
  readonly names: ReadonlyMap<string, string>
  readonly provinces: readonly NamedRegion[]
  readonly cities: ReadonlyMap<string, readonly NamedRegion[]>
  readonly cityCodes: ReadonlySet<string>
}

/** Name of one region (`天河区`); the code itself when no such region exists. */
export function regionName(code: string): string {
  return index().names.get(code) ?? code
}

/** Name from the province down (`广东省广州市天河区`), without the headings that name no city. */
export function regionFullName(code: string): string {
  const above = levelOf(code) === 'county' ? [provinceOf(code), `${code.slice(0, 4)}00`] : [provinceOf(code)]
  const path = [...new Set([...above, code])].filter((step) => !isPseudoCity(step))
  return path.map(regionName).join('')
}

/** The 34 first-level regions in the order of GB/T 2260. */
export function provinces(): readonly NamedRegion[] {
  return index().provinces
}

/**
 * The cities to choose from in a province, by code: a municipality is its own only city, and county-level
 * units directly under a province stand beside the cities. Empty for anything but a province.
 */
export function citiesOf(province: string): readonly NamedRegion[] {
  return index().cities.get(province) ?? []
}

/** Is it a code that `citiesOf` offers? */
export function isCity(code: string): boolean {
  return index().cityCodes.has(code)
}

const index = once(() => build(readRegions(rows)))

function build(regions: readonly Region[]): RegionIndex {
  const byProvince = Map.groupBy(regions, ({ code }) => provinceOf(code))
  const top = regions.filter(({ parent }) => parent === null).map(named)
  const cities = new Map(
    top.map(({ code }) => [code, Object.freeze((byProvince.get(code) ?? []).filter(isOwnCity).map(named))]),
  )
  return Object.freeze({
    names: new Map(regions.map(({ code, name }) => [code, name])),
    provinces: Object.freeze(top),
    cities,
    cityCodes: new Set([...cities.values()].flat().map(({ code }) => code)),
  })
}

function isOwnCity({ code }: Region): boolean {
  return cityOf(code) === code
}

function named({ code, name }: Region): NamedRegion {
  return Object.freeze({ code, name })
}

function once<T>(make: () => T): () => T {
  const made: T[] = []
  return () => {
    const [value = make()] = made
    made[0] = value
    return value
  }
}
