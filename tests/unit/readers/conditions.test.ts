import { describe, expect, it } from 'vitest'
import { conditionOf } from '#lib/readers/conditions.ts'
import { sampleContext } from '#lib/readers/sample.ts'
import { type Fields, text } from '#lib/sections/define.ts'
import { education } from '#lib/sections/education.ts'
import { employment } from '#lib/sections/employment.ts'
import { accountingTitles, gradedKinds } from '#lib/sections/options.ts'
import { qualifications } from '#lib/sections/qualifications.ts'

const context = sampleContext()
const of = (fields: Fields, key: string, prefix?: string) =>
  conditionOf(fields[key]?.when, fields, context, prefix)

describe('what makes a field count', () => {
  it('is read off its own rule', () => {
    expect(of(employment.fields, 'creditCode')).toEqual({ name: 'noCode', values: [''] })
    expect(of(employment.fields, 'noCodeReason')).toEqual({ name: 'noCode', values: ['1'] })
    expect(conditionOf(employment.nested.when, employment.fields, context)).toEqual({
      name: 'accounting',
      values: ['yes'],
    })
    expect(of(qualifications.fields, 'way')).toEqual({ name: 'kind', values: gradedKinds })
    expect(of(education.fields, 'degreeNo')).toEqual({
      name: 'degree',
      values: ['bachelor', 'second_bachelor', 'master', 'doctor'],
    })
    expect(of(education.fields, 'major')?.values).not.toContain('senior_high')
    expect(of(education.fields, 'major')?.values).toContain('junior_college')
  })

  it('is named as the nested control is posted', () => {
    expect(of(employment.nested.fields, 'appointed', 'posts.row1p1.')).toEqual({
      name: 'posts.row1p1.title',
      values: [...accountingTitles],
    })
  })

  it('is nothing where there is no rule, or where more than one control decides', () => {
    expect(of(employment.fields, 'employer')).toBeNull()
    const fields: Fields = {
      ...employment.fields,
      both: text({ max: 9, when: ({ noCode, accounting }) => noCode === '1' || accounting === 'yes' }),
    }
    expect(of(fields, 'both')).toBeNull()
  })
})
