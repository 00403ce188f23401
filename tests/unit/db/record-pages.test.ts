import { describe, expect, it } from 'vitest'
import { personColumns, sealedColumns } from '#db/queries/records.ts'
import { sections } from '#lib/sections/all.ts'
import type { Fields } from '#lib/sections/define.ts'

const sealedIn = (fields: Fields) =>
  Object.entries(fields)
    .filter(([, field]) => field.seal !== undefined)
    .map(([key]) => key)
    .sort()

describe('the columns of the record', () => {
  it.each(['department', 'scope', 'basic'] as const)('are the fields of %s', (page) => {
    expect([...personColumns[page]].sort()).toEqual(Object.keys(sections[page].fields).sort())
  })

  it('are ciphertext where the sections seal them', () => {
    const { department, scope, basic, education, employment, qualifications } = sections
    const wanted = {
      person: [...sealedIn(department.fields), ...sealedIn(scope.fields), ...sealedIn(basic.fields)],
      education: sealedIn(education.fields),
      employment: sealedIn(employment.fields),
      accounting_post: sealedIn(employment.nested.fields),
      qualification: sealedIn(qualifications.fields),
    }
    const held = Object.entries(sealedColumns).map(([table, columns]) => [table, [...columns].sort()])
    expect(Object.fromEntries(held)).toEqual(wanted)
  })
})
