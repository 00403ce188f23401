/** In which cities a first-level node may have 报考点 (EXM-1). */
import { citiesOf, isCity, type NamedRegion, regionName } from './regions.ts'

/** The cities of its province, or the city itself; null where it has no place of its own, as 中央单位, and any city will do. */
export function siteCities(regionCode: string | null): readonly NamedRegion[] | null {
  if (regionCode === null) return null
  const cities = citiesOf(regionCode)
  if (cities.length > 0) return cities
  return isCity(regionCode) ? [{ code: regionCode, name: regionName(regionCode) }] : null
}

export const isSiteCity = (regionCode: string | null, city: string): boolean =>
  siteCities(regionCode)?.some(({ code }) => code === city) ?? isCity(city)
