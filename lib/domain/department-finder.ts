/** DEP-2: which 会计管理部门 somebody belongs to, from their situation and where that holds. Words in `lib/text/department-finder.ts`. */
import { cityOf, isSeparatelyPlanned, isUndivided, provinceOf } from './regions.ts'
import { issue, ok, type Result, refuse } from './result.ts'

/** The place that decides: of the employer, of the school register, of the household register, or where somebody lives. */
export type Ground = 'employer' | 'school' | 'household' | 'residence'

export interface Seeker {
  readonly idType: string
  readonly situation: 'employed' | 'student' | 'other' | ''
  /** 户籍所在地, a region code; '' where it is not known or never asked. */
  readonly household: string
  /** Where they work or study, or live where nobody asks for a household; a region code, '' where it is not known. */
  readonly place: string
}

/** What else there is to know at this place. */
export type Remark = 'separately-planned' | 'corps' | 'corps-nearby' | 'central-nearby'

export interface Proposal {
  readonly ground: Ground
  /** 港澳台居民 choose by what is nearest (guide A 二(三)2). */
  readonly nearby: boolean
  /** The node of a city, or of a county-level unit that is in none; its districts are left to choose. */
  readonly departmentId: string
  readonly remarks: readonly Remark[]
}

/** The control that asks for the place; it belongs to no section, so that nobody keeps the answer. */
export const finderPlace = 'finder.place'

const nearest: ReadonlySet<string> = new Set(['hkmo_permit', 'tw_permit', 'hkmo_residence', 'tw_residence'])
const beijing = '110000'
const xinjiang = '650000'
/** Nodes of the first level that no region code leads to. */
const corps = '660000'
const isCentral = (id: string) => id.startsWith('central-')
const corpsCity = /^6590(?!00)\d\d$/

/** Only mainland residents have a 户籍所在地 to go by. */
function groundOf(idType: string, situation: 'employed' | 'student' | 'other'): Ground {
  if (situation === 'employed') return 'employer'
  if (situation === 'student') return 'school'
  return idType === 'mainland_id' ? 'household' : 'residence'
}

/**
 * The department the rule leads to. Refuses where an answer is missing (`required`, `finder-place`) and where no
 * mainland department serves the place (`finder-undivided`), at the control that has to say more.
 */
export function proposeDepartment({ idType, situation, household, place }: Seeker): Result<Proposal> {
  if (situation === '') return refuse(issue('situation', 'required'))
  const ground = groundOf(idType, situation)
  const asked = ground === 'household' ? 'household' : finderPlace
  const region = ground === 'household' ? household : place
  const city = region === '' ? null : cityOf(region)
  if (city === null)
    return refuse(asked === 'household' ? issue(asked, 'required') : issue(asked, 'finder-place', { ground }))
  if (isUndivided(city)) return refuse(issue(asked, 'finder-undivided', { ground }))
  return ok({ ground, nearby: nearest.has(idType), departmentId: city, remarks: remarksOf(city, ground) })
}

function remarksOf(city: string, ground: Ground): Remark[] {
  if (isSeparatelyPlanned(city)) return ['separately-planned']
  if (corpsCity.test(city)) return ['corps']
  if (provinceOf(city) === xinjiang) return ['corps-nearby']
  return city === beijing && ground === 'employer' ? ['central-nearby'] : []
}

/**
 * Whether a department is one that a proposal leads to; `path` holds the ids from its first level down. What a remark
 * names beside the proposal is as good.
 */
export function leadsTo({ departmentId, remarks }: Proposal, path: readonly string[]): boolean {
  const [top = ''] = path
  if (path.includes(departmentId)) return true
  return (
    (remarks.includes('corps-nearby') && top === corps) ||
    (remarks.includes('central-nearby') && isCentral(top))
  )
}

/** A place by which somebody belongs to a department. */
export interface Home {
  readonly ground: 'household' | 'residence'
  readonly region: string
}

/**
 * The places one of which a department (`path` as above) would have to serve and does not; null where it serves one, or
 * where that is not certain. Only who neither works nor studies has places that are known; a provincial 省本级 and the
 * Corps are no contradiction to a place in their province.
 */
export function misplacedFrom(
  { idType, situation, household, residence }: Omit<Seeker, 'place'> & { readonly residence: string },
  path: readonly string[],
): readonly Home[] | null {
  if (situation !== 'other') return null
  const homes: readonly Home[] = [
    ...(idType === 'mainland_id' ? [{ ground: 'household' as const, region: household }] : []),
    { ground: 'residence', region: residence },
  ]
  if (homes.some(({ region }) => region === '' || cityOf(region) === null)) return null
  const served = homes.filter(({ region }) => !isUndivided(provinceOf(region)))
  return served.length === 0 || served.some(({ region }) => serves(path, region)) ? null : served
}

function serves(path: readonly string[], region: string): boolean {
  const province = provinceOf(region)
  return (
    path.includes(cityOf(region) ?? region) ||
    path.includes(`${province}-own`) ||
    (path[0] === corps && province === xinjiang)
  )
}
