import { describe, expect, it } from 'vitest'
import { mostMonths, purposeLength } from '#lib/domain/exports.ts'
import { checkStaffExport } from '#lib/schemas/staff-export.ts'

const months = (from: string, to: string) => {
  const part = (name: string, text: string) => {
    const [year = '', month = ''] = text.split('-')
    return { [`${name}.year`]: year, [`${name}.month`]: month }
  }
  return { ...part('from', from), ...part('to', to) }
}
const said = (typed: unknown) => {
  const read = checkStaffExport(typed)
  return read.ok ? read.value : read.issues.map(({ at, code }) => `${at} ${code}`)
}
const people = { kind: 'people', format: 'csv' }

describe('the form of an export', () => {
  it('asks for kind and format', () => {
    expect(said({})).toEqual(['kind required', 'format required'])
    expect(said({ kind: 'passwords', format: 'exe' })).toEqual(['kind required', 'format required'])
  })

  it('reads months where they count, and lets them be where they do not', () => {
    expect(said({ ...people, ...months('2026-13', '1') })).toMatchObject({ from: '', to: '' })
    expect(said({ kind: 'cases', format: 'csv' })).toMatchObject({ from: '', to: '' })
    expect(said({ kind: 'cases', format: 'csv', ...months('２０２６-03', '') })).toMatchObject({
      from: '2026-03',
      to: '',
    })
    expect(said({ kind: 'cases', format: 'csv', ...months('2026-13', '1') })).toEqual([
      'from month-invalid',
      'to month-invalid',
    ])
  })

  it('wants both months of figures and of the log, in order and not too many', () => {
    for (const kind of ['figures', 'audit']) {
      const asked = { kind, format: 'xlsx' }
      expect(said(asked)).toEqual(['from required', 'to required'])
      expect(said({ ...asked, ...months('2026-03', '2026-02') })).toEqual(['to period-order'])
      expect(said({ ...asked, ...months('2022-01', '2026-12') })).toMatchObject({ from: '2022-01' })
      expect(said({ ...asked, ...months('2021-12', '2026-12') })).toEqual(['from export-months'])
    }
    expect(mostMonths).toBe(60)
  })

  it('wants a purpose for whole numbers, and keeps none without', () => {
    const full = { ...people, full: '1' }
    const { min, max } = purposeLength
    expect(said({ ...people, purpose: '核对名单' })).toMatchObject({ full: false, purpose: '' })
    expect(said(full)).toEqual(['purpose required'])
    expect(said({ ...full, purpose: '字'.repeat(min - 1) })).toEqual(['purpose too-short'])
    expect(said({ ...full, purpose: '𠮷'.repeat(min) })).toMatchObject({ purpose: '𠮷'.repeat(min) })
    expect(said({ ...full, purpose: '字'.repeat(max + 1) })).toEqual(['purpose too-long'])
    expect(said({ ...full, purpose: '字'.repeat(max) })).toMatchObject({ full: true })
    expect(said({ ...full, purpose: '。。。。。。' })).toEqual(['purpose text-blank'])
    expect(said({ ...full, purpose: '核对\u202e名单名单' })).toEqual(['purpose text-characters'])
    expect(said({ ...full, purpose: ' 核对  本年\n名单 ' })).toMatchObject({ purpose: '核对 本年 名单' })
  })

  it('takes whole numbers for people only', () => {
    expect(said({ kind: 'cases', format: 'csv', full: '1', purpose: '' })).toMatchObject({ full: false })
  })

  it('asks which exam for a list of who may sit it, and no months', () => {
    const asked = { kind: 'eligibility', format: 'csv' }
    expect(said(asked)).toEqual(['level required', 'year required'])
    expect(said({ ...asked, level: 'professor', year: '1999' })).toEqual(['level required', 'year required'])
    const whole = { ...asked, level: 'senior', year: '2027', full: '1', ...months('2026-13', '1') }
    expect(said(whole)).toMatchObject({
      exam: { level: 'senior', year: 2027 },
      from: '',
      to: '',
      full: false,
    })
    expect(said({ ...whole, kind: 'people', full: '' })).toMatchObject({ exam: null })
    // Who registered is a list of people too: with whole numbers for who says what for.
    expect(said({ ...whole, kind: 'entries' })).toEqual(['purpose required'])
    expect(said({ ...whole, kind: 'entries', purpose: '核对考场名单' })).toMatchObject({
      exam: { level: 'senior', year: 2027 },
      from: '',
      full: true,
    })
  })

  it('reads the department as far as it was chosen', () => {
    const chosen = { ...people, 'department.1': '440000', 'department.2': '440100' }
    expect(said(chosen)).toMatchObject({ department: '440000/440100' })
    expect(said(people)).toMatchObject({ department: '' })
  })
})
