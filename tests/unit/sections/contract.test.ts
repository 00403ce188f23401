import { getTableColumns } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { accountingPost, education, employment, person, qualification } from '#db/schema/person.ts'
import { answersOf } from '#lib/readers/answers.ts'
import { diffAnswers, unchanged } from '#lib/readers/diff.ts'
import { examine, issuesOf } from '#lib/readers/examine.ts'
import { faultsOf, hasOwnRule, listFaults, ownFaultsOf } from '#lib/readers/faults.ts'
import { readForm } from '#lib/readers/read-form.ts'
import { asPosted, filledForm, sampleContext, sampleFiles, sampleRows } from '#lib/readers/sample.ts'
import { isSectionId, type SectionId, sectionById, sections } from '#lib/sections/all.ts'
import type { Field, Fields, Row } from '#lib/sections/define.ts'
import { issueText, knownCodes } from '#lib/text/issues.ts'
import { optionWord } from '#lib/text/options.ts'
import { variants } from '#lib/text/samples.ts'
import { common, type SectionWords, sectionWords } from '#lib/text/sections.ts'

const ids = Object.keys(sections).filter(isSectionId)
const chinese = /\p{Script=Han}/u
const names = { department: '广东省广州市天河区' }

const allFields = (id: SectionId): [string, Field][] => {
  const { fields, nested } = sectionById(id)
  return [...Object.entries(fields), ...Object.entries(nested?.fields ?? {})]
}
const labelAt = (id: SectionId, at: string | null): string => {
  const words: SectionWords = sectionWords[id]
  const key = (at ?? '').split('.').at(-1) ?? ''
  const inner = (at ?? '').includes('.')
  return (inner ? words.nested?.fields[key] : words.fields[key])?.label ?? ''
}

