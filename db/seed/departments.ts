import {
  isMunicipality,
  isPseudoCity,
  isSeparatelyPlanned,
  type Region,
  readRegions,
} from '#lib/domain/regions.ts'
import rows from '#lib/text/regions.json' with { type: 'json' }
import { centralUnits } from './central-organs.ts'

export type DepartmentKind = 'province' | 'city' | 'county' | 'own' | 'central' | 'corps'

export type DepartmentSeed = {
  /** The region code, `<code>-own` for an own node, `central-…` for central organs; never reused. */
  readonly id: string
  readonly parentId: string | null
  readonly level: 1 | 2 | 3
  readonly name: string
  /** Names from the first level down, `广东省广州市天河区`, `广东省广州市本级`; unique. */
  readonly fullName: string
  readonly kind: DepartmentKind
  /** GB/T 2260 code of the place served, for an own node that of its parent; null for central organs. */
  readonly regionCode: string | null
  readonly own: boolean
  /** Not offered while false: 省本级 until a province switches it on. */
  readonly active: boolean
  /** Order of the whole tree in preorder, in steps of ten. */
  readonly sort: number
}

type Node = {
  readonly id: string
  readonly name: string
  readonly kind: DepartmentKind
  readonly regionCode: string | null
  readonly active?: boolean
  readonly children?: readonly Node[]
}

const corpsCode = '660000'
const corpsHeading = '659000'
const specialRegions: ReadonlySet<string> = new Set(['710000', '810000', '820000'])

/**
 * The tree of 会计管理部门 (DEP-1) as a list, parents before children: 40 first-level units, their
 * cities and counties. The ones a person chooses are the active ones without children.
 */
export function departments(): DepartmentSeed[] {
  const under = Map.groupBy(readRegions(rows), ({ parent }) => parent)
  const childrenOf = (code: string): readonly Region[] => under.get(code) ?? []
  const tops = (under.get(null) ?? []).filter(({ code }) => !specialRegions.has(code))
  const tree = [
    ...tops.flatMap((province) => [
      provinceNode(province, childrenOf),
      ...childrenOf(province.code)
        .filter(({ code }) => isSeparatelyPlanned(code))
        .map((city) => cityNode(city, childrenOf)),
    ]),
    corpsNode(childrenOf(corpsHeading)),
    ...centralUnits.map(({ id, name, organs }): Node => {
      const unit: Node = { id, name, kind: 'central', regionCode: null }
      const offered = organs.map(
        ([key, organ]): Node => ({ id: `${id}-${key}`, name: organ, kind: 'central', regionCode: null }),
      )
      return { ...unit, children: [ownNode(unit), ...offered] }
    }),
  ]
  return [...flatten(tree, null)].map((seed, index) => ({ ...seed, sort: (index + 1) * 10 }))
}

function provinceNode(province: Region, childrenOf: (code: string) => readonly Region[]): Node {
  const node: Node = regionNode(province, 'province')
  const own = ownNode(node, isMunicipality(province.code))
  const children = childrenOf(province.code).flatMap((unit): readonly Node[] => {
    if (isSeparatelyPlanned(unit.code) || unit.code === corpsHeading) return []
    if (isPseudoCity(unit.code)) return childrenOf(unit.code).map((county) => regionNode(county, 'county'))
    return [cityNode(unit, childrenOf)]
  })
  return { ...node, children: [own, ...children] }
}

function cityNode(city: Region, childrenOf: (code: string) => readonly Region[]): Node {
  const node = regionNode(city, 'city')
  const counties = childrenOf(city.code).map((county) => regionNode(county, 'county'))
  return { ...node, children: [ownNode(node), ...counties] }
}

/** Divisions 11 and 12 of the Corps have no city, so its own node is open from the start. */
function corpsNode(cities: readonly Region[]): Node {
  const node: Node = { id: corpsCode, name: '新疆生产建设兵团', kind: 'corps', regionCode: corpsCode }
  return { ...node, children: [ownNode(node), ...cities.map((city) => regionNode(city, 'county'))] }
}

function regionNode({ code, name }: Region, kind: 'province' | 'city' | 'county'): Node {
  return { id: code, name, kind, regionCode: code }
}

function ownNode(of: Node, active = true): Node {
  const word =
    ['自治区', '地区', '兵团', '省', '市', '州', '盟'].find((ending) => of.name.endsWith(ending)) ?? ''
  return { id: `${of.id}-own`, name: `${word}本级`, kind: 'own', regionCode: of.regionCode, active }
}

function* flatten(nodes: readonly Node[], parent: DepartmentSeed | null): Generator<DepartmentSeed> {
  for (const { id, name, kind, regionCode, active = true, children = [] } of nodes) {
    const own = kind === 'own'
    const seed: DepartmentSeed = {
      id,
      parentId: parent?.id ?? null,
      level: parent === null ? 1 : parent.level === 1 ? 2 : 3,
      name,
      fullName: `${parent?.fullName ?? ''}${own ? '本级' : name}`,
      kind,
      regionCode,
      own,
      active,
      sort: 0,
    }
    yield seed
    yield* flatten(children, seed)
  }
}
