import { expect, it } from 'vitest'
import { identityTypes } from '#lib/schemas/identity-number.ts'
import { sectionWords } from '#lib/text/sections.ts'
import { sidesOf, wordsFor } from '#lib/text/words-for.ts'

it.each(identityTypes.filter((type) => type !== 'mainland_id'))(
  '基本信息 of who has %s asks for no 民族, and says which side of what is meant (BAS-3, BAS-5)',
  (type) => {
    const { lead, slots } = wordsFor('basic', type)
    const usual = sectionWords.basic.slots
    expect(lead).not.toContain('民族')
    expect(slots.portrait).toBe(usual.portrait)
    for (const slot of ['idFront', 'idBack'] as const) {
      expect(slots[slot]?.label).toBe(usual[slot]?.label)
      expect(slots[slot]?.hint).toContain(`请上传${sidesOf(type)[slot]}`)
      expect(slots[slot]?.hint).not.toContain('国徽')
    }
  },
)

it.each([
  ['mainland_id', '身份证明人像面', '身份证明国徽面'],
  ['tw_permit', '台湾居民来往大陆通行证人像面', '台湾居民来往大陆通行证背面'],
  ['foreign_passport', '护照资料页', '护照其他页'],
])('the sides of %s are called by its name', (type, idFront, idBack) =>
  expect(sidesOf(type)).toEqual({ idFront, idBack }),
)

it('other pages read the same for everybody', () =>
  expect(wordsFor('education', 'foreign_passport')).toBe(sectionWords.education))
