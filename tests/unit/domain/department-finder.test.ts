import { describe, expect, it } from 'vitest'
import { departments } from '#db/seed/departments.ts'
import { leadsTo, misplacedFrom, proposeDepartment, type Seeker } from '#lib/domain/department-finder.ts'
import { identityTypes } from '#lib/schemas/identity-number.ts'
import { citiesOf, provinces } from '#lib/text/regions.ts'

const seeker = (more: Partial<Seeker>): Seeker => ({
  idType: 'mainland_id',
  situation: 'employed',
  household: '',
  place: '',
  ...more,
})
const found = (more: Partial<Seeker>) => {
  const result = proposeDepartment(seeker(more))
  return result.ok ? result.value : result.issues
}
const situations = ['employed', 'student', 'other'] as const
const changsha = '430100'
const guangzhou = '440100'

describe('the ground of a proposal (DEP-2, guide A 二(三))', () => {
  const compatriots = ['hkmo_permit', 'tw_permit', 'hkmo_residence', 'tw_residence']
  const table = identityTypes.flatMap((idType) =>
    situations.map((situation) => {
      const ground = {
        employed: 'employer',
        student: 'school',
        other: idType === 'mainland_id' ? 'household' : 'residence',
      }[situation]
      const departmentId = ground === 'household' ? changsha : guangzhou
      return [idType, situation, ground, departmentId] as const
    }),
  )

  it.each(table)('%s, %s: %s → %s', (idType, situation, ground, departmentId) =>
    expect(found({ idType, situation, household: changsha, place: guangzhou })).toEqual({
      ground,
      departmentId,
      nearby: compatriots.includes(idType),
      remarks: [],
    }),
  )
})

describe('the department of a place', () => {
  it.each([
    ['a city', '440100', '440100', []],
    ['a district of it', '440106', '440100', []],
    ['a county-level city under a city', '440783', '440700', []],
    ['a county-level city directly under a province', '429004', '429004', []],
    ['a municipality', '310000', '310000', []],
    ['a district of a municipality', '500101', '500000', []],
    ['深圳', '440300', '440300', ['separately-planned']],
    ['a district of 深圳', '440305', '440300', ['separately-planned']],
    ['大连', '210200', '210200', ['separately-planned']],
    ['宁波', '330200', '330200', ['separately-planned']],
    ['厦门', '350200', '350200', ['separately-planned']],
    ['青岛', '370200', '370200', ['separately-planned']],
    ['石河子, a city of the Corps', '659001', '659001', ['corps']],
    ['a city of Xinjiang', '650100', '650100', ['corps-nearby']],
    ['北京', '110000', '110000', ['central-nearby']],
  ])('%s: %s → %s', (_, place, departmentId, remarks) =>
    expect(found({ place })).toMatchObject({ departmentId, remarks }),
  )

  it('says nothing of central organs to who does not work', () =>
    expect(found({ situation: 'student', place: '110000' })).toMatchObject({ remarks: [] }))

  it('is there, and on the first level or right under it, for every city there is to choose', () => {
    const tree = new Map(departments().map((node) => [node.id, node]))
    const wrong = provinces()
      .filter(({ code }) => !/^[78]/.test(code))
      .flatMap(({ code }) => citiesOf(code))
      .filter(({ code }) => {
        const result = proposeDepartment(seeker({ place: code }))
        const node = result.ok ? tree.get(result.value.departmentId) : undefined
        return !node?.active || node.level > 2 || node.name !== tree.get(code)?.name
      })
    expect(wrong).toEqual([])
  })
})