describe.each(ids)('section %s', (id) => {
  const section = sectionById(id)
  const words: SectionWords = sectionWords[id]

  it('has words for every field, slot and nested field', () => {
    expect(words.title).toMatch(chinese)
    for (const key of Object.keys(section.fields)) expect(words.fields[key]?.label, key).toMatch(chinese)
    for (const key of Object.keys(section.nested?.fields ?? {}))
      expect(words.nested?.fields[key]?.label, key).toMatch(chinese)
    const slots = [section.slots, section.sharedSlots, section.nested?.slots ?? {}].flatMap(Object.keys)
    for (const key of slots) {
      expect(words.slots[key]?.label, key).toMatch(chinese)
      expect(words.slots[key]?.hint, key).toMatch(chinese)
    }
    if (section.shape === 'list') expect(words.row).toMatch(chinese)
  })

  it('has words for every option', () => {
    for (const [key, field] of allFields(id))
      if (field.kind === 'choice')
        for (const option of field.options) {
          const word = optionWord(field.set, option)
          expect(word, `${key}: ${option}`).toMatch(chinese)
          expect(word).not.toContain(option)
        }
  })

  it('gives no slot the name of a field, so that a question names one thing', () => {
    const slots = [section.slots, section.sharedSlots, section.nested?.slots ?? {}].flatMap(Object.keys)
    expect(slots.filter((slot) => allFields(id).some(([key]) => key === slot))).toEqual([])
    expect(new Set(slots).size).toBe(slots.length)
  })

  it.each(variants)('finds nothing wrong with the sample person "%s" and their files', (variant) => {
    const context = sampleContext({}, variant)
    const rows = sampleRows(id, variant)
    expect(issuesOf(examine(section, rows, context, sampleFiles(section, rows, context)))).toEqual([])
    for (const row of rows) expect(section.warnings(row, context)).toEqual([])
  })

  it.each(variants)('asks for each file of "%s" where it is missing', (variant) => {
    const context = sampleContext({}, variant)
    const rows = sampleRows(id, variant)
    const files = sampleFiles(section, rows, context)
    for (const missing of files) {
      const found = issuesOf(
        examine(
          section,
          rows,
          context,
          files.filter((file) => file !== missing),
        ),
      )
      expect(found.map(({ code }) => code)).toEqual(['slot-required'])
      expect(found[0]?.at).toMatch(new RegExp(`(^|\\.)slot:${missing.slot}$`))
    }
  })

  const faults = faultsOf(id)
  it.each(faults)('$name', ({ rows, context, rowIds, at, code }) => {
    const { rows: byRow, list } = examine(section, rows, context)
    const found = [
      ...list.map((issue) => ({ rowId: null, at: issue.at, code: issue.code })),
      ...[...byRow].flatMap(([rowId, issues]) =>
        issues.map((issue) => ({ rowId, at: issue.at, code: issue.code })),
      ),
    ]
    expect(found).toEqual(rowIds.map((rowId) => ({ rowId, at, code })))
  })

  it('names faults for every field, every rule of its own and every rule over rows', () => {
    const codes = new Set(faults.map(({ code }) => code))
    for (const [key, field] of allFields(id)) {
      if (!field.optional)
        expect(
          faults.some((f) => f.code === 'required' && f.at?.split('.').at(-1) === key),
          key,
        ).toBe(true)
      if (hasOwnRule(field)) expect(ownFaultsOf(`${id}.${key}`), key).not.toEqual([])
    }
    for (const { code } of [...section.rowRules, ...(section.nested?.rowRules ?? []), ...section.listRules])
      expect(codes, code).toContain(code)
    expect(
      Object.keys(listFaults)
        .filter((name) => name.startsWith(`${id}.`))
        .sort(),
    ).toEqual(section.listRules.map(({ code }) => `${id}.${code}`).sort())
  })

  it('says every issue in a sentence', () => {
    const found = faults.flatMap(({ rows, context }) => issuesOf(examine(section, rows, context)))
    for (const issue of found) {
      expect(knownCodes, issue.code).toContain(issue.code)
      const text = issueText(issue, { label: labelAt(id, issue.at) })
      expect(text).toMatch(chinese)
      expect(text, issue.code).not.toMatch(/undefined|null|NaN|\[object|ongoing/)
      expect(text).not.toContain(issue.code)
      const label = issue.at === null || issue.at === 'posts' ? '请' : labelAt(id, issue.at)
      expect(label, issue.at ?? '').not.toBe('')
    }
  })

  it.each(variants)('carries the rows of "%s" through form, reading and answers', (variant) => {
    const context = sampleContext({}, variant)
    const rows = sampleRows(id, variant)
    const read = rows.map((row) => readForm(section, asPosted(filledForm(id, row, context)), blank(row)))
    expect(read).toEqual(rows)
    expect(answersOf(section, read, context, [], names)).toEqual(answersOf(section, rows, context, [], names))
    for (const { answers } of answersOf(section, rows, context, [], names).rows)
      for (const { shown, label } of answers) {
        expect(shown).not.toBe('')
        expect(label).toMatch(chinese)
        expect(shown).not.toMatch(/undefined|ongoing|^\d{4}-\d{2}$|_/)
      }
  })

  it('drops what it did not ask for', () => {
    const context = sampleContext()
    const row = sampleRows(id)[0]
    if (!row) throw new Error('a sample row is needed')
    const form = {
      ...filledForm(id, row, context),
      id: 'other',
      rev: '9',
      state: 'approved',
      'posts.stranger.work': 'cashier',
    }
    expect(readForm(section, asPosted(form), row)).toEqual(row)
  })
})

/** As the row was before the form: same ids, nothing typed. */
const blank = (row: Row): Row => ({
  ...row,
  values: {},
  ...(row.children ? { children: row.children.map((child) => ({ ...child, values: {} })) } : {}),
})

describe('answers', () => {
  const context = sampleContext()
  const answers = (id: SectionId, rows = sampleRows(id)) =>
    answersOf(sectionById(id), rows, context, sampleFiles(sectionById(id), rows, context), names)
  const change = (rows: readonly Row[], rowId: string, values: Row['values']) =>
    rows.map((row) => (row.id === rowId ? { ...row, values: { ...row.values, ...values } } : row))

  it('show words, months and names, and hide what does not count', () => {
    const [first, second] = answers('education').rows
    const shown = (key: string, row = second) => row?.answers.find((answer) => answer.key === key)?.shown
    expect(shown('graduated')).toBe('2012年6月')
    expect(shown('level')).toBe('大学本科')
    expect(shown('diplomaNo', first)).toBeUndefined()
    expect(answers('department').rows[0]?.answers.map((answer) => answer.shown)).toEqual([
      '在职在岗',
      '广东省广州市',
      '广东省广州市天河区',
    ])
    const [, job] = answers('employment').rows
    expect(job?.answers.find(({ key }) => key === 'end')?.shown).toBe(common.ongoing['to-date'])
    expect(job?.children.map(({ answers: inner }) => inner.find(({ key }) => key === 'work')?.shown)).toEqual(
      ['出纳', '资产、负债和所有者权益（净资产）的核算'],
    )
    expect(
      answersOf(sections.education, sampleRows('education', 'student'), context, [], names).rows[1]?.answers,
    ).toContainEqual(expect.objectContaining({ key: 'graduated', shown: common.ongoing.studying }))
  })

  it('hide nested rows once the row says there are none', () => {
    const rows = change(sampleRows('employment'), 'row002', { accounting: 'no' })
    expect(answers('employment', rows).rows[1]?.children).toEqual([])
  })

  it('carry their files beside the row they prove', () => {
    const employment = answers('employment')
    expect(employment.shared).toEqual([expect.objectContaining({ slot: 'resume', files: ['all-resume'] })])
    expect(employment.rows[1]?.slots.map(({ slot, files }) => [slot, files])).toEqual([
      ['creditProof', ['row002-creditProof']],
    ])
    expect(employment.rows[1]?.children[1]?.slots.map(({ files }) => files)).toEqual([
      ['row002p2-appointment'],
    ])
  })

  it('differ field by field: changed, added, removed, and by files', () => {
    const before = answers('education')
    expect(diffAnswers(before, answers('education'))).toEqual([])
    expect(unchanged(before, answers('education'))).toBe(true)
    const after = answers('education', change(sampleRows('education'), 'row002', { major: '审计学' }))
    expect(diffAnswers(before, after)).toEqual([
      { rowId: 'row002', key: 'major', before: '会计学', after: '审计学' },
    ])
    expect(unchanged(before, after)).toBe(false)
    const fewer = diffAnswers(before, answers('education', sampleRows('education').slice(1)))
    expect(fewer.every(({ rowId, after: now }) => rowId === 'row001' && now === null)).toBe(true)
    expect(fewer.map(({ key }) => key)).toContain('slot:diploma')
    const more = diffAnswers(undefined, before)
    expect(more.every(({ before: was }) => was === null)).toBe(true)
    expect(new Set(more.map(({ rowId }) => rowId))).toEqual(new Set(['row001', 'row002']))
  })

  it('differ where only a picture was replaced', () => {
    const rows = sampleRows('employment')
    const files = sampleFiles(sections.employment, rows, context)
    const replaced = files.map((file) => (file.slot === 'resume' ? { ...file, fileId: 'newer' } : file))
    const shown = (placed: typeof files) => answersOf(sections.employment, rows, context, placed, names)
    expect(diffAnswers(shown(files), shown(replaced))).toEqual([
      { rowId: 'all', key: 'slot:resume', before: 'all-resume', after: 'newer' },
    ])
  })
})

describe('the record', () => {
  const columnsFor: readonly [name: string, columns: object, fields: Fields][] = [
    [
      'person',
      getTableColumns(person),
      { ...sections.department.fields, ...sections.scope.fields, ...sections.basic.fields },
    ],
    ['education', getTableColumns(education), sections.education.fields],
    ['employment', getTableColumns(employment), sections.employment.fields],
    ['accounting_post', getTableColumns(accountingPost), sections.employment.nested.fields],
    ['qualification', getTableColumns(qualification), sections.qualifications.fields],
  ]
  it.each(columnsFor)('has a column of table %s for every field', (_, columns, fields) => {
    expect(Object.keys(columns)).toEqual(expect.arrayContaining(Object.keys(fields)))
  })
})
