import { expect, it } from 'vitest'
import { targetsOf } from '#lib/readers/targets.ts'
import { identityTypes } from '#lib/schemas/identity-number.ts'
import { sectionWords } from '#lib/text/sections.ts'
import { wordsFor } from '#lib/text/words-for.ts'

it.each(identityTypes.filter((type) => type !== 'mainland_id'))(
  '基本信息 of who has %s asks for no 民族 and no 国徽面 (BAS-3, BAS-5)',
  (type) => {
    const { lead, slots } = wordsFor('basic', type)
    const said = [lead, ...Object.values(slots).flatMap(({ label, hint }) => [label, hint])].join()
    expect(said).not.toMatch(/民族|国徽/)
    expect(slots.portrait).toBe(sectionWords.basic.slots.portrait)
  },
)

it.each([
  ['mainland_id', '身份证明人像面', '身份证明国徽面'],
  ['tw_permit', '台湾居民来往大陆通行证人像面', '台湾居民来往大陆通行证背面'],
  ['foreign_passport', '护照资料页', '护照其他页'],
])('the sides of %s are called by its name, where a reviewer points at them too', (type, front, back) => {
  const { idFront, idBack } = wordsFor('basic', type).slots
  expect([idFront?.label, idBack?.label]).toEqual([front, back])
  const row = { id: 'main', title: '', answers: [], slots: [], children: [] }
  const shown = { section: 'basic', title: '', rows: [row], shared: [] }
  const labels = targetsOf('basic', shown, type).map(({ label }) => label)
  expect(labels).toEqual(expect.arrayContaining([front, back]))
})

it('other pages read the same for everybody', () =>
  expect(wordsFor('education', 'foreign_passport')).toBe(sectionWords.education))