describe('what is missing is asked at its control', () => {
  it.each([
    ['no situation', { situation: '' }, { at: 'situation', code: 'required' }],
    [
      'no employer',
      { household: changsha },
      { at: 'finder.place', code: 'finder-place', params: { ground: 'employer' } },
    ],
    [
      'no school',
      { situation: 'student', household: changsha },
      { at: 'finder.place', code: 'finder-place', params: { ground: 'school' } },
    ],
    ['no household', { situation: 'other', place: guangzhou }, { at: 'household', code: 'required' }],
    [
      'no residence',
      { situation: 'other', idType: 'hkmo_permit', household: changsha },
      { at: 'finder.place', code: 'finder-place', params: { ground: 'residence' } },
    ],
    [
      'a household in 香港',
      { situation: 'other', household: '810000' },
      { at: 'household', code: 'finder-undivided', params: { ground: 'household' } },
    ],
    [
      'an employer in 台湾',
      { place: '710000' },
      { at: 'finder.place', code: 'finder-undivided', params: { ground: 'employer' } },
    ],
    [
      'a province alone',
      { place: '440000' },
      { at: 'finder.place', code: 'finder-place', params: { ground: 'employer' } },
    ],
  ] as const)('%s', (_, more, issue) => expect(found(more)).toEqual([issue]))
})

describe('a department that is chosen already', () => {
  const leads = (place: string, ...path: string[]) => {
    const result = proposeDepartment(seeker({ place }))
    return result.ok && leadsTo(result.value, path)
  }
  it.each([
    ['the city itself', guangzhou, ['440000', guangzhou], true],
    ['a district of it', guangzhou, ['440000', guangzhou, '440106'], true],
    ['another city', guangzhou, ['440000', '440400', '440402'], false],
    ['the Corps from a city of Xinjiang', '650100', ['660000', '660000-own'], true],
    ['the Corps from elsewhere', guangzhou, ['660000', '660000-own'], false],
    ['a ministry from 北京', '110000', ['central-ggj', 'central-ggj-mof'], true],
    ['a ministry from elsewhere', guangzhou, ['central-ggj', 'central-ggj-mof'], false],
  ] as const)('%s', (_, place, path, expected) => expect(leads(place, ...path)).toBe(expected))
})

describe('a department that serves none of the places known (DEP-2)', () => {
  const grounds = (more: Partial<Parameters<typeof misplacedFrom>[0]>, ...path: string[]) =>
    misplacedFrom(
      { idType: 'mainland_id', situation: 'other', household: changsha, residence: guangzhou, ...more },
      path,
    )?.map(({ ground }) => ground) ?? null
  const zhuhai = ['440000', '440400', '440402']

  it.each([
    ['neither household nor residence', {}, zhuhai, ['household', 'residence']],
    ['the household', {}, ['430000', changsha, '430102'], null],
    ['the residence', {}, ['440000', guangzhou, `${guangzhou}-own`], null],
    ['the province of the residence as a whole', {}, ['440000', '440000-own'], null],
    ['深圳 from 广州', { household: guangzhou }, ['440300', '440305'], ['household', 'residence']],
    ['a district of a municipality', { residence: '310000' }, ['310000', '310101'], null],
    ['a county-level city in no city', { residence: '429004' }, ['420000', '429004'], null],
    ['the Corps from a city of Xinjiang', { household: '650100' }, ['660000', '659001'], null],
    [
      '乌鲁木齐 from a city of the Corps',
      { household: '659001', residence: '659001' },
      ['650000', '650100'],
      ['household', 'residence'],
    ],
    ['a ministry', {}, ['central-ggj', 'central-ggj-mof'], ['household', 'residence']],
    [
      'by residence alone with a passport',
      { idType: 'foreign_passport', household: '' },
      zhuhai,
      ['residence'],
    ],
    [
      'by residence alone with a permit',
      { idType: 'hkmo_permit', household: '', residence: '440400' },
      zhuhai,
      null,
    ],
    ['no household yet', { household: '' }, zhuhai, null],
    ['no residence yet', { residence: '' }, zhuhai, null],
    ['a residence in 香港, judged by the household', { residence: '810000' }, zhuhai, ['household']],
    ['nothing but 香港', { idType: 'hkmo_permit', household: '', residence: '810000' }, zhuhai, null],
    ['who works', { situation: 'employed' }, zhuhai, null],
    ['who studies', { situation: 'student' }, zhuhai, null],
    ['who has not said', { situation: '' }, zhuhai, null],
  ] as const)('%s', (_, more, path, expected) => expect(grounds(more, ...path)).toEqual(expected))
})
