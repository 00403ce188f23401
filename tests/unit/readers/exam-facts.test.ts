import { describe, expect, it } from 'vitest'
import { examFacts } from '#lib/readers/exam-facts.ts'
import type { Row, Values } from '#lib/sections/define.ts'

const today = '2026-11-22'
const row = (id: string, values: Values, children?: readonly Row[]): Row => ({
  id,
  rev: 1,
  values,
  ...(children ? { children } : {}),
})
const record = (rows: Readonly<Record<string, readonly Row[]>>, reports: readonly string[] = []) => ({
  proposals: new Map(Object.entries(rows).map(([section, of]) => [section, { rows: of }])),
  files: reports.map((rowId) => ({ section: 'education', rowId, slot: 'overseasReport' })),
})
const study = (id: string, values: Values) =>
  row(id, {
    place: 'domestic',
    mode: 'full_time',
    level: 'bachelor_program',
    degree: 'bachelor',
    enrolled: '2018-09',
    graduated: '2022-06',
    ...values,
  })
const penalty = (id: string, nature: string, more = {}) => ({
  id,
  kind: 'penalty',
  nature,
  decidedOn: '2024-03-10',
  revokedAt: null,
  ...more,
})

describe('what a record says to the conditions of an exam', () => {
  it('of studies: which are finished, full-time and recognised', () => {
    const rows = [
      study('done', {}),
      study('now', { graduated: '2026-11', mode: 'part_time' }),
      study('expected', { graduated: '2026-12' }),
      study('going', { graduated: 'ongoing' }),
      study('abroad', { place: 'overseas' }),
      study('confirmed', { place: 'overseas' }),
      study('broken', { graduated: '' }),
    ]
    const held = record({ education: rows }, ['confirmed'])
    // Another paper, and the same kind of paper of another page, confirm nothing.
    held.files.push(
      { section: 'education', rowId: 'abroad', slot: 'diploma' },
      { section: 'employment', rowId: 'abroad', slot: 'overseasReport' },
    )
    const { studies } = examFacts(held, [], today)
    expect(
      studies.map(({ id, finished, fullTime, recognised }) => [id, finished, fullTime, recognised]),
    ).toEqual([
      ['done', true, true, true],
      ['now', true, false, true],
      ['expected', false, true, true],
      ['going', false, true, true],
      ['abroad', true, true, false],
      ['confirmed', true, true, true],
    ])
    expect(studies[0]).toMatchObject({ level: 'bachelor_program', degree: 'bachelor', enrolled: '2018-09' })
  })

  it('of jobs: those with accounting work, and the posts inside them', () => {
    const post = row('p', { start: '2023-01', end: 'ongoing' })
    const jobs = [
      row('a', { start: '2022-07', end: 'ongoing', accounting: 'yes' }, [
        post,
        row('q', { start: '', end: '' }),
      ]),
      row('b', { start: '2020-01', end: '2021-01', accounting: 'no' }, [post]),
    ]
    expect(examFacts(record({ employment: jobs }), [], today).jobs).toEqual([
      { id: 'a', start: '2022-07', end: 'ongoing', posts: [{ start: '2023-01', end: 'ongoing' }] },
    ])
  })

  it('of qualifications: level and way of those that have them', () => {
    const rows = [
      row('a', { kind: 'accounting', level: 'intermediate', way: 'exam', obtained: '2020-09' }),
      row('b', { kind: 'cpa', level: 'senior', way: 'exam', obtained: '2021-12' }),
      row('c', { kind: 'accounting', level: 'senior', way: 'review', obtained: '' }),
    ]
    expect(examFacts(record({ qualifications: rows }), [], today).qualifications).toEqual([
      { id: 'a', kind: 'accounting', level: 'intermediate', way: 'exam', obtained: '2020-09' },
      { id: 'b', kind: 'cpa', level: '', way: '', obtained: '2021-12' },
    ])
  })

  it('of conduct: bans that were not revoked', () => {
    const rows = [
      penalty('five', 'ban_5y'),
      penalty('forever', 'ban_permanent'),
      penalty('fine', 'fine'),
      penalty('revoked', 'ban_5y', { revokedAt: new Date(0) }),
      penalty('award', 'ban_5y', { kind: 'award' }),
    ]
    expect(examFacts(record({}), rows, today).bans).toEqual([
      { id: 'five', from: '2024-03-10', until: '2029-03-10' },
      { id: 'forever', from: '2024-03-10', until: 'forever' },
    ])
  })
})
